/** Carries over to a content what led from an older one of it to a wanted one: what others changed meanwhile stays. */
import { Fragment } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { type Kept, keptBetween, keptWithin, nodesByLetter, placeBehindKept } from './word-diff.ts';

/** A stretch `[from, to)` of a content and what takes its place. */
interface Replaced {
	from: number;
	to: number;
	add: Fragment;
}

/** Adds the steps that change `now`, which begins at `start`, as `base` was changed to `wanted`. */
export function carryOver(transaction: Transaction, start: number, base: Fragment, wanted: Fragment, now: Fragment): void {
	const same = keptBetween(base, wanted);
	const kept = base === now ? [{ before: 0, after: 0, length: now.size }] : keptBetween(base, now);
	format(transaction, start, { base, wanted, same, kept });
	const edits = replacedIn(base, wanted, now, same, kept);
	for (const { from, to, add } of edits.toReversed()) transaction.replaceWith(start + from, start + to, add);
}

/** What is marked otherwise, and attributes of elements, where the letters stay. */
function format(
	transaction: Transaction,
	start: number,
	{ base, wanted, same, kept }: { base: Fragment; wanted: Fragment; same: Kept[]; kept: Kept[] }
): void {
	const old = nodesByLetter(base);
	const now = nodesByLetter(wanted);
	for (const { before, after, length } of same) {
		for (let from = 0, to = 0; from < length; from = to) {
			const [was, is] = [old[before + from], now[after + from]];
			for (to = from + 1; to < length && old[before + to] === was && now[after + to] === is;) to++;
			for (const range of keptWithin(kept, before + from, before + to)) {
				for (const mark of was.marks)
					if (!mark.isInSet(is.marks)) transaction.removeMark(start + range.from, start + range.to, mark);
				for (const mark of is.marks)
					if (!mark.isInSet(was.marks)) transaction.addMark(start + range.from, start + range.to, mark);
				if (is.isText) continue;
				for (const key in is.attrs)
					if (is.attrs[key] !== was.attrs[key]) transaction.setNodeAttribute(start + range.from, key, is.attrs[key]);
			}
		}
	}
}

/** The stretches in which two contents differ, as edits of what the first has become since. */
function replacedIn(base: Fragment, wanted: Fragment, now: Fragment, same: readonly Kept[], kept: readonly Kept[]): Replaced[] {
	const edits: Replaced[] = [];
	let at = 0;
	let atAfter = 0;
	for (const { before, after, length } of [...same, { before: base.size, after: wanted.size, length: 0 }]) {
		const add = wanted.cut(atAfter, after);
		const place = placeBehindKept(kept, at);
		const end = keptWithin(kept, before, before + 1).next().value?.from ?? (before === base.size ? now.size : place);
		// Where somebody has done the same already, nothing is left to do.
		if ((before > at || add.size > 0) && !now.cut(place, Math.max(place, end)).eq(add)) {
			const gone = [...keptWithin(kept, at, before)];
			if (gone[0]?.from === place) edits.push({ from: place, to: gone.shift()!.to, add });
			else if (add.size > 0) edits.push({ from: place, to: place, add });
			for (const range of gone) edits.push({ ...range, add: Fragment.empty });
		}
		at = before + length;
		atAfter = after + length;
	}
	return edits;
}
