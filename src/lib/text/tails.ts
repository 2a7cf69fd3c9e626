/**
 * Which block's last letters are found at the end of which block after a change (rule WR3): the end of a split block in a
 * new one, the end of a removed one in the block that took it in. Where these letters are, they are not written.
 */
import { Fragment } from '@tiptap/pm/model';
import type { Changes } from './changes.ts';
import type { PlacedLeaf } from './changed-leaves.ts';
import { withoutAttributes } from './letters.ts';
import type { Edit } from './write-letters.ts';

export interface Tails {
	/** A new block is the end of an old one, from this letter on. `isNext`: it stands directly behind. */
	splits: Map<string, { of: string; at: number; isNext: boolean }>;
	/** A removed block goes on in another. */
	joins: { part: string; to: string; isNew: boolean }[];
	/** What changes in the letters of old blocks besides. */
	edits: Map<string, Edit[]>;
	/** What a new block has in front of the letters that it took in. */
	heads: Map<string, Fragment>;
	/** Blocks of which the letters are done with these. */
	handled: Set<string>;
}

interface Tail {
	from: PlacedLeaf;
	to: PlacedLeaf;
	size: number;
}

export function planTails(
	old: readonly PlacedLeaf[],
	now: readonly PlacedLeaf[],
	changes: Changes,
	isKnown: (uid: string) => boolean
): Tails {
	const tails: Tails = { splits: new Map(), joins: [], edits: new Map(), heads: new Map(), handled: new Set() };
	const oldUids = new Map(old.map((leaf, nth) => [leaf.uid, nth]));
	const nowUids = new Set(now.map(({ uid }) => uid));
	for (const [nth, after] of now.entries()) {
		const before = old[oldUids.get(after.uid) ?? -1];
		if (!before?.node.isTextblock || !after.node.isTextblock || tails.handled.has(after.uid)) continue;
		const added = takeWhile(now, nth + 1, ({ uid }) => !oldUids.has(uid));
		const removed = takeWhile(old, oldUids.get(after.uid)! + 1, ({ uid }) => !nowUids.has(uid) && !tails.handled.has(uid));
		if (added.length === 0 && removed.length === 0) continue;
		// Equal letters may stand there by chance: what a step replaced is not the beginning that stayed.
		const same = Math.min(
			sameBeginning(before, after),
			changes.untouchedFrom(before.from + 1, before.from + 1 + before.node.content.size)
		);
		const tail = longestTail(before, after, same, added, removed, changes, isKnown);
		if (!tail) continue;
		if (tail.from === before) planSplit(tails, before, after, same, tail, now[nth + 1] === tail.to);
		else planJoin(tails, before, after, same, tail);
	}
	return tails;
}

/** Null when the end of the block itself is what is found again. */
function longestTail(
	before: PlacedLeaf,
	after: PlacedLeaf,
	same: number,
	added: PlacedLeaf[],
	removed: PlacedLeaf[],
	changes: Changes,
	isKnown: (uid: string) => boolean
): Tail | null {
	const size = (from: PlacedLeaf, to: PlacedLeaf) => {
		if (!changes.keepsLetterBefore(from.from + 1 + from.node.content.size)) return 0;
		const [old, now] = [withoutAttributes(from.node.content), withoutAttributes(to.node.content)];
		const a = from === before ? old.cut(same) : old;
		const b = to === after ? now.cut(Math.min(same, now.size)) : now;
		const differ = a.findDiffEnd(b);
		return differ ? a.size - Math.max(differ.a, a.size - Math.min(a.size, b.size)) : a.size;
	};
	// A block of which nothing is missing has no end elsewhere, if not more than nothing is found there.
	let best = same >= before.node.content.size ? 0 : size(before, after);
	let found: Tail | null = null;
	const consider = (from: PlacedLeaf, to: PlacedLeaf) => {
		if (!from.node.isTextblock || !to.node.isTextblock) return;
		const length = size(from, to);
		if (length <= best) return;
		best = length;
		found = { from, to, size: length };
	};
	for (const other of added.toReversed()) if (!isKnown(other.uid)) consider(before, other);
	for (const gone of removed.toReversed()) for (const to of [after, ...added]) consider(gone, to);
	return found;
}

function planSplit(tails: Tails, before: PlacedLeaf, after: PlacedLeaf, same: number, { to, size }: Tail, isNext: boolean): void {
	const at = before.node.content.size - size;
	tails.splits.set(to.uid, { of: before.uid, at, isNext });
	tails.edits.set(before.uid, [
		{ from: same, to: at, add: after.node.content.cut(same), side: 'end' },
		{ from: at, to: at, add: to.node.content.cut(0, to.node.content.size - size), side: 'beginning' }
	]);
	tails.handled.add(before.uid).add(to.uid);
}

function planJoin(tails: Tails, before: PlacedLeaf, after: PlacedLeaf, same: number, { from, to, size }: Tail): void {
	const isNew = to !== after;
	tails.joins.push({ part: from.uid, to: to.uid, isNew });
	tails.edits.set(from.uid, [{ from: 0, to: from.node.content.size - size, add: Fragment.empty, side: 'end' }]);
	const added = after.node.content.cut(same, isNew ? undefined : after.node.content.size - size);
	tails.edits.set(before.uid, [{ from: same, to: before.node.content.size, add: added, side: 'end' }]);
	tails.handled.add(before.uid).add(from.uid);
	if (isNew) tails.heads.set(to.uid, to.node.content.cut(0, to.node.content.size - size));
}

function sameBeginning(before: PlacedLeaf, after: PlacedLeaf): number {
	return withoutAttributes(before.node.content).findDiffStart(withoutAttributes(after.node.content)) ?? before.node.content.size;
}

function takeWhile(list: readonly PlacedLeaf[], from: number, test: (leaf: PlacedLeaf) => boolean): PlacedLeaf[] {
	let to = from;
	while (to < list.length && test(list[to])) to++;
	return list.slice(from, to);
}
