import type { Passage } from './passages.ts';
import { tokensOf } from './tokens.ts';

/** The words of a passage, and each two in a row, as numbers in order; the same number twice where they stand twice. */
export interface Shingles {
	sorted: Int32Array;
	/** How many words it has. */
	words: number;
}

/** How alike texts are, by their words and by each two words in a row. One for each comparison, which it is kept for. */
export class Similarity {
	readonly #known = new Map<Passage, Shingles>();

	/** From 0, nothing in common, to 1, the same. */
	of(one: Passage, other: Passage): number {
		if (one.text === other.text) return 1;
		const [a, b] = [this.shingles(one).sorted, this.shingles(other).sorted];
		return a.length + b.length === 0 ? 0 : (2 * common(a, b)) / (a.length + b.length);
	}

	shingles(passage: Passage): Shingles {
		const known = this.#known.get(passage);
		if (known) return known;
		const words = tokensOf(passage.text).map(({ key }) => hash(key));
		const pairs = words.slice(1).map((word, nth) => Math.imul(words[nth], 31) ^ word);
		const made = { sorted: Int32Array.from([...words, ...pairs]).sort(), words: words.length };
		this.#known.set(passage, made);
		return made;
	}
}

/**
 * A small number of two passages, the same whichever comes first: of two ways to pair that are as good, both directions of a
 * comparison take the same.
 */
export function tieBreak(one: Passage, other: Passage): number {
	// Sums, since what is the same on both sides would cancel itself out otherwise.
	const uids = hash(one.uid) + hash(other.uid);
	const texts = hash(one.text.slice(0, 60)) + hash(other.text.slice(0, 60));
	// So many bits that thousands of them are added without a rounding, in whatever order.
	return ((Math.imul(uids, 0x9e3779b1) ^ Math.imul(texts, 0x85ebca6b)) >>> 12) / 2 ** 20;
}

/** How many numbers two lists in order have in common. */
function common(a: Int32Array, b: Int32Array): number {
	let [at, other, count] = [0, 0, 0];
	while (at < a.length && other < b.length) {
		if (a[at] === b[other]) {
			count++;
			at++;
			other++;
		} else if (a[at] < b[other]) at++;
		else other++;
	}
	return count;
}

/** FNV-1a. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return value | 0;
}
