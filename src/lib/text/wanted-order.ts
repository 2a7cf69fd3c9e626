/** In which order the blocks of a document are to stand, what each is to belong to, and which have to move for that. */
import type { Changes } from './changes.ts';
import type { Entries } from './entries.ts';
import { APPENDIX_RANK, rankOf } from './kinds.ts';
import type { Leaf } from './leaves.ts';
import { longestRising } from './longest-rising.ts';

/** For more changed blocks than these the parents of all are worked out in one go. */
const FEW = 20;

/** The provision that the nth block belongs to by its level; `now` are the blocks that changed, as they are to be. */
export function parentsWanted(
	uids: readonly string[],
	now: ReadonlyMap<string, Leaf>,
	entries: Entries
): (nth: number) => string | null {
	const ranks = new Map<string, number>();
	const rank = (uid: string) => {
		const known = ranks.get(uid);
		if (known !== undefined) return known;
		const leaf = now.get(uid);
		const found = leaf
			? rankOf(leaf.kind, leaf.attrs.level)
			: rankOf(entries.kindOf(uid), entries.attribute(uid, 'provision', 'level'));
		ranks.set(uid, found);
		return found;
	};
	if (now.size > FEW) {
		const parents = parentsIn(uids, rank);
		return (nth) => parents[nth];
	}
	return (nth) => {
		const own = rank(uids[nth]);
		for (let at = nth - 1; at >= 0; at--) {
			const other = rank(uids[at]);
			if (other === APPENDIX_RANK) return null;
			if (other < own) return uids[at];
		}
		return null;
	};
}

/** For each block the nearest one before it that contains it, up to an appendix. */
function parentsIn(uids: readonly string[], rank: (uid: string) => number): (string | null)[] {
	const open: string[] = [];
	return uids.map((uid) => {
		const own = rank(uid);
		while (open.length > 0 && rank(open.at(-1)!) >= own) open.pop();
		const parent = open.at(-1) ?? null;
		if (own === APPENDIX_RANK) open.length = 0;
		else open.push(uid);
		return own === APPENDIX_RANK ? null : parent;
	});
}

/** For each block the next one behind it that `isKnown`. */
export function followersOf(uids: readonly string[], isKnown: (uid: string) => boolean): (string | null)[] {
	const followers: (string | null)[] = [];
	let next: string | null = null;
	for (let nth = uids.length - 1; nth >= 0; nth--) {
		followers[nth] = next;
		if (isKnown(uids[nth])) next = uids[nth];
	}
	return followers;
}

/** Blocks that stand elsewhere in a row: those that were taken out and put in again, else as few as explain it. */
export function movedBlocks(old: readonly Leaf[], now: readonly Leaf[], changes: Changes): Set<string> {
	const places = new Map(old.map(({ uid }, nth) => [uid, nth]));
	const stayed = now.flatMap(({ uid }) => places.get(uid) ?? []);
	const isInOrder = stayed.every((place, nth) => nth === 0 || place > stayed[nth - 1]);
	if (isInOrder) return new Set();
	const takenOut = changes.takenOut();
	const moved = new Set(stayed.map((place) => old[place].uid).filter((uid) => takenOut.has(uid)));
	const rest = stayed.filter((place) => !moved.has(old[place].uid));
	const rising = new Set(longestRising(rest));
	for (const [nth, place] of rest.entries()) if (!rising.has(nth)) moved.add(old[place].uid);
	return moved;
}
