import { divide } from './divided.ts';
import { pairInGaps } from './gaps.ts';
import type { Passage } from './passages.ts';
import { pairByWords } from './likeness.ts';
import { Similarity } from './similar.ts';

/** A passage of the earlier text and what it is in the later one. */
export interface Pair {
	was: Passage;
	is: Passage;
	/** Their places. */
	before: number;
	after: number;
	/** Places of passages behind or in front that came out of it (`split`) or went into it (`joined`), with its own, in order. */
	divided: { kind: 'split' | 'joined'; places: number[] } | null;
}

/** Which passages of two texts belong together, while it is found out. */
export class Pairing {
	readonly similarity = new Similarity();
	readonly pairs: Pair[] = [];
	readonly before: readonly Passage[];
	readonly after: readonly Passage[];
	readonly #goneBefore = new Set<number>();
	readonly #goneAfter = new Set<number>();

	constructor(before: readonly Passage[], after: readonly Passage[]) {
		this.before = before;
		this.after = after;
	}

	/** Whether nothing of the other text belongs to this place yet. */
	isFree(side: 'before' | 'after', place: number): boolean {
		const [passages, gone] = side === 'before' ? [this.before, this.#goneBefore] : [this.after, this.#goneAfter];
		return place >= 0 && place < passages.length && !gone.has(place);
	}

	free(side: 'before' | 'after'): number[] {
		return [...this[side].keys()].filter((place) => this.isFree(side, place));
	}

	add(before: number, after: number): void {
		this.pairs.push({ was: this.before[before], is: this.after[after], before, after, divided: null });
		this.take('before', before);
		this.take('after', after);
	}

	take(side: 'before' | 'after', place: number): void {
		(side === 'before' ? this.#goneBefore : this.#goneAfter).add(place);
	}
}

/**
 * Pairs two texts: by uid, then fields by their names, then what is the same or much alike, then what stands between the same
 * neighbours and is somewhat alike. What was split or joined is found before its parts are taken for something else.
 */
export function pairPassages(before: readonly Passage[], after: readonly Passage[]): Pairing {
	const pairing = new Pairing(before, after);
	pairByKey(pairing, ({ uid, type }) => `${type === 'table-row'} ${uid}`);
	pairByKey(pairing, ({ name }) => name);
	divide(pairing);
	pairByWords(pairing);
	divide(pairing);
	pairInGaps(pairing);
	divide(pairing);
	return pairing;
}

/** Pairs what has one key in both; the first with a key has it. */
function pairByKey(pairing: Pairing, keyOf: (passage: Passage) => string | null): void {
	const known = new Map<string, number>();
	for (const place of pairing.free('after').reverse()) {
		const key = keyOf(pairing.after[place]);
		if (key !== null) known.set(key, place);
	}
	for (const place of pairing.free('before')) {
		const key = keyOf(pairing.before[place]);
		const other = key === null ? undefined : known.get(key);
		if (other === undefined) continue;
		pairing.add(place, other);
		known.delete(key!);
	}
}
