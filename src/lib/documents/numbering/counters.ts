import type { Level } from '../../text/levels.ts';
import type { Profile } from '../schema/profiles.ts';
import { fromOrdinal, fromPoint, fromRoman, toPoint, toRoman } from './numerals.ts';

/** What decides the number of one provision. */
export interface Numbered {
	level: Level;
	mark: string | null;
	number: string | null;
}

/** The number that a provision got. */
export interface Counted {
	/** The place in its sequence; a number with a suffix ('5a') has the place of the one before it. */
	value: number;
	/** As it is printed, without the words around it: `II`, `5a`, `đ`. */
	printed: string;
	roman: boolean;
	/** Order of width: smaller is wider. A Roman section inside an article stands between article and clause. */
	rank: number;
}

const RANKS: Record<Level, number> = {
	part: 0,
	chapter: 1,
	section: 2,
	subsection: 3,
	article: 4,
	clause: 5,
	point: 6,
	indent: 7
};
const ROMAN_IN_ARTICLE = 4.5;
const SECOND_INDENT = 8;

type Sequence = Level | 'roman';

/** What starts again after a provision of a level. Điều runs on through the whole document. */
const RESTARTS: Record<Sequence, readonly Sequence[]> = {
	part: ['chapter', 'section', 'subsection', 'roman', 'clause', 'point', 'indent'],
	chapter: ['section', 'subsection', 'roman', 'clause', 'point', 'indent'],
	section: ['subsection', 'roman', 'clause', 'point', 'indent'],
	roman: ['subsection', 'clause', 'point', 'indent'],
	subsection: ['clause', 'point', 'indent'],
	article: ['clause', 'point', 'indent'],
	clause: ['point', 'indent'],
	point: ['indent'],
	indent: []
};

/**
 * The running counters of one document. Roman sections stand above articles, unless the first of them in a part,
 * chapter or section comes after an article (a decision whose Điều 1 holds I, II, III): then they start again at each.
 */
export class Counters {
	#profile: Profile;
	#values = new Map<Sequence, number>();
	#articleInScope = false;
	#romanInArticle = false;

	constructor(profile: Profile) {
		this.#profile = profile;
	}

	/** An appendix or attachment begins: everything starts again. */
	restart(): void {
		this.#values.clear();
		this.#articleInScope = false;
		this.#romanInArticle = false;
	}

	/** The value of the last provision of a level (0 when none). */
	current(level: Level, roman = false): number {
		return this.#values.get(roman ? 'roman' : level) ?? 0;
	}

	/** Whether a section with this mark prints a Roman number in this profile. */
	isRoman(level: Level, mark: string | null): boolean {
		return isRomanSection(level, mark, this.#profile);
	}

	/** Counts a provision and returns its number. */
	count({ level, mark, number }: Numbered): Counted {
		const roman = this.isRoman(level, mark);
		const sequence: Sequence = roman ? 'roman' : level;
		const before = this.#values.get(sequence) ?? 0;
		if (roman && before === 0) this.#romanInArticle = this.#articleInScope;
		const value = nextValue(sequence, before, number);
		this.#values.set(sequence, value);
		this.#restartBelow(sequence);
		const printed = number ?? printNumber(sequence, value);
		return { value, printed, roman, rank: this.#rank(level, roman, number) };
	}

	#restartBelow(sequence: Sequence): void {
		for (const lower of RESTARTS[sequence]) this.#values.delete(lower);
		if (sequence === 'article') {
			this.#articleInScope = true;
			if (this.#romanInArticle) this.#values.delete('roman');
		}
		if (sequence === 'part' || sequence === 'chapter' || sequence === 'section') this.#articleInScope = false;
	}

	#rank(level: Level, roman: boolean, number: string | null): number {
		if (roman && this.#romanInArticle) return ROMAN_IN_ARTICLE;
		if (level === 'indent' && number === '+') return SECOND_INDENT;
		return RANKS[level];
	}
}

/** Whether a provision of this level and mark is a section that prints a Roman number (`I.`, `I-`) instead of `Mục 1`. */
export function isRomanSection(level: unknown, mark: unknown, { numbering }: Profile): boolean {
	return level === 'section' && (mark === 'roman' || numbering.sectionIsRoman);
}

/** The value of an explicit number of a level: null when it carries a suffix or is no number of that level. */
export function explicitValue(level: Level, roman: boolean, number: string): number | null {
	if (level === 'part' || level === 'chapter' || roman) {
		return fromRoman(number) ?? fromOrdinal(number) ?? (/^\d+$/.test(number) ? Number(number) : null);
	}
	if (level === 'point') return fromPoint(number);
	if (level === 'section' && fromRoman(number) !== null) return fromRoman(number);
	return /^\d+$/.test(number) ? Number(number) : null;
}

function nextValue(sequence: Sequence, before: number, number: string | null): number {
	if (number === null) return before + 1;
	if (sequence === 'indent') return number === '+' ? before : before + 1;
	const level = sequence === 'roman' ? 'section' : sequence;
	return explicitValue(level, sequence === 'roman', number) ?? before;
}

function printNumber(sequence: Sequence, value: number): string {
	if (sequence === 'part' || sequence === 'chapter' || sequence === 'roman') return toRoman(value);
	if (sequence === 'point') return toPoint(value);
	if (sequence === 'indent') return '-';
	return String(value);
}
