import { type Counters, explicitValue } from '../numbering/counters.ts';
import { fromPoint, toPoint, toRoman } from '../numbering/numerals.ts';
import type { Level } from '../../text/levels.ts';
import type { Label } from './labels.ts';
import type { Doubt } from './report.ts';

/** What is known about the place of a label. */
export interface Place {
	/** No provision came before it in the whole text. */
	first: boolean;
	/** It follows a paragraph, a table or a title, not a provision of its own kind. */
	afterText: boolean;
	/** The source is a piece of a text, which may begin anywhere. */
	fragment: boolean;
	/** The next line below whose label is of this level and value; null when there is none. */
	later(level: Level, value: number): number | null;
}

/** Taken as structure (`number` null when the computed number is the printed one), or left a paragraph. */
export type Verdict = { accepted: true; number: string | null; doubt: Doubt | null } | { accepted: false; doubt: Doubt };

const LARGEST_GAP = { clause: 2, point: 2, section: 2, subsection: 2, article: 3, chapter: 3, part: 3, indent: 0 };

/**
 * Whether a label is a number of the document. It is when it continues its count; a late beginning, a gap or a new
 * beginning is accepted only where nothing else is plausible, and then keeps its printed number and is reported.
 */
export function judge(label: Label, counters: Counters, place: Place): Verdict {
	const { level, roman, number } = label;
	if (level === 'indent') return accept(number === '-' ? null : number);
	const current = counters.current(level, roman || counters.isRoman(level, null));
	const value = explicitValue(level, roman, number);
	if (value === null) return judgeSuffix(label, current);
	const printed = printedForm(label, value) === number ? null : number;
	if (value === current + 1) return accept(printed);
	if (current === 0) return judgeStart(label, place);
	if (value > current) {
		const isSmall = value - current - 1 <= LARGEST_GAP[level];
		const plausible = isHeading(label) ? skips(label, place, current, value, isSmall) : isSmall;
		return plausible ? accept(number, 'gap') : refuse();
	}
	if (value !== 1) return refuse();
	if (isHeading(label)) return accept(number, 'restart');
	return place.afterText ? accept(number, 'restart') : refuse();
}

/** A number with a letter behind it (`5a`, `a1`) stands after the number it extends. */
function judgeSuffix({ level, number }: Label, current: number): Verdict {
	if (level === 'point') {
		const base = fromPoint(number.replace(/\d$/, ''));
		if (base !== null) return base === current ? accept(number) : refuse();
		const before = String.fromCharCode(number.charCodeAt(0) - 1);
		return number.length === 1 && toPoint(current) === before ? accept(number, 'gap') : refuse();
	}
	const base = Number.parseInt(number, 10);
	return base === current ? accept(number) : refuse();
}

/** The first of its count does not begin with one. */
function judgeStart(label: Label, place: Place): Verdict {
	if (place.first || place.fragment) return accept(label.number, 'start');
	return isHeading(label) ? accept(label.number, 'start') : refuse();
}

/** Whether the text leaves numbers out here. When the expected number comes below, this one is a look-alike. */
function skips({ level }: Label, place: Place, current: number, value: number, isSmall: boolean): boolean {
	const expected = place.later(level, current + 1);
	const next = place.later(level, value + 1);
	if (expected !== null && (next === null || expected < next)) return false;
	return isSmall || next !== null;
}

/** Phần, Chương, Mục, Điều: their words make a look-alike rare. */
function isHeading({ level, roman }: Label): boolean {
	return !roman && level !== 'clause' && level !== 'point' && level !== 'indent';
}

function printedForm({ level, roman }: Label, value: number): string {
	if (level === 'part' || level === 'chapter' || roman) return toRoman(value);
	return level === 'point' ? toPoint(value) : String(value);
}

function accept(number: string | null, doubt: Doubt | null = null): Verdict {
	return { accepted: true, number, doubt };
}

function refuse(): Verdict {
	return { accepted: false, doubt: 'sequence' };
}
