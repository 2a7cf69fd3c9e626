import * as Y from 'yjs';

/**
 * Makes an edit of the server itself on a copy of a text, so that one that throws leaves nothing behind (SE1). Returns the
 * updates that it consists of. `clientId` is the Yjs client that makes it.
 */
export function editCopy(text: Uint8Array, clientId: number, change: (doc: Y.Doc) => void): Uint8Array[] {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, text);
	copy.clientID = clientId; // only now: Yjs gives up an id that it sees used by an update
	const updates: Uint8Array[] = [];
	copy.on('update', (update: Uint8Array) => updates.push(update));
	copy.transact(() => change(copy), 'server');
	copy.destroy();
	return updates;
}
