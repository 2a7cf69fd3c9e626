import * as Y from 'yjs';
import type { TextModel } from '../../text/model.ts';
import type { Plan, ReadyEdit } from '../../text/planned-edit.ts';
import { applyAll } from '../../text/apply.ts';
import { newDoc } from '../../text/new-doc.ts';
import { applyUpdates } from '../persistence/apply.server.ts';
import { partsOf, type StoredBody } from '../persistence/store.server.ts';
import { DocumentSize } from './document-size.server.ts';
import type { Frame } from '../../server/sockets/frames.ts';
import { type JoinAnswer, JoinAnswers } from './join-answers.server.ts';
import { ServerEdits } from './server-edit.server.ts';

/** Up to this many rows are merged as bytes; more are cheaper to apply to a document. */
const MERGED_ROWS_MAX = 32;
/** A longer text stays a document until its room is unloaded: making it bytes would hold everybody up. */
const REST_BYTES_MAX = 1024 * 1024;

const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** What applying updates did to the text. */
export interface Change {
	/** What others have to be sent: usually one update. */
	changes: Uint8Array[];
	/** Parts of the updates wait for predecessors that are missing (HI4). */
	waits: boolean;
	/** Neither the text nor what waits is different from before. */
	isNothing: boolean;
}

/**
 * The text of a room. It is kept as the stored bytes until somebody changes it, and again when it has rested: a Y.Doc
 * takes ten times the memory and time, and whoever only reads needs none (RM6).
 */
export class Body {
	readonly #answers = new JoinAnswers();
	/** A snapshot, or the whole text; null while there is a document. */
	#bytes: Uint8Array | null = null;
	/** Rows since the snapshot, as one update; null when `#bytes` is the whole text. */
	#tail: Uint8Array | null = null;
	#doc: Y.Doc | null = null;
	/** Made at the first edit of the server, and gone with the document. */
	#serverEdits: ServerEdits | null = null;
	#stateVector: Uint8Array | null = null;
	#changedAt = Date.now();
	#isChanged = false;
	#version = 0;
	readonly #size: DocumentSize;

	/**
	 * Throws when a row cannot be read: a part is never served as the whole. A snapshot was read back before it was
	 * stored (CO3) and is not read again here, which would take longer than to send it.
	 */
	constructor(stored: StoredBody) {
		const { snapshot, stateVector, updates } = stored;
		const parts = partsOf(stored);
		this.#size = new DocumentSize(parts.reduce((sum, part) => sum + part.byteLength, 0));
		if (updates.length > MERGED_ROWS_MAX) {
			this.#build(parts);
			return;
		}
		const rows = updates.length > 0 ? Y.mergeUpdates([EMPTY_UPDATE, ...updates]) : null;
		this.#bytes = snapshot ?? rows ?? EMPTY_UPDATE;
		if (snapshot) this.#tail = rows;
		if (!rows) this.#stateVector = stateVector ?? null;
	}

	/** The text as a document, built now if need be. */
	get doc(): Y.Doc {
		return this.#doc ?? this.#build(this.#tail ? [this.#bytes!, this.#tail] : [this.#bytes!]);
	}

	/** False while only bytes are kept. */
	get hasDoc(): boolean {
		return this.#doc !== null;
	}

	/** Rises with every change. */
	get version(): number {
		return this.#version;
	}

	/** When the text last changed (ms since 1970); null when it has not since it was loaded. */
	get changedAt(): number | null {
		return this.#isChanged ? this.#changedAt : null;
	}

	/** Bytes of the whole text: exact at rest, while it changes the sum of what came. */
	get size(): number {
		return this.#size.bytes;
	}

	/** True when the text may become so many bytes longer (DS1). */
	hasRoomFor(more: number, bound: number): boolean {
		return this.#size.fits(more, bound, () => this.whole().byteLength);
	}

	/** Its size was found out elsewhere. */
	measured(bytes: number): void {
		this.#size.measured(bytes);
	}

	get stateVector(): Uint8Array {
		this.#stateVector ??= this.#doc ? Y.encodeStateVector(this.#doc) : Y.encodeStateVectorFromUpdate(this.whole());
		return this.#stateVector;
	}

