import * as idb from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { inTime } from '../../base/in-time.ts';
import { type CopyOf, MARKER, nameOf } from './copy-names.ts';

/** A browser may leave the opening of a database unanswered; editing does not wait longer than this. */
export const OPEN_MS = 5_000;
const TOO_LATE = 'the local copy did not open in time';
/** A count that only grew is written at most this often: an IndexedDB transaction costs as much as a keystroke. */
const REMEMBER_EVERY_MS = 250;

export interface Marker {
	count: number;
	/** When the last of them was made (ms since 1970). */
	at?: number;
	/** Changes with every write, so that a marker is only removed in the state in which it was read. */
	stamp: string;
	/** Yjs client id under which the edits were made. */
	client: number;
}

/**
 * The document on this device, and how many of its edits the server has not acknowledged. One database per person,
 * document and epoch: nobody opens another person's copy, and a replaced document none of an earlier epoch (OF1). What is in
 * those is handed over apart (`late-copies.ts`).
 */
export class LocalCopy {
	readonly persistence: IndexeddbPersistence;
	/** Unacknowledged edits of earlier visits and other tabs, when the copy was opened. */
	inherited = 0;
	/** False once the device refused to keep something. */
	isKeeping = true;
	readonly #key = MARKER + Math.random().toString(36).slice(2);
	readonly #database: IDBDatabase;
	readonly #found: [string, Marker][] = [];
	readonly #onTrouble: () => void;
	readonly #doc: Y.Doc;
	#unstored: Uint8Array[] = [];
	#storeTimer: ReturnType<typeof setTimeout> | undefined;
	#wanted = 0;
	#written = 0;
	#writing: Promise<void> | null = null;

	private constructor(doc: Y.Doc, persistence: IndexeddbPersistence, database: IDBDatabase, onTrouble: () => void) {
		this.#doc = doc;
		this.persistence = persistence;
		this.#database = database;
		this.#onTrouble = onTrouble;
	}

	/** Opens the copy and loads it into the document. Null when this device keeps nothing. */
	static async open(doc: Y.Doc, of: CopyOf, onTrouble: () => void): Promise<LocalCopy | null> {
		if (typeof indexedDB === 'undefined') return null;
		const persistence = new IndexeddbPersistence(nameOf(of), doc);
		try {
			const database = await inTime(persistence._db as Promise<IDBDatabase>, OPEN_MS, TOO_LATE);
			const copy = new LocalCopy(doc, persistence, database, onTrouble);
			// Markers first: an edit that another tab makes meanwhile must not be counted without being loaded.
			await copy.#readMarkers();
			await inTime(persistence.whenSynced, OPEN_MS, TOO_LATE);
			copy.#storeAfterKeystrokes();
			return copy;
		} catch {
			persistence.destroy().catch(() => {});
			return null;
		}
	}

	/** True when an update of the document came from a copy on this device. */
	static isOrigin(origin: unknown): boolean {
		return origin instanceof IndexeddbPersistence;
	}

	/** Remembers that this many edits of this visit are not acknowledged, soon after the keystroke rather than in it. */
	remember(count: number): void {
		this.#wanted = count;
		this.#writing ??= this.#writeSoon().finally(() => (this.#writing = null));
	}

	/** Resolves when the last remembered count is written. */
	async remembered(): Promise<void> {
		await this.#writing;
	}

	/** What was found on opening is acknowledged; a tab that has edited since keeps its own marker. */
	async settleInherited(): Promise<void> {
		const found = this.#found.splice(0);
		if (found.length === 0) return;
		const store = this.#markers();
		for (const [key, marker] of found) {
			const now = (await idb.get(store, key)) as unknown as Marker | undefined;
			if (now?.stamp === marker.stamp) await idb.del(store, key);
		}
	}

	async close(): Promise<void> {
		this.#doc.off('update', this.#storeLater);
		globalThis.removeEventListener?.('pagehide', this.#store);
		this.#store();
		await this.#writing;
		await this.persistence.destroy();
	}

	/** Removes the copy from the device. */
	async remove(): Promise<void> {
		await this.close();
		await idb.deleteDB(this.persistence.name);
	}

	// y-indexeddb opens a transaction inside every change of the document, which costs half of a keystroke. It gets the
	// same updates right after the task in which they were made, several as one.
	#storeAfterKeystrokes(): void {
		this.#doc.off('update', this.persistence._storeUpdate);
		this.#doc.on('update', this.#storeLater);
		globalThis.addEventListener?.('pagehide', this.#store);
	}

	readonly #storeLater = (update: Uint8Array, origin: unknown): void => {
		if (origin === this.persistence) return;
		this.#unstored.push(update);
		this.#storeTimer ??= setTimeout(this.#store);
	};

	readonly #store = (): void => {
		clearTimeout(this.#storeTimer);
		this.#storeTimer = undefined;
		const updates = this.#unstored.splice(0);
		if (updates.length > 0) this.persistence._storeUpdate(Y.mergeUpdates(updates), null);
	};

	async #readMarkers(): Promise<void> {
		this.#found.push(...(await readMarkers(this.#database)));
		for (const [, { count }] of this.#found) this.inherited += count;
	}

	async #writeSoon(): Promise<void> {
		const grewOnly = this.#written > 0 && this.#wanted > 0;
		await new Promise((resume) => setTimeout(resume, grewOnly ? REMEMBER_EVERY_MS : 0));
		await this.#write();
	}

	async #write(): Promise<void> {
		try {
			while (this.#written !== this.#wanted) {
				const count = this.#wanted;
				const store = this.#markers();
				if (count === 0) await idb.del(store, this.#key);
				else
					await idb.put(
						store,
						{ count, at: Date.now(), client: this.#doc.clientID, stamp: `${this.#key} ${Math.random()}` } as never,
						this.#key
					);
				this.#written = count;
			}
		} catch {
			// The disk is full, or the person cleared site data: from now on nothing may be called "kept here".
			this.isKeeping = false;
			this.#onTrouble();
		}
	}

	#markers(): IDBObjectStore {
		return idb.transact(this.#database, ['custom'])[0];
	}
}

/** The markers of a copy, with their keys. */
export async function readMarkers(database: IDBDatabase): Promise<[string, Marker][]> {
	const rows = await idb.getAllKeysValues(idb.transact(database, ['custom'])[0]);
	return rows
		.filter(({ k }) => typeof k === 'string' && k.startsWith(MARKER))
		.map(({ k, v }) => [k as string, v as unknown as Marker]);
}
