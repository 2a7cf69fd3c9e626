import { wordsOf } from './proposal-words.ts';
import type { ContentJson, PartJson } from './proposals.ts';

export type Side = 'is' | 'proposed' | 'own';

/** What somebody chose for a place at which both changed the same words. */
export interface Choice {
	side: Side | null;
	/** Their own words, kept when they choose another side meanwhile. */
	words: string;
}

/** A stretch where the three wordings differ, by its number on the page. */
export interface Place {
	n: number;
	part: PartJson;
}

/** The three wordings of a provision that changed since it was proposed for, and what somebody makes of them. */
export class Choosing {
	readonly parts: readonly PartJson[];
	readonly places: readonly Place[];
	#choices = $state<Choice[]>([]);

	constructor(parts: readonly PartJson[]) {
		this.parts = parts;
		this.places = parts.filter(({ kind }) => kind !== 'same').map((part, nth) => ({ n: nth + 1, part }));
		this.#choices = this.places.map(({ part }) => ({ side: null, words: wordsOf(part.proposed) }));
	}

	/** The places at which somebody has to choose. */
	get conflicts(): Place[] {
		return this.places.filter(({ part }) => part.kind === 'conflict');
	}
	/** Of them those at which nobody has yet. */
	get open(): Place[] {
		return this.conflicts.filter(({ n }) => this.of(n).side === null);
	}

	placeOf(part: PartJson): Place {
		return this.places.find((place) => place.part === part)!;
	}

	of(n: number): Choice {
		return this.#choices[n - 1]!;
	}

	choose(n: number, side: Side): void {
		this.#choices[n - 1] = { ...this.of(n), side };
	}

	word(n: number, words: string): void {
		this.#choices[n - 1] = { side: 'own', words };
	}

	/** What stands at a place in the merged wording; null where somebody has to choose yet. */
	at({ n, part }: Place): ContentJson | null {
		if (part.kind === 'now') return part.is;
		if (part.kind !== 'conflict') return part.proposed;
		const { side, words } = this.of(n);
		if (side === 'own') return contentOf(words);
		return side === null ? null : part[side];
	}

	/** The merged wording; null while something is to be chosen. */
	get merged(): ContentJson | null {
		let n = 0;
		const all = this.parts.map((part) => (part.kind === 'same' ? part.is : this.at(this.places[n++]!)));
		return all.includes(null) ? null : (all as ContentJson[]).flat();
	}
}

function contentOf(words: string): ContentJson {
	return words
		.split('\n')
		.flatMap((line, nth) => [
			...(nth > 0 ? [{ type: 'hardBreak' }] : []),
			...(line === '' ? [] : [{ type: 'text', text: line }])
		]);
}
