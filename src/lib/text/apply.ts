import * as Y from 'yjs';

/**
 * Applies all updates of a document, in any order, as one change and nothing but them. Of updates that come before their
 * predecessors Yjs may leave some waiting although everything is there, as it does with about one in five hundred
 * shuffled logs; so they are offered again. The change is called local, since after one that Yjs takes for somebody else's
 * it tidies formatting. Throws what Yjs throws; the document is then in doubt.
 */
export function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
	doc.transact((transaction) => {
		for (const update of updates) Y.applyUpdate(doc, update);
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
