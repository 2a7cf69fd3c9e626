import type { Pair } from './pairs.ts';
import { tieBreak } from './similar.ts';

/** Far more than all tie breaks of a text together. */
const ONE = 2 ** 20;

/**
 * The pairs that stay where they are: as many as can be that stand in one order in both texts. The others were moved.
 * Of several ways with as many, both directions of a comparison take the same.
 */
export function unmoved(pairs: readonly Pair[]): Set<Pair> {
	const inOrder = [...pairs].sort((a, b) => a.before - b.before);
	const size = Math.max(0, ...inOrder.map(({ after }) => after)) + 1;
	/** By places of the later text, as a Fenwick tree: the heaviest run that ends up to there. */
	const best = Array.from({ length: size + 1 }, (): Run | null => null);
	const heaviestUpTo = (place: number) => {
		let run: Run | null = null;
		for (let at = place; at > 0; at -= at & -at) run = heavier(run, best[at]);
		return run;
	};
	for (const pair of inOrder) {
		const rest = heaviestUpTo(pair.after);
		const run: Run = { pair, rest, weight: (rest?.weight ?? 0) + ONE + tieBreak(pair.was, pair.is) };
		for (let at = pair.after + 1; at <= size; at += at & -at) best[at] = heavier(best[at], run);
	}
	const stayed = new Set<Pair>();
	for (let run = heaviestUpTo(size); run; run = run.rest) stayed.add(run.pair);
	return stayed;
}

interface Run {
	pair: Pair;
	weight: number;
	rest: Run | null;
}

function heavier(one: Run | null, other: Run | null): Run | null {
	return (other?.weight ?? 0) > (one?.weight ?? 0) ? other : one;
}
