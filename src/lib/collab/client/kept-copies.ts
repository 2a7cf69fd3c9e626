import * as idb from 'lib0/indexeddb';
import { MARKER, prefixOf } from './copy-names.ts';

/**
 * Removes the copies on this device that hold nothing unsaved: those of one person, or of everybody. Answers how many are
 * left, since what is in them exists nowhere else (OF5).
 */
export async function forgetSavedCopies(personId?: string): Promise<number> {
	if (typeof indexedDB === 'undefined' || !indexedDB.databases) return 0;
	let left = 0;
	for (const { name } of await indexedDB.databases()) {
		if (!name?.startsWith(prefixOf(personId))) continue;
		if (await holdsUnsaved(name)) left++;
		else await idb.deleteDB(name);
	}
	return left;
}

/** Removes every copy of a person's documents from this device, unsaved edits too: when they sign out and say so (OF5). */
export async function forgetLocalCopies(personId: string): Promise<void> {
	if (typeof indexedDB === 'undefined' || !indexedDB.databases) return;
	const prefix = prefixOf(personId);
	for (const { name } of await indexedDB.databases()) if (name?.startsWith(prefix)) await idb.deleteDB(name);
}

async function holdsUnsaved(name: string): Promise<boolean> {
	const database = await idb.openDB(name, () => {});
	try {
		// One that was removed at this moment, or never came to be opened completely, has no stores.
		if (!database.objectStoreNames.contains('custom')) return false;
		const keys = await idb.getAllKeys(idb.transact(database, ['custom'], 'readonly')[0]);
		return keys.some((key) => typeof key === 'string' && key.startsWith(MARKER));
	} finally {
		database.close();
	}
}
