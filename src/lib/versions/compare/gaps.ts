import { unmoved } from './order.ts';
import type { Pairing } from './pairs.ts';
import { tieBreak } from './similar.ts';

/** What two passages must have in common to be one when they stand between the same neighbours. */
const SOMEWHAT_ALIKE = 0.4;
/** Between two neighbours, so many comparisons at most. */
const MOST_COMPARISONS = 40_000;

/** Pairs what stands between the same neighbours in both texts, in order, so that as much as can be is alike. */
export function pairInGaps(pairing: Pairing): void {
	const stayed = [...unmoved(pairing.pairs)].sort((a, b) => a.before - b.before);
	let [from, fromAfter] = [0, 0];
	for (const { before, after } of [...stayed, { before: pairing.before.length, after: pairing.after.length }]) {
		const old = places(from, before).filter((place) => pairing.isFree('before', place));
		const now = places(fromAfter, after).filter((place) => pairing.isFree('after', place));
		if (old.length > 0 && now.length > 0 && old.length * now.length <= MOST_COMPARISONS) pairGap(pairing, old, now);
		[from, fromAfter] = [before + 1, after + 1];
	}
}

/** The pairs in order with the most in common: the longest common subsequence, weighted. */
function pairGap(pairing: Pairing, old: readonly number[], now: readonly number[]): void {
	const width = now.length + 1;
	const alike = new Float64Array(old.length * now.length);
	const best = new Float64Array((old.length + 1) * width);
	for (let a = old.length - 1; a >= 0; a--) {
		for (let b = now.length - 1; b >= 0; b--) {
			const score = scoreOf(pairing, old[a], now[b]);
			alike[a * now.length + b] = score;
			const paired = score > 0 ? score + best[(a + 1) * width + b + 1] : 0;
			best[a * width + b] = Math.max(paired, best[(a + 1) * width + b], best[a * width + b + 1]);
		}
	}
	for (let a = 0, b = 0; a < old.length && b < now.length;) {
		const score = alike[a * now.length + b];
		if (score > 0 && best[a * width + b] === score + best[(a + 1) * width + b + 1]) pairing.add(old[a++], now[b++]);
		else if (best[a * width + b] === best[(a + 1) * width + b]) a++;
		else b++;
	}
}

function scoreOf({ before, after, similarity }: Pairing, place: number, other: number): number {
	const [was, is] = [before[place], after[other]];
	if (was.family !== is.family) return 0;
	const alike = similarity.of(was, is);
	return alike < SOMEWHAT_ALIKE ? 0 : alike + 1e-6 * tieBreak(was, is);
}

function places(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from) }, (_, nth) => from + nth);
}
