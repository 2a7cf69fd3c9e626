import { fold } from '../../base/fold.ts';
import type { Entry, Numbering } from '../numbering/numbering.ts';

/** The parts that a citation can name. */
type CitedLevel = 'indent' | 'point' | 'clause' | 'article' | 'subsection' | 'section' | 'chapter' | 'part' | 'appendix';

/** One step of a citation: `khoản 2`; `own` is `khoản này`. Numbers are folded (`đ` stays `đ`, Roman in capitals). */
interface CitedPart {
	level: CitedLevel;
	number: string;
	own: boolean;
}

/** A citation in running text: its parts from small to large and where it stands. */
export interface Citation {
	parts: CitedPart[];
	from: number;
	to: number;
}

const WORDS: Record<string, CitedLevel> = {
	'gạch đầu dòng thứ': 'indent',
	điểm: 'point',
	khoản: 'clause',
	điều: 'article',
	'tiểu mục': 'subsection',
	mục: 'section',
	chương: 'chapter',
	phần: 'part',
	'phụ lục': 'appendix'
};
const STEP =
	/(gạch đầu dòng thứ|điểm|khoản|điều|tiểu mục|mục|chương|phần|phụ lục)\s+(này|\d+[a-zđ]{0,2}|[ivxlcdm]+(?![\p{L}\d])|[a-zđ]{1,2}\d?(?![\p{L}\d]))/iuy;
const ANY_WORD = /gạch đầu dòng thứ|điểm|khoản|điều|tiểu mục|mục|chương|phần|phụ lục/giu;
const BETWEEN = /\s*,?\s*/y;

/**
 * The citation that a text is, as a whole: `Điều 5`, `khoản 2 Điều 5`, `điểm a khoản 2 Điều này`, `điểm a, khoản 1,
 * mục II`, with or without `@` before it. Null when the text is anything else.
 */
export function parseCitation(text: string): Citation | null {
	const wanted = text.normalize('NFC').trim().replace(/^@/, '').trim();
	const citation = readCitation(wanted, 0);
	return citation && citation.to === wanted.length ? citation : null;
}

/** `dieu 5`, `khoan 2 dieu 5` with the marks of the words that name parts. */
export function withMarks(text: string): string {
	return Object.keys(WORDS).reduce((written, word) => {
		const bare = fold(word);
		return bare === word ? written : written.replace(new RegExp(`(?<![\\p{L}\\d])${bare}(?=\\s)`, 'giu'), word);
	}, text.normalize('NFC'));
}

/** All provisions that a citation may mean, where it leaves out in what they stand. */
export function citedEntries({ parts: [smallest, ...rest] }: Citation, numbering: Numbering): Entry[] {
	if (!smallest || smallest.own || rest.some(({ own }) => own)) return [];
	return numbering.entries.filter((entry) => partFits(smallest, entry) && chainFits(rest, entry, numbering, []));
}

/** The citations in running text (NFC), for the links that are offered after an import. */
export function findCitations(text: string): Citation[] {
	const found: Citation[] = [];
	for (const match of text.matchAll(ANY_WORD)) {
		if (match.index < (found.at(-1)?.to ?? 0) || /[\p{L}\d]/u.test(text.charAt(match.index - 1))) continue;
		const citation = readCitation(text, match.index);
		if (citation) found.push(citation);
	}
	return found;
}

/**
 * The provision that a citation means. Parts that it leaves out are those of `from`, the uid of the provision in which
 * it is written (`khoản 2` inside Điều 5; `Điều này`). Null when there is none or when several would fit.
 */
export function resolveCitation(citation: Citation, numbering: Numbering, from?: string): string | null {
	const context = contextOf(numbering, from);
	const [smallest, ...rest] = citation.parts;
	if (!smallest) return null;
	if (smallest.own) return context.find((entry) => levelFits(smallest, entry))?.uid ?? null;
	const fitting = numbering.entries.filter((entry) => partFits(smallest, entry) && chainFits(rest, entry, numbering, context));
	if (fitting.length <= 1) return fitting[0]?.uid ?? null;
	const home = context.find((entry) => entry.level === 'appendix')?.uid ?? null;
	const here = fitting.filter((entry) => appendixOf(entry, numbering) === home);
	const pool = here.length ? here : fitting;
	for (const around of context) {
		const near = pool.filter((entry) => entry.parents.includes(around.uid));
		if (near.length === 1) return near[0]?.uid ?? null;
	}
	return pool.length === 1 ? (pool[0]?.uid ?? null) : null;
}

function readCitation(text: string, start: number): Citation | null {
	const parts: CitedPart[] = [];
	let at = start;
	let to = start;
	while (at < text.length) {
		STEP.lastIndex = at;
		const match = STEP.exec(text);
		const level = match && WORDS[(match[1] as string).toLowerCase()];
		if (!match || !level) break;
		const part = partOf(level, match[2] as string);
		if (parts.length && rankOf(part) <= rankOf(parts.at(-1) as CitedPart)) break;
		parts.push(part);
		to = STEP.lastIndex;
		BETWEEN.lastIndex = to;
		BETWEEN.exec(text);
		at = BETWEEN.lastIndex;
		if (at === to) break;
	}
	return parts.length ? { parts, from: start, to } : null;
}

/** Party texts also call a numbered clause `điểm 1`. */
function partOf(level: CitedLevel, written: string): CitedPart {
	if (written.toLowerCase() === 'này') return { level, number: '', own: true };
	const isNumberedPoint = level === 'point' && /^\d/.test(written);
	const number = /^[ivxlcdm]+$/i.test(written) && level !== 'point' ? written.toUpperCase() : written.toLowerCase();
	return { level: isNumberedPoint ? 'clause' : level, number, own: false };
}

const ORDER: CitedLevel[] = ['indent', 'point', 'clause', 'article', 'subsection', 'section', 'chapter', 'part', 'appendix'];

/** A Roman section may stand inside an article (`khoản 1 mục II Điều 1`), so the two share a rank either way. */
function rankOf(part: CitedPart): number {
	if (part.level === 'section' && /^[IVXLCDM]+$/.test(part.number)) return ORDER.indexOf('clause') + 0.5;
	return ORDER.indexOf(part.level);
}

function levelFits(part: CitedPart, entry: Entry): boolean {
	return part.level === entry.level;
}

function partFits(part: CitedPart, entry: Entry): boolean {
	if (!levelFits(part, entry)) return false;
	if (part.level === 'indent') return entry.short.endsWith(` ${part.number}`) && entry.number !== '+';
	return entry.number.toLowerCase() === part.number.toLowerCase();
}

function chainFits(parts: CitedPart[], entry: Entry, numbering: Numbering, context: Entry[]): boolean {
	const ancestors = entry.parents.map((uid) => numbering.byUid.get(uid));
	return parts.every((part) =>
		ancestors.some((ancestor) => {
			if (!ancestor) return false;
			return part.own ? levelFits(part, ancestor) && context.includes(ancestor) : partFits(part, ancestor);
		})
	);
}

/** The provision of a uid and what contains it, innermost first. */
function contextOf(numbering: Numbering, from?: string): Entry[] {
	const entry = from === undefined ? undefined : numbering.byUid.get(from);
	if (!entry) return [];
	const parents = entry.parents.map((uid) => numbering.byUid.get(uid)).filter((parent) => parent !== undefined);
	return [...parents, entry].toReversed();
}

function appendixOf(entry: Entry, numbering: Numbering): string | null {
	const outer = entry.parents[0] ?? entry.uid;
	return numbering.byUid.get(outer)?.level === 'appendix' ? outer : null;
}
