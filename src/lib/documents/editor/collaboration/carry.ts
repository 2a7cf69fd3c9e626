import * as Y from 'yjs';
import type { Moved } from './moves.ts';
import type { Unit } from './rewritten.ts';

/** Writes letters behind or in front of another one, and deletes them where they are. Inline elements stay. */
export function carry(units: readonly Unit[], before: Y.ID | undefined, behind: Y.ID | undefined, transaction: Y.Transaction): Moved[] {
	const { doc } = transaction;
	const left = before && placeOf(doc, before);
	const place = left ? { text: left.text, index: left.index + 1 } : behind && placeOf(doc, behind);
	if (!place || units.some(({ id }) => !(Y.getItem(doc.store, id).content instanceof Y.ContentString))) return [];
	const clock = Y.getState(doc.store, doc.clientID);
	place.text.insert(place.index, units.map(({ letter }) => letter).join(''));
	remove(transaction, units.map(({ id }) => id));
	return units.map(({ id }, nth) => ({ from: id, now: clock + nth }));
}

/** Where a letter is; null for an inline element, and when it is gone. */
export function placeOf(doc: Y.Doc, { client, clock }: Y.ID): { text: Y.XmlText; index: number } | null {
	const letter = Y.getItem(doc.store, Y.createID(client, clock));
	if (letter.deleted || !(letter.parent instanceof Y.XmlText)) return null;
	let index = clock - letter.id.clock;
	for (let item = letter.left; item; item = item.left) if (!item.deleted && item.countable) index += item.length;
	return { text: letter.parent, index };
}

/** Deletes letters, a run of neighbours at a time. */
export function remove(transaction: Y.Transaction, ids: readonly Y.ID[]): void {
	const { store } = transaction.doc;
	for (let from = 0, to = 1; from < ids.length; from = to++) {
		const { client, clock } = ids[from];
		while (to < ids.length && ids[to].client === client && ids[to].clock === clock + to - from) to++;
		const end = clock + to - from;
		if (end < Y.getState(store, client)) Y.getItemCleanStart(transaction, Y.createID(client, end));
		for (let at = clock; at < end; ) {
			const item = Y.getItemCleanStart(transaction, Y.createID(client, at));
			at += item.length;
			item.delete(transaction);
			// Yjs remembers places in a text; this way of deleting does not correct them.
			const { _searchMarker: places } = item.parent as Y.AbstractType<unknown>;
			if (places) places.length = 0;
		}
	}
}
