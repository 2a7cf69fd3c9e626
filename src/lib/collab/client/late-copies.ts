import * as idb from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { inTime } from '../../base/in-time.ts';
import { newDoc } from '../../text/new-doc.ts';
import { type CopyOf, nameOf, prefixOf } from './copy-names.ts';
import { OPEN_MS, readMarkers } from './local-copy.ts';

/** What this device has of an epoch that is over, with edits that were never acknowledged. */
export interface LateCopy {
	epoch: number;
	doc: Y.Doc;
	/** How many edits. */
	count: number;
	/** When the last of them was made (ms since 1970); null when the device does not know. */
	at: number | null;
	/** It is durable elsewhere, or the person lets go of it. What another tab has added since stays. */
	remove(): Promise<void>;
}

/** What a page of this tab could not keep on the device. */
const inMemory = new Map<string, LateCopy[]>();

/** Leaves what this device does not keep to the next page of this tab. */
export function leaveInMemory(of: CopyOf, doc: Y.Doc, count: number): void {
	const copy = newDoc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const left: LateCopy = {
		epoch: of.epoch,
		doc: copy,
		count,
		at: Date.now(),
		remove: async () => void inMemory.set(prefixOf(of.personId, of.documentId), othersOf(left))
	};
	const othersOf = (own: LateCopy) => (inMemory.get(prefixOf(of.personId, of.documentId)) ?? []).filter((other) => other !== own);
	inMemory.set(prefixOf(of.personId, of.documentId), [...othersOf(left), left]);
}

/** The late copies of a document, the oldest first. Copies of other epochs without such edits are removed (OF3). */
export async function findLateCopies(of: CopyOf, isKeeping: boolean): Promise<LateCopy[]> {
	const prefix = prefixOf(of.personId, of.documentId);
	const found = [...(inMemory.get(prefix) ?? [])];
	if (!isKeeping || typeof indexedDB === 'undefined' || !indexedDB.databases) return found;
	for (const { name } of await indexedDB.databases()) {
		if (!name?.startsWith(prefix) || name === nameOf(of)) continue;
		const copy = await openLate(name, Number(name.slice(prefix.length))).catch(() => null); // another visit may be able to
		if (copy) found.push(copy);
	}
	return found.sort((one, other) => one.epoch - other.epoch);
}

async function openLate(name: string, epoch: number): Promise<LateCopy | null> {
	const doc = newDoc();
	const persistence = new IndexeddbPersistence(name, doc);
	try {
		const database = await inTime(persistence._db as Promise<IDBDatabase>, OPEN_MS, 'a late copy did not open in time');
		// Markers first: what another tab adds meanwhile must not be counted without being read.
		const found = await readMarkers(database);
		await inTime(persistence.whenSynced, OPEN_MS, 'a late copy did not load in time');
		if (found.length === 0) {
			removeDatabase(name);
			return null;
		}
		const times = found.map(([, { at }]) => at).filter((at) => at !== undefined);
		return {
			epoch,
			doc,
			count: found.reduce((sum, [, { count }]) => sum + count, 0),
			at: times.length > 0 ? Math.max(...times) : null,
			remove: () => settle(name, new Map(found.map(([key, { stamp }]) => [key, stamp])))
		};
	} finally {
		await persistence.destroy().catch(() => {});
	}
}

/** Takes the edits that were read for done, and removes the copy when there are no others. */
async function settle(name: string, stamps: ReadonlyMap<string, string>): Promise<void> {
	const database = await idb.openDB(name, () => {});
	try {
		for (const [key, { stamp }] of await readMarkers(database)) {
			if (stamps.get(key) === stamp) await idb.del(idb.transact(database, ['custom'])[0], key);
		}
		if ((await readMarkers(database)).length > 0) return;
	} finally {
		database.close();
	}
	removeDatabase(name);
}

/** Not awaited: a tab that has the copy open may hold its removal up. */
function removeDatabase(name: string): void {
	void idb.deleteDB(name).catch(() => {});
}
