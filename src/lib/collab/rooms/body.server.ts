import * as Y from 'yjs';
import type { StoredBody } from '../persistence/store.server.ts';
import type { Frame } from './frames.server.ts';
import { JoinAnswers } from './join-answers.server.ts';

/** Up to this many rows are merged as bytes; more are cheaper to apply to a document. */
const MERGED_ROWS_MAX = 32;

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
	/** Exactly one of the two is there. */
	#bytes: Uint8Array | null;
	#doc: Y.Doc | null = null;
	#stateVector: Uint8Array | null = null;
	#changedAt = Date.now();
	#isChanged = false;
	#size: number;

	/** Throws when any of it cannot be read: a part is never served as the whole. */
	constructor(stored: StoredBody) {
		const parts = stored.snapshot ? [stored.snapshot, ...stored.updates] : stored.updates;
		this.#size = parts.reduce((sum, part) => sum + part.byteLength, 0);
		if (parts.length > MERGED_ROWS_MAX) {
			this.#doc = new Y.Doc();
			applyAll(this.#doc, parts);
			this.#bytes = null;
			return;
		}
		this.#bytes = parts.length === 1 ? parts[0] : Y.mergeUpdates([emptyUpdate(), ...parts]);
		this.#stateVector = Y.encodeStateVectorFromUpdate(this.#bytes);
	}

	/** The text as a document, built now if need be. */
	get doc(): Y.Doc {
		if (!this.#doc) {
			const doc = new Y.Doc();
			applyAll(doc, [this.#bytes!]);
			this.#doc = doc;
			this.#bytes = null;
		}
		return this.#doc;
	}

	/** False while only bytes are kept. */
	get hasDoc(): boolean {
		return this.#doc !== null;
	}

	/** When the text last changed (ms since 1970); null when it has not since it was loaded. */
	get changedAt(): number | null {
		return this.#isChanged ? this.#changedAt : null;
	}

	/** Bytes of the whole text: exact at rest, while it changes the sum of what came. */
	get size(): number {
		return this.#bytes?.byteLength ?? this.#size;
	}

	get stateVector(): Uint8Array {
		this.#stateVector ??= Y.encodeStateVector(this.doc);
		return this.#stateVector;
	}

	/** The whole text as one update. */
	whole(): Uint8Array {
		return this.#bytes ?? Y.encodeStateAsUpdate(this.#doc!);
	}

	/** The frames that bring a client with this state vector up to date. Throws when the vector is malformed. */
	answer(stateVector: Uint8Array): Frame[] {
		return this.#answers.get(stateVector, (vector) => this.#difference(vector));
	}

	/**
	 * Applies updates in one transaction. Throws when Yjs does; the text is then in doubt and must be loaded again.
	 */
	apply(updates: readonly Uint8Array[]): Change {
		const { doc } = this;
		const { store } = doc;
		const { pendingStructs, pendingDs } = store;
		let changes: Uint8Array[] = [];
		// One update onto a text without gaps is its own news; Yjs need not encode it again.
		const isPlain = updates.length === 1 && pendingStructs === null && pendingDs === null;
		const listen = (update: Uint8Array) => void changes.push(update);
		if (!isPlain) doc.on('update', listen);
		try {
			applyAll(doc, updates);
		} finally {
			if (!isPlain) doc.off('update', listen);
		}
		const waits = store.pendingStructs !== null && store.pendingStructs !== pendingStructs;
		const isUnchanged = store.pendingStructs === pendingStructs && store.pendingDs === pendingDs;
		if (isPlain) changes = [updates[0]];
		this.#stateVector = null;
		this.#changedAt = Date.now();
		this.#isChanged = true;
		for (const update of changes) {
			this.#size += update.byteLength;
			this.#answers.changed(update);
		}
		return { changes, waits, isNothing: changes.length === 0 && isUnchanged };
	}

	/** Called from the engine's clock: a text nobody has changed for `restMs` goes back to bytes. */
	tick(now: number, restMs: number): void {
		this.#answers.tick(now);
		if (!this.#doc || now - this.#changedAt < restMs) return;
		this.#bytes = Y.encodeStateAsUpdate(this.#doc);
		this.#size = this.#bytes.byteLength;
		this.#doc.destroy();
		this.#doc = null;
	}

	destroy(): void {
		this.#answers.clear();
		this.#doc?.destroy();
	}

	#difference(stateVector: Uint8Array): Uint8Array {
		if (this.#doc) return Y.encodeStateAsUpdate(this.#doc, stateVector);
		// A client without anything states an empty vector, one zero byte.
		const isEmpty = stateVector.byteLength === 1 && stateVector[0] === 0;
		return isEmpty ? this.#bytes! : Y.diffUpdate(this.#bytes!, stateVector);
	}
}

function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
}

function emptyUpdate(): Uint8Array {
	return new Uint8Array([0, 0]);
}
