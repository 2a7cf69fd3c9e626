/** What is kept of one document: a snapshot, if compaction made one, and every log row since. */
export interface StoredBody {
	epoch: number;
	snapshot: Uint8Array | null;
	/** State vector of the snapshot, where it was stored with it. */
	stateVector: Uint8Array | null;
	/** All rows of this epoch in the order of their ids. Order does not matter to Yjs and is only for people. */
	updates: Uint8Array[];
}

/** Everything kept of a document, as the updates that make it up. */
export function partsOf({ snapshot, updates }: Pick<StoredBody, 'snapshot' | 'updates'>): Uint8Array[] {
	return snapshot ? [snapshot, ...updates] : updates;
}

/** One accepted update, as the client sent it. */
export interface UpdateRow {
	documentId: string;
	/** Epoch of the room that accepted it; a row of a past epoch is refused, never stored under the new one. */
	epoch: number;
	bytes: Uint8Array;
	/** Null when the server itself made the edit. */
	personId: string | null;
}

/** Snapshot and log rows of one document, read together to be replaced by one snapshot. */
export interface LogPart {
	epoch: number;
	snapshot: Uint8Array | null;
	/** Rises with every compaction; 0 when there has been none. */
	version: number;
	/** Rows of this epoch by id, the lowest first; not all of them when the log is long. */
	rows: { id: number; bytes: Uint8Array }[];
}

/** A snapshot that stands for the snapshot of `version` and the rows with these ids, and for nothing else. */
export interface Compacted {
	documentId: string;
	epoch: number;
	version: number;
	bytes: Uint8Array;
	/** Of `bytes`. */
	stateVector: Uint8Array;
	ids: readonly number[];
}

/** A text written anew, that takes the place of the snapshot of `version` and the rows with these ids, and of nothing else. */
export interface Replacement {
	documentId: string;
	epoch: number;
	version: number;
	ids: readonly number[];
	/** What the text was, as one update. */
	past: Uint8Array;
	bytes: Uint8Array;
	/** Of `bytes`. */
	stateVector: Uint8Array;
	/** A text that was replaced less than so many milliseconds ago is left alone. */
	restMs: number;
}

/** When a text is worth writing anew. Sizes in bytes, times in milliseconds. */
export interface RenewalBounds {
	renewIds: number;
	renewBytes: number;
	renewPauseMs: number;
}

/** When a log is worth compacting. Sizes in bytes, times in milliseconds. */
export interface CompactionBounds {
	compactRows: number;
	compactBytes: number;
	compactIdleMs: number;
	compactIdleRows: number;
}

/** The append-only log of updates: the truth of every document (SPEC, LG, CO and ST). */
export interface UpdateStore {
	/** Everything kept of a document, read in one statement; null when there is no such document. */
	load(documentId: string): Promise<StoredBody | null>;
	/**
	 * Stores all rows or none and returns after they are durable. Rows whose document is gone or has moved to
	 * another epoch are left out and returned. Throws when nothing was stored, or when it cannot be known: the caller
	 * repeats the call, and a row stored twice is harmless.
	 */
	append(rows: readonly UpdateRow[]): Promise<UpdateRow[]>;
	/**
	 * Reads snapshot and rows in one statement, at most `most.rows` and, but for the first row, `most.bytes` of rows.
	 * Null when there is no such document.
	 */
	loadForCompaction(documentId: string, most: { rows: number; bytes: number }): Promise<LogPart | null>;
	/**
	 * Writes the snapshot and removes the rows it stands for, both or neither. False, and nothing written, when the
	 * document is gone, has moved to another epoch, or was compacted by somebody else since it was read.
	 */
	compact(state: Compacted): Promise<boolean>;
	/**
	 * Puts a text in place of all that is stored of it, in a new epoch, and keeps what it was. False, and nothing written, when
	 * the document is gone, has moved to another epoch, was replaced a short while ago, or anything was stored since it was read.
	 */
	replace(replacement: Replacement): Promise<boolean>;
	/**
	 * Documents whose snapshot names about so many client ids, and those with a larger one that is younger than the pause:
	 * an older one has been looked at. None that was replaced since. Those with most ids first.
	 */
	documentsToRenew(bounds: RenewalBounds, most: number): Promise<string[]>;
	/** Rows in the logs of these documents; those that do not exist are left out. */
	countRows(documentIds: readonly string[]): Promise<Map<string, number>>;
	/** Documents whose log has more rows or bytes than the bounds, or has rested; those with most rows first. */
	documentsToCompact(bounds: CompactionBounds, most: number): Promise<string[]>;
}
