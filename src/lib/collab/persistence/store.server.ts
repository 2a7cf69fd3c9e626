/** What is kept of one document: a snapshot, if compaction made one, and every log row since. */
export interface StoredBody {
	epoch: number;
	snapshot: Uint8Array | null;
	/** All rows of this epoch in the order of their ids. Order does not matter to Yjs and is only for people. */
	updates: Uint8Array[];
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

/** The append-only log of updates: the truth of every document (SPEC, LG and ST). */
export interface UpdateStore {
	/** Everything kept of a document, read in one statement; null when there is no such document. */
	load(documentId: string): Promise<StoredBody | null>;
	/**
	 * Stores all rows or none and returns after they are durable. Rows whose document is gone or has moved to
	 * another epoch are left out and returned. Throws when nothing was stored, or when it cannot be known: the caller
	 * repeats the call, and a row stored twice is harmless.
	 */
	append(rows: readonly UpdateRow[]): Promise<UpdateRow[]>;
}
