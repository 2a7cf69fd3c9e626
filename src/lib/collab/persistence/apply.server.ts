import * as Y from 'yjs';

/**
 * Applies updates, in any order, as one change, and nothing but them. Yjs alone does more and less than that:
 *
 * - After a change that it takes for somebody else's, it tidies formatting: it deletes marks nobody asked to delete, and
 *   which ones depends on how updates were grouped. Two documents of the same updates would differ. So the change is
 *   called local.
 * - Of updates that came before their predecessors, it may leave some waiting although everything is there (seen with
 *   about one in five hundred shuffled logs). So what waits is offered again until that brings nothing.
 *
 * Throws what Yjs throws; the document is then in doubt.
 */
export function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
	doc.transact((transaction) => {
		for (const update of updates) Y.applyUpdate(doc, update);
		while (offerWaiting(doc));
		transaction.local = true;
	});
}

/** True when some of what waited could be integrated and more still waits. */
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
