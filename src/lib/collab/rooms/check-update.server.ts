import * as Y from 'yjs';
import type { Struct } from './conflicts.server.ts';

/** Clocks beyond this would overflow integers on other machines; no honest client gets near it. */
const CLOCK_MAX = 2 ** 40;

/**
 * Reads an update completely without touching any document (HI1). Applying malformed bytes could allocate without
 * bound or change half of a document before it throws; reading them first does neither.
 * Throws when the bytes are not an update that Yjs would integrate.
 */
export function checkUpdate(bytes: Uint8Array): CheckedUpdate {
	const { structs, ds } = Y.decodeUpdate(bytes);
	const end = new Map<number, number>();
	for (const struct of structs) {
		const { client, clock } = struct.id;
		const after = clock + struct.length;
		if (!(struct.length > 0) || after > CLOCK_MAX) throw new Error('clock out of range');
		if (struct instanceof Y.Item && pointsAhead(struct)) throw new Error('item refers to a later one of its own client');
		if (after > (end.get(client) ?? 0)) end.set(client, after);
	}
	for (const [, ranges] of ds.clients) {
		let last = 0;
		for (const { clock, len } of ranges) {
			if (!(len > 0) || clock + len > CLOCK_MAX) throw new Error('delete range out of range');
			// Yjs writes ranges that wait for their items as differences, and cannot read them again when one goes back.
			if (clock < last) throw new Error('delete ranges out of order');
			last = clock + len;
		}
	}
	return { structs, end, deleted: ds.clients, empty: structs.length === 0 && ds.clients.size === 0 };
}

export interface CheckedUpdate {
	structs: readonly Struct[];
	/** Per client id, the clock after its last item in the update. */
	end: Map<number, number>;
	/** Per client id, what the update deletes. */
	deleted: Map<number, readonly { clock: number; len: number }[]>;
	empty: boolean;
}

/**
 * True when the update would change the document. A reader answers the handshake with all its deletions, so "carries
 * something" is not enough: each range is looked up (RO2).
 */
export function bringsNews(doc: Y.Doc, update: CheckedUpdate): boolean {
	if (bringsText(doc, update)) return true;
	for (const [client, ranges] of update.deleted) {
		if (ranges.some((range) => !isDeleted(doc, client, range.clock, range.len))) return true;
	}
	return false;
}

/** True when the update would make the document longer; one that only deletes does not. */
export function bringsText(doc: Y.Doc, update: CheckedUpdate): boolean {
	for (const [client, end] of update.end) if (end > Y.getState(doc.store, client)) return true;
	return false;
}

/**
 * True when the update deletes what neither the document has nor the update brings (HI7). Yjs would keep such a deletion
 * until somebody writes there, and look at all it keeps at every update.
 */
export function deletesAhead(doc: Y.Doc, update: CheckedUpdate): boolean {
	const reach = new Map<number, number>();
	for (const [client, ranges] of update.deleted) {
		const last = ranges.at(-1);
		const known = Y.getState(doc.store, client);
		if (last && last.clock + last.len > known) reach.set(client, known);
	}
	if (reach.size === 0) return false;
	for (const struct of update.structs) {
		const { client, clock } = struct.id;
		const known = reach.get(client);
		if (known !== undefined && clock <= known && !(struct instanceof Y.Skip))
			reach.set(client, Math.max(known, clock + struct.length));
	}
	return [...reach].some(([client, known]) => {
		const { clock, len } = update.deleted.get(client)!.at(-1)!;
		return clock + len > known;
	});
}

function isDeleted(doc: Y.Doc, client: number, clock: number, len: number): boolean {
	const structs = doc.store.clients.get(client);
	const end = clock + len;
	if (!structs || Y.getState(doc.store, client) < end) return false;
	for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
		const struct = structs[index];
		if (struct.id.clock >= end) return true;
		if (!struct.deleted) return false;
	}
	return true;
}

// Yjs looks such items up after its check for missing ones and throws in the middle of a transaction.
function pointsAhead(item: Y.Item): boolean {
	const { client, clock } = item.id;
	return [item.origin, item.rightOrigin, item.parent].some(
		(id) => id instanceof Y.ID && id.client === client && id.clock >= clock
	);
}
