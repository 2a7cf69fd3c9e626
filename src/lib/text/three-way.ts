/** What two people made of one thing without knowing of each other: whether they meet, and what both amount to. */
import { Fragment, type Schema } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { carryOver } from './carry-over.ts';
import { longestRising } from './longest-rising.ts';
import { keptWords, nodesByLetter } from './word-diff.ts';

/** A stretch `[from, to)` of a content, in whole words, and what stands in its place. */
export interface Change {
	from: number;
	to: number;
	add: Fragment;
}

/** Whether both changed the same words, or one wrote within what the other changed. The same change made twice is none. */
export function doMeet(base: Fragment, one: Fragment, other: Fragment): boolean {
	if (base.eq(one) || base.eq(other) || one.eq(other)) return false;
	const changes = changesBetween(base, other);
	return changesBetween(base, one).some(({ from, to, add }) =>
		changes.some(
			(change) => from < change.to && change.from < to && !(from === change.from && to === change.to && add.eq(change.add))
		)
	);
}

/** What `now` becomes when what led from `base` to `wanted` happens to it. */
export function mergedContent(schema: Schema, base: Fragment, wanted: Fragment, now: Fragment): Fragment {
	const { tr } = EditorState.create({ doc: schema.topNodeType.create(null, schema.nodes.paragraph.create(null, now)) });
	carryOver(tr, 1, base, wanted, now);
	return tr.doc.firstChild!.content;
}

/**
 * The order of `now`, with what `after` has that `before` had not, without what is gone from it and may go, and with what it
 * moved and nobody else did. What came or moved stands behind the nearest of those it stands behind in `after`.
 */
export function mergedOrder(
	before: readonly string[],
	after: readonly string[],
	now: readonly string[],
	mayGo: (name: string) => boolean
): string[] {
	const [old, wanted, there] = [before, after, now].map((names) => new Set(names));
	const order = now.filter((name) => wanted.has(name) || !old.has(name) || !mayGo(name));
	const [moved, movedByOthers] = [movedBetween(before, after), movedBetween(before, now)];
	for (const [nth, name] of after.entries()) {
		const isNew = !old.has(name) && !there.has(name);
		if (!isNew && !(moved.has(name) && there.has(name) && !movedByOthers.has(name))) continue;
		if (!isNew) order.splice(order.indexOf(name), 1);
		const previous = after.slice(0, nth).findLast((other) => order.includes(other));
		order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, name);
	}
	return order;
}

/** Those that both rows have, and that did not stay in order. */
export function movedBetween(before: readonly string[], after: readonly string[]): Set<string> {
	const places = new Map(before.map((name, nth) => [name, nth]));
	const both = after.filter((name) => places.has(name));
	const rows = both.map((name) => places.get(name)!);
	// Mostly nothing moved, which is seen at a glance.
	if (rows.every((place, nth) => nth === 0 || rows[nth - 1] < place)) return new Set();
	const stayed = new Set(longestRising(rows).map((nth) => both[nth]));
	return new Set(both.filter((name) => !stayed.has(name)));
}

export function changesBetween(before: Fragment, after: Fragment): Change[] {
	const changes: Change[] = [];
	const [old, now] = [nodesByLetter(before), nodesByLetter(after)];
	let at = 0;
	let atAfter = 0;
	for (const kept of [...keptWords(before, after), { before: before.size, after: after.size, length: 0 }]) {
		if (kept.before > at || kept.after > atAfter)
			changes.push({ from: at, to: kept.before, add: after.cut(atAfter, kept.after) });
		// An element that stayed may say something else.
		for (let nth = 0; nth < kept.length; nth++) {
			const [was, is] = [old[kept.before + nth], now[kept.after + nth]];
			if (!was.isText && !was.hasMarkup(is.type, is.attrs, was.marks))
				changes.push({ from: kept.before + nth, to: kept.before + nth + 1, add: Fragment.from(is) });
		}
		at = kept.before + kept.length;
		atAfter = kept.after + kept.length;
	}
	return changes;
}
