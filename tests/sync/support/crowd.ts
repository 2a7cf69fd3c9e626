import * as Y from 'yjs';

/** The updates of so many clients that each put one letter between the same two letters of `doc`, which has to have them. */
export function crowd(doc: Y.Doc, clients: number): Uint8Array[] {
	const before = Y.encodeStateAsUpdate(doc);
	return Array.from({ length: clients }, (_, nth) => {
		const other = new Y.Doc();
		Y.applyUpdate(other, before);
		other.clientID = 5_000 + nth;
		const known = Y.encodeStateVector(other);
		other.getText('test').insert(1, 'x');
		return Y.encodeStateAsUpdate(other, known);
	});
}
