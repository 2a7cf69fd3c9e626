import type { Pairing } from './pairs.ts';
import { hash, tieBreak } from './similar.ts';

/** A text of fewer words is found by its neighbours only. */
const LEAST_WORDS = 4;
/** What two passages must have in common to be one wherever they stand. */
const MUCH_ALIKE = 0.6;
/** Words that more passages have than this say nothing about which belong together. */
const MOST_BEARERS = 6;

/**
 * Pairs what is alike wherever it stands: what is the same and is there once in each text, then each passage with the one most
 * like it, if it is also the most like that. Costs as much as there are words, not the one text times the other.
 */
export function pairByWords(pairing: Pairing): void {
	pairSame(pairing);
	const [before, after] = [bearersOf(pairing, 'before'), bearersOf(pairing, 'after')];
	const likeAfter = new Map<number, Set<number>>();
	for (const [shingle, bearers] of before) {
		const others = after.get(shingle);
		if (!others || bearers.length > MOST_BEARERS || others.length > MOST_BEARERS) continue;
		for (const place of bearers) {
			const known = likeAfter.get(place) ?? new Set();
			for (const other of others) known.add(other);
			likeAfter.set(place, known);
		}
	}
	const best = { before: new Map<number, Candidate>(), after: new Map<number, Candidate>() };
	for (const [place, others] of likeAfter) {
		for (const other of others) {
			const candidate = rate(pairing, place, other);
			if (!candidate) continue;
			if (candidate.score > (best.before.get(place)?.score ?? 0)) best.before.set(place, candidate);
			if (candidate.score > (best.after.get(other)?.score ?? 0)) best.after.set(other, candidate);
		}
	}
	for (const candidate of best.before.values())
		if (best.after.get(candidate.after) === candidate) pairing.add(candidate.before, candidate.after);
}

interface Candidate {
	before: number;
	after: number;
	score: number;
}

function rate({ before, after, similarity }: Pairing, place: number, other: number): Candidate | null {
	const [was, is] = [before[place], after[other]];
	if (was.family !== is.family) return null;
	const alike = similarity.of(was, is);
	return alike < MUCH_ALIKE ? null : { before: place, after: other, score: alike + 1e-6 * tieBreak(was, is) };
}

function pairSame(pairing: Pairing): void {
	const [before, after] = [onlyOnes(pairing, 'before'), onlyOnes(pairing, 'after')];
	for (const [key, place] of before) {
		const other = after.get(key);
		if (place !== null && other !== undefined && other !== null) pairing.add(place, other);
	}
}

/** Free passages by family and text; null for a text that is there more than once. */
function onlyOnes(pairing: Pairing, side: 'before' | 'after'): Map<string, number | null> {
	const known = new Map<string, number | null>();
	for (const place of pairing.free(side)) {
		const passage = pairing[side][place];
		if (pairing.similarity.shingles(passage).words < LEAST_WORDS) continue;
		const key = `${passage.family}\n${passage.text}`;
		known.set(key, known.has(key) ? null : place);
	}
	return known;
}

function bearersOf(pairing: Pairing, side: 'before' | 'after'): Map<number, number[]> {
	const bearers = new Map<number, number[]>();
	for (const place of pairing.free(side)) {
		const { sorted, words } = pairing.similarity.shingles(pairing[side][place]);
		if (words < LEAST_WORDS) continue;
		const family = hash(pairing[side][place].family);
		for (const shingle of new Set(sorted)) {
			const key = shingle ^ family;
			const known = bearers.get(key);
			if (!known) bearers.set(key, [place]);
			else if (known.length <= MOST_BEARERS) known.push(place);
		}
	}
	return bearers;
}