	/** The whole text as one update. */
	whole(): Uint8Array {
		if (this.#doc) return Y.encodeStateAsUpdate(this.#doc);
		if (this.#tail) this.#bytes = Y.mergeUpdates([this.#bytes!, this.#tail]);
		this.#tail = null;
		return this.#bytes!;
	}

	/**
	 * The frames that bring a client with this state vector up to date. The step 2 comes last, so that the text is
	 * complete when a client calls itself synced. Throws when the vector is malformed.
	 */
	answer(stateVector: Uint8Array): Frame[] {
		return this.#answers.get(stateVector, (vector) => this.#difference(vector));
	}

	/**
	 * Applies updates in one transaction. Throws when Yjs does; the text is then in doubt and must be loaded again.
	 */
	apply(updates: readonly Uint8Array[]): Change {
		const { doc } = this;
		const waitingBefore = waitingIn(doc);
		let changes: Uint8Array[] = [];
		// One update onto a text without gaps is its own news; Yjs need not encode it again.
		const isPlain = updates.length === 1 && waitingBefore.structs === null && waitingBefore.deletes === null;
		const listen = (update: Uint8Array) => void changes.push(update);
		if (!isPlain) doc.on('update', listen);
		try {
			applyUpdates(doc, updates);
		} finally {
			if (!isPlain) doc.off('update', listen);
		}
		const waiting = waitingIn(doc);
		const isSameGap = isSame(waiting.structs, waitingBefore.structs);
		const waits = waiting.structs !== null && !isSameGap;
		const isUnchanged = isSameGap && isSame(waiting.deletes, waitingBefore.deletes);
		if (isPlain) changes = [updates[0]];
		this.#changed(changes);
		return { changes, waits, isNothing: changes.length === 0 && isUnchanged };
	}

	/** What `read` makes of the text; it changes nothing. */
	read<Answer>(read: (text: TextModel) => Answer): Answer {
		this.#serverEdits ??= new ServerEdits(this.doc);
		return read(this.#serverEdits.model);
	}

	/** Plans an edit of the server (SE1). Changes nothing; throws when it cannot be made. */
	prepare(plan: Plan): ReadyEdit {
		this.#serverEdits ??= new ServerEdits(this.doc);
		return this.#serverEdits.prepare(plan);
	}

	/**
	 * Makes an edit that was just planned, as a client of this id; returns the update that it is, null when it changed
	 * nothing. Should it throw, the text is in doubt and must be loaded again.
	 */
	edit(ready: ReadyEdit, clientId: number): Uint8Array | null {
		const update = this.#serverEdits!.make(ready, clientId);
		if (update) this.#changed([update]);
		return update;
	}

	/**
	 * Called from the engine's clock: a text nobody has changed for `restMs` goes back to bytes. Whoever makes a document of
	 * them may find room for what waited, so that is done now; returns what everybody has to be sent of it, usually nothing.
	 */
	tick(now: number, restMs: number): Uint8Array | null {
		this.#answers.tick(now);
		if (!this.#doc || this.#size.bytes > REST_BYTES_MAX || now - this.#changedAt < restMs) return null;
		const before = this.#doc.store.pendingStructs ? Y.encodeStateVector(this.#doc) : null;
		this.#rest(this.#doc);
		if (!before) return null;
		const { doc } = this;
		const taken = isSame(Y.encodeStateVector(doc), before) ? null : integrated(doc, before);
		this.#rest(doc);
		if (!taken) return null;
		this.#answers.clear();
		this.#stateVector = null;
		this.#version++;
		return taken;
	}

	destroy(): void {
		this.#answers.clear();
		this.#serverEdits?.destroy();
		this.#doc?.destroy();
	}

	#changed(updates: readonly Uint8Array[]): void {
		this.#stateVector = null;
		this.#changedAt = Date.now();
		this.#isChanged = true;
		this.#version++;
		for (const update of updates) {
			this.#size.changed(update.byteLength);
			this.#answers.changed(update);
		}
	}

	#rest(doc: Y.Doc): void {
		this.#bytes = Y.encodeStateAsUpdate(doc);
		this.#size.measured(this.#bytes.byteLength);
		this.#serverEdits?.destroy();
		this.#serverEdits = null;
		doc.destroy();
		this.#doc = null;
	}

	#build(parts: readonly Uint8Array[]): Y.Doc {
		const doc = newDoc();
		applyAll(doc, parts);
		this.#doc = doc;
		this.#bytes = this.#tail = null;
		return doc;
	}

	#difference(stateVector: Uint8Array): JoinAnswer {
		if (this.#doc) return { text: integrated(this.#doc, stateVector), rest: null };
		// A client without anything states an empty vector, one zero byte.
		const isEmpty = stateVector.byteLength === 1 && stateVector[0] === 0;
		return { text: isEmpty ? this.#bytes! : Y.diffUpdate(this.#bytes!, stateVector), rest: this.#tail };
	}
}

/**
 * What a text has beyond a state vector, without what waits in it for predecessors: a document that is put together anew
 * may find room for more of that, and who joins must not see text that those who are here have not been sent.
 */
function integrated(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
	const { store } = doc;
	const { pendingStructs, pendingDs } = store;
	store.pendingStructs = store.pendingDs = null;
	try {
		return Y.encodeStateAsUpdate(doc, stateVector);
	} finally {
		Object.assign(store, { pendingStructs, pendingDs });
	}
}

/** What waits for predecessors. Yjs adds to the object it has, so only the bytes tell whether something was added. */
function waitingIn({ store }: Y.Doc): { structs: Uint8Array | null; deletes: Uint8Array | null } {
	return { structs: store.pendingStructs?.update ?? null, deletes: store.pendingDs };
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
	return one === other || (one !== null && other !== null && Buffer.compare(one, other) === 0);
}
