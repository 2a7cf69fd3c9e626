/** What two people made of one content, stretch by stretch: what only one of them changed is merged, what both did is to be chosen. */
import { Fragment } from '@tiptap/pm/model';
import { type Change, changesBetween } from './three-way.ts';

/**
 * A stretch of a content as it was, as it is by now, and as somebody proposes it. `same`: nobody changed it. `now`, `proposed`: only
 * there it is another. `both`: the same change on both sides. `conflict`: two changes of the same words.
 */
export interface ThreeWayPart {
	kind: 'same' | 'now' | 'proposed' | 'both' | 'conflict';
	was: Fragment;
	is: Fragment;
	proposed: Fragment;
}

/** Places to choose at with no more letters between them than this are one: nobody chooses twice within a phrase. */
const SHORT = 12;

/** The stretches in order; those of one side together are all of its content. */
export function threeWayParts(base: Fragment, now: Fragment, proposed: Fragment): ThreeWayPart[] {
	const sides = [changesBetween(base, now), changesBetween(base, proposed)];
	const parts: ThreeWayPart[] = [];
	let at = 0;
	const heads = [0, 0];
	const next = (side: number): Change | undefined => sides[side][heads[side]];
	while (next(0) || next(1)) {
		const from = Math.min(next(0)?.from ?? Infinity, next(1)?.from ?? Infinity);
		let to = from;
		const taken: Change[][] = [[], []];
		for (let isMore = true; isMore;) {
			isMore = false;
			for (const side of [0, 1]) {
				const change = next(side);
				if (!change || !meets(change, from, to, taken[1 - side])) continue;
				taken[side].push(change);
				heads[side]++;
				to = Math.max(to, change.to);
				isMore = true;
			}
		}
		if (from > at) parts.push(unchanged(base.cut(at, from)));
		const was = base.cut(from, to);
		const [is, wanted] = taken.map((changes) => applied(base, from, to, changes));
		parts.push({ kind: kindOf(taken, is, wanted), was, is, proposed: wanted });
		at = to;
	}
	if (base.size > at) parts.push(unchanged(base.cut(at, base.size)));
	return withoutShortStretches(parts);
}

/** The content that stands where nothing is left to choose: for each conflict the words given for it, in order. */
export function mergedParts(parts: readonly ThreeWayPart[], chosen: readonly Fragment[]): Fragment {
	let nth = 0;
	return parts.reduce(
		(all, { kind, is, proposed }) => all.append(kind === 'conflict' ? (chosen[nth++] ?? is) : kind === 'now' ? is : proposed),
		Fragment.empty
	);
}

/** Whether a change begins where this stretch is; two that only touch meet if one of them puts something in there. */
function meets(change: Change, from: number, to: number, others: readonly Change[]): boolean {
	if (change.from < to || change.from === from) return true;
	return change.from === to && others.some((other) => other.to === to && (other.from === other.to || change.from === change.to));
}

function applied(base: Fragment, from: number, to: number, changes: readonly Change[]): Fragment {
	let all = Fragment.empty;
	let at = from;
	for (const change of changes) {
		all = all.append(base.cut(at, change.from)).append(change.add);
		at = change.to;
	}
	return all.append(base.cut(at, to));
}

function kindOf([now, proposed]: Change[][], is: Fragment, wanted: Fragment): ThreeWayPart['kind'] {
	if (proposed.length === 0) return 'now';
	if (now.length === 0) return 'proposed';
	return is.eq(wanted) ? 'both' : 'conflict';
}

function unchanged(content: Fragment): ThreeWayPart {
	return { kind: 'same', was: content, is: content, proposed: content };
}

/** Conflicts with a few letters between them become one. */
function withoutShortStretches(parts: readonly ThreeWayPart[]): ThreeWayPart[] {
	const joined: ThreeWayPart[] = [];
	for (const part of parts) {
		const [before, between] = joined.slice(-2);
		const isShort = joined.length > 1 && between.kind === 'same' && between.was.size <= SHORT;
		if (part.kind === 'conflict' && isShort && before.kind === 'conflict')
			joined.splice(-2, 2, ([before, between, part] as const).reduce(join));
		else joined.push(part);
	}
	return joined;
}

function join(one: ThreeWayPart, other: ThreeWayPart): ThreeWayPart {
	return {
		kind: 'conflict',
		was: one.was.append(other.was),
		is: one.is.append(other.is),
		proposed: one.proposed.append(other.proposed)
	};
}
