/** A piece of a list, and the `after` by which the next one is asked for; null at the end. */
export interface PageOf<Item> {
	items: Item[];
	next: string | null;
	total: number;
}

/** At most `limit` items of a whole list behind the one with the id `after`; null when there is no such item. */
export function pageOf<Item extends { id: string }>(
	all: readonly Item[],
	{ after, limit }: { after: string | null; limit: number }
): PageOf<Item> | null {
	const place = after === null ? -1 : all.findIndex(({ id }) => id === after);
	if (after !== null && place < 0) return null;
	const items = all.slice(place + 1, place + 1 + limit);
	const isLast = place + 1 + limit >= all.length;
	return { items, next: isLast ? null : items[items.length - 1].id, total: all.length };
}
