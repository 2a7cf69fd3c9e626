import * as v from 'valibot';
import { pageOf, type PageOf } from '../../base/page-of.ts';
import { Refusal } from './refusal.ts';

const MOST_ITEMS = 200;
const USUAL_ITEMS = 50;

/** Which piece of a list is asked for: `?after=` (the `next` of the piece before) and `&limit=` (1 to 200). @throws Refusal 422 */
export function readPaging(searchParams: URLSearchParams): { after: string | null; limit: number } {
	const limit = Number(searchParams.get('limit') ?? USUAL_ITEMS);
	if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS)
		throw new Refusal(422, { field: 'limit', key: 'library_error_limit' });
	return { after: searchParams.get('after'), limit };
}

/** The piece that is asked for of a whole list. @throws Refusal 422 */
export function pieceOf<Item extends { id: string }>(all: readonly Item[], { searchParams }: URL): PageOf<Item> {
	const piece = pageOf(all, readPaging(searchParams));
	if (!piece) throw new Refusal(422, { field: 'after', key: 'library_error_after' });
	return piece;
}

/** The place in a list that an `after` stands for, where it is counted: how many items are before it. @throws Refusal 422 */
export function placeAfter(after: string | null): number {
	if (after === null) return 0;
	if (!/^\d{1,7}$/.test(after)) throw new Refusal(422, { field: 'after', key: 'library_error_after' });
	return Number(after);
}

/** A piece of a list whose places are counted, as /api answers it: `from` items are before it. */
export function countedPiece<Item>(items: Item[], from: number, total: number): PageOf<Item> {
	const end = from + items.length;
	return { items, next: items.length > 0 && end < total ? String(end) : null, total };
}

/** How many items an address asks for, in a schema that reads its whole query. */
export const LIMIT = v.optional(
	v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(MOST_ITEMS)),
	USUAL_ITEMS
);

/** The two as a description of /api names them. */
export const PAGING = {
	after: v.optional(v.pipe(v.string(), v.description('The `next` of the piece before.'))),
	limit: v.optional(v.pipe(v.string(), v.description(`How many items, 1 to ${MOST_ITEMS}; ${USUAL_ITEMS} when nothing is said.`)))
};

/** How a workspace is named there. */
export const WORKSPACE = v.optional(v.pipe(v.string(), v.description('Slug or id; without one, the workspace one was in last.')));
