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
