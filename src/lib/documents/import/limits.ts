import type { JsonNode } from '../schema/json.ts';
import { ImportError } from './errors.ts';

/**
 * What one file may hold: more than any text in force, the longest of which have some 231,000 words in 9,000 provisions. Beyond
 * it, those who are typing would feel the import, and the text would be slow to work in.
 */
export const IMPORT_LIMITS = { characters: 1_500_000, paragraphs: 20_000, cells: 20_000, depth: 100 };

type Counted = keyof typeof IMPORT_LIMITS;

/** Refuses a file as soon as it is known to hold too much. @throws ImportError `large` */
export function refuseBeyond(what: Counted, amount: number): void {
	if (amount > IMPORT_LIMITS[what]) throw new ImportError('large');
}

/** Counts what was read, before anything is made of it. @throws ImportError `large` */
export class Tally {
	readonly #counts: Record<Counted, number> = { characters: 0, paragraphs: 0, cells: 0, depth: 0 };

	/** A line of text of so many characters. */
	line(characters: number): void {
		this.#count('paragraphs', 1);
		this.#count('characters', characters);
	}

	/** A node of a document with all that is in it. */
	node({ type, text, content }: JsonNode, depth = 1): void {
		refuseBeyond('depth', depth);
		if (type === 'text') return this.#count('characters', text?.length ?? 0);
		const isCell = type === 'tableCell' || type === 'tableHeader';
		if (isCell) this.#count('cells', 1);
		else if (content?.[0] === undefined || content[0].type === 'text') this.#count('paragraphs', 1);
		for (const child of content ?? []) this.node(child, depth + 1);
	}

	#count(what: Counted, amount: number): void {
		refuseBeyond(what, (this.#counts[what] += amount));
	}
}

/** Refuses bytes in which these marks stand more often than so many times together. @throws ImportError `large` */
export function refuseMarksBeyond(most: number, bytes: Buffer, ...marks: string[]): void {
	let found = 0;
	for (const mark of marks) {
		for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
			if (++found > most) throw new ImportError('large');
		}
	}
}
