import type { Node } from '@tiptap/pm/model';

/**
 * For each node the one that it was, by its place among `olds`, or null. The node itself; then that of the same uid; then,
 * without a uid, one that has a child in common, as a row of a table does that got a cell; then the next of its type. Of
 * those that changed places as few as possible are null.
 */
export function matchNodes(olds: readonly Node[], news: readonly Node[]): (number | null)[] {
	const found: (number | null)[] = news.map(() => null);
	const free = new Set(olds.keys());
	const match = (candidates: (next: Node) => Iterable<number>) => {
		news.forEach((next, nth) => {
			if (found[nth] !== null) return;
			for (const old of candidates(next)) {
				if (!free.has(old)) continue;
				found[nth] = old;
				free.delete(old);
				return;
			}
		});
	};
	const like = (isSame: (old: Node, next: Node) => boolean) => match((next) => free.values().filter((old) => isSame(olds[old], next)));
	const parents = new Map(olds.flatMap((old, nth) => old.children.map((child) => [child, nth] as const)));
	like((old, next) => old === next);
	like((old, next) => old.type === next.type && Boolean(next.attrs.uid) && old.attrs.uid === next.attrs.uid);
	match((next) => next.children.flatMap((child) => parents.get(child) ?? []).filter((old) => isOfOneKind(olds[old], next)));
	like(isOfOneKind);
	return inOrder(found);
}

function isOfOneKind(old: Node, next: Node): boolean {
	return old.type === next.type && !next.attrs.uid && !old.attrs.uid;
}

/** The longest part of the matches that stands in the same order as before; the rest becomes null. */
function inOrder(matched: readonly (number | null)[]): (number | null)[] {
	const length = matched.map(() => 0);
	const previous = matched.map(() => -1);
	let last = -1;
	for (let nth = 0; nth < matched.length; nth++) {
		const old = matched[nth];
		if (old === null) continue;
		length[nth] = 1;
		for (let earlier = 0; earlier < nth; earlier++) {
			if (matched[earlier] === null || matched[earlier]! > old || length[earlier] < length[nth]) continue;
			length[nth] = length[earlier] + 1;
			previous[nth] = earlier;
		}
		if (last < 0 || length[nth] > length[last]) last = nth;
	}
	const kept: (number | null)[] = matched.map(() => null);
	for (let nth = last; nth >= 0; nth = previous[nth]) kept[nth] = matched[nth];
	return kept;
}
