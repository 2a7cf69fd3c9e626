import * as Y from 'yjs';

/**
 * Applies updates as one change, and nothing but them. After a change that Yjs takes for somebody else's it tidies
 * formatting: it deletes marks nobody asked to delete, and which ones depends on how updates were grouped, so that two
 * documents of the same updates differ. Hence the change is called local; people's own documents are tidied by them.
 * Throws what Yjs throws; the document is then in doubt.
 */
export function applyUpdates(doc: Y.Doc, updates: readonly Uint8Array[]): void {
	doc.transact((transaction) => {
		for (const update of updates) Y.applyUpdate(doc, update);
		transaction.local = true;
	});
}

/**
 * Applies a whole log, in any order. Of updates that come before their predecessors Yjs may leave some waiting although
 * everything is there, as it does with about one in five hundred shuffled logs; so they are offered again.
 */
export function applyLog(doc: Y.Doc, parts: readonly Uint8Array[]): void {
	doc.transact((transaction) => {
		for (const part of parts) Y.applyUpdate(doc, part);
		while (offerWaiting(doc));
		transaction.local = true;
	});
}

/** True when some of what waited could be integrated. */
function offerWaiting(doc: Y.Doc): boolean {
	const { store } = doc;
	const waiting = store.pendingStructs;
	if (!waiting) return false;
	const before = integrated(doc);
	store.pendingStructs = null;
	Y.applyUpdateV2(doc, waiting.update);
	return integrated(doc) > before;
}

function integrated(doc: Y.Doc): number {
	let sum = 0;
	for (const client of doc.store.clients.keys()) sum += Y.getState(doc.store, client);
	return sum;
}
