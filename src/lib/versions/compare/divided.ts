import type { Pair, Pairing } from './pairs.ts';
import { hash, tieBreak } from './similar.ts';
import { tokensOf } from './tokens.ts';

/** A part has at least so many words, and so much of it stood in the whole. */
const LEAST_WORDS = 3;
const FROM_THE_WHOLE = 0.7;

/** Finds passages that were divided over neighbours (`split`), or that neighbours were joined into (`joined`). */
export function divide(pairing: Pairing): void {
	for (;;) {
		const found = pairing.pairs.flatMap((pair) => candidatesOf(pairing, pair));
		found.sort((a, b) => b.gain - a.gain || b.tie - a.tie);
		let taken = 0;
		for (const { pair, kind, place } of found) {
			const side = kind === 'split' ? 'after' : 'before';
			if (!pairing.isFree(side, place) || (pair.divided && pair.divided.kind !== kind)) continue;
			pair.divided ??= { kind, places: [pair[side]] };
			if (!isBeside(pair.divided.places, place)) continue;
			pair.divided.places = [...pair.divided.places, place].sort((a, b) => a - b);
			pairing.take(side, place);
			taken++;
		}
		// A part that was found may have one more behind it.
		if (taken === 0) return;
	}
}

interface Candidate {
	pair: Pair;
	kind: 'split' | 'joined';
	place: number;
	gain: number;
	tie: number;
}

function candidatesOf(pairing: Pairing, pair: Pair): Candidate[] {
	const { was, is, divided } = pair;
	if (was.family !== 'text' || is.family !== 'text' || was.text === is.text) return [];
	const sides = [
		{ kind: 'split', whole: was, side: 'after' },
		{ kind: 'joined', whole: is, side: 'before' }
	] as const;
	return sides.flatMap(({ kind, whole, side }) => {
		if (divided && divided.kind !== kind) return [];
		const own = divided?.places ?? [pair[side]];
		const around = [own[0] - 1, own.at(-1)! + 1].filter(
			(place) => pairing.isFree(side, place) && pairing[side][place].family === 'text'
		);
		if (around.length === 0) return [];
		const rest = countsOf(whole.text);
		for (const place of own) take(rest, pairing[side][place].text);
		return around.flatMap((place) => {
			const part = pairing[side][place];
			const words = wordsOf(part.text);
			const gain = take(new Map(rest), part.text);
			if (words.length < LEAST_WORDS || gain < FROM_THE_WHOLE * words.length) return [];
			return [{ pair, kind, place, gain, tie: tieBreak(whole, part) }];
		});
	});
}

/** Takes the words of a text out of those that are left; how many there were. */
function take(rest: Map<number, number>, text: string): number {
	let taken = 0;
	for (const word of wordsOf(text)) {
		const left = rest.get(word) ?? 0;
		if (left === 0) continue;
		rest.set(word, left - 1);
		taken++;
	}
	return taken;
}

function countsOf(text: string): Map<number, number> {
	const counts = new Map<number, number>();
	for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}

function wordsOf(text: string): number[] {
	return tokensOf(text)
		.filter(({ text: word }) => /[\p{L}\p{N}]/u.test(word))
		.map(({ key }) => hash(key));
}

function isBeside(places: readonly number[], place: number): boolean {
	return place === places[0] - 1 || place === places.at(-1)! + 1;
}
