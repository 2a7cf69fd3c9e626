import { fromRoman } from '../numbering/numerals.ts';
import type { Level } from '../../text/levels.ts';

/** What looks like the number of a provision at the beginning of a line. */
export interface Label {
	level: Level;
	/** `I.`, `I-`: a Roman section. */
	roman: boolean;
	/** The number as it will be kept: `5a`, `IV`, `đ`, `thứ nhất`; of an indent its mark. */
	number: string;
	/** Where the text begins. */
	rest: number;
}

const PART = /^(?:PHẦN|Phần)\s+(thứ\s+\p{L}+|[IVXLCDM]+|\d{1,2})(?![\p{L}\d])\s*([.:–-]?)\s*/iu;
const CHAPTER = /^(?:CHƯƠNG|Chương)\s+([IVXLCDM]+|\d{1,3})(?![\p{L}\d])\s*([.:–-]?)\s*/u;
const SECTION = /^(?:MỤC|Mục)\s+(\d{1,2}|[IVXLC]+)(?![\p{L}\d])\s*([.:–-]?)\s*/u;
const SUBSECTION = /^(?:TIỂU MỤC|Tiểu mục)\s+(\d{1,2})(?![\p{L}\d])\s*([.:–-]?)\s*/u;
const ARTICLE = /^(?:ĐIỀU|Điều)\s+(\d{1,4}[a-zđ]{0,2})(?![\p{L}\d])\s*([.:–-]?)\s*/u;
const ROMAN = /^([IVXLC]{1,7})(?:\.\s+|\s*[-–]\s*)(?=[\p{Lu}“"'(])/u;
const CLAUSE = /^(\d{1,3}[a-zđ]{0,2})\.\s*(?=[^\s\d.])/u;
/** `a)`, and `a.` as older texts and the lists of Word have it. */
const POINT = /^(?:([a-zđ]{1,2}\d?)\)\s*|([a-zđ])\.\s+)(?=\S)/u;
const INDENT = /^(?:([-–—+•●▪*·])\s+(?=\S)|([-–])(?=\p{Lu}))/u;
const APPENDIX = /^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?([IVXLC]+|\d{1,2}[a-z]?|[A-H])(?![\p{L}\d]))?\s*([.:–-]?)\s*/u;

const OTHER_NUMBER =
	/^(?:\d{1,2}(?:\.\d{1,2})+\.?\s+\D|\d{1,2}[)/]\s*\p{L}|\((?:[ivx]+|\d{1,2}|[a-zđ])\)\s|[A-H][.)]\s+\p{Lu}|[a-zđ]\/\s)/u;

const LONGEST_TITLE = 250;

/** The label at the beginning of a line, by its form alone; whether it continues a count is judged elsewhere. */
export function readLabel(text: string, bold = false): Label | null {
	return (
		titled(PART, 'part', text, bold) ??
		titled(CHAPTER, 'chapter', text, bold) ??
		titled(SUBSECTION, 'subsection', text, bold) ??
		titled(SECTION, 'section', text, bold) ??
		article(text, bold) ??
		simple(ROMAN, 'section', text) ??
		simple(CLAUSE, 'clause', text) ??
		simple(POINT, 'point', text) ??
		indent(text)
	);
}

/** `Phụ lục II`, `PHỤ LỤC DANH MỤC …`; not `Phụ lục II ban hành kèm theo …` in a sentence. */
export function readAppendix(text: string, bold = false): { number: string | null; rest: number } | null {
	const match = APPENDIX.exec(text);
	if (!match) return null;
	const rest = text.slice(match[0].length);
	const fits = rest === '' || isCaps(rest) || (rest.startsWith('(') && /kèm theo/i.test(rest));
	if (!fits && !(isTitleLike(rest) && (match[2] || bold))) return null;
	return { number: match[1] ?? null, rest: match[0].length };
}

/** `1.1. Mục tiêu`, `1) Một`, `(i) Một`, `A. MỘT`: numbers of levels that no layout has. */
export function isOtherNumber(text: string): boolean {
	return OTHER_NUMBER.test(text);
}

/** Letters, and none of them small. */
export function isCaps(text: string): boolean {
	return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Could stand alone as a title: begins with a capital and does not end as a sentence or a list does. */
export function isTitleLike(text: string): boolean {
	return /^["“'(]?[\p{Lu}\d]/u.test(text) && text.length <= LONGEST_TITLE && !/[.;:,]$/.test(text);
}

/** A title on the line of its number needs capitals, a mark between them or bold type; `Chương II của Luật` has none. */
function titled(form: RegExp, level: Level, text: string, bold: boolean): Label | null {
	const match = form.exec(text);
	if (!match?.[1] || !/^\p{Lu}/u.test(text)) return null;
	const rest = text.slice(match[0].length);
	if (rest !== '' && !isCaps(rest) && !(isTitleLike(rest) && (match[2] || bold))) return null;
	const number = /^thứ/i.test(match[1]) ? match[1].toLowerCase().replace(/\s+/g, ' ') : match[1];
	return { level, roman: false, number, rest: match[0].length };
}

/** `Điều 5. Tên điều`; not `Điều 5 của Luật này` nor `Điều 5, Điều 6`. */
function article(text: string, bold: boolean): Label | null {
	const match = ARTICLE.exec(text);
	if (!match?.[1]) return null;
	const rest = text.slice(match[0].length);
	if (rest !== '' && !match[2] && !bold) return null;
	if (/^[\p{Ll},;)]/u.test(rest)) return null;
	return { level: 'article', roman: false, number: match[1], rest: match[0].length };
}

function simple(form: RegExp, level: Level, text: string): Label | null {
	const match = form.exec(text);
	const number = match?.[1] ?? match?.[2];
	if (!match || !number) return null;
	const roman = form === ROMAN;
	if (roman && fromRoman(number) === null) return null;
	return { level, roman, number, rest: match[0].length };
}

function indent(text: string): Label | null {
	const match = INDENT.exec(text);
	if (!match) return null;
	const mark = match[1] ?? match[2] ?? '-';
	return { level: 'indent', roman: false, number: /[–—]/.test(mark) ? '-' : mark, rest: match[0].length };
}
