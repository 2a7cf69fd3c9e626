/** The one rule of what in square brackets is a place to fill in: used where text is typed, pasted, imported or counted. */
import { LONGEST_LABEL } from '../../text/kinds.ts';
import { node, type JsonMark, type JsonNode } from '../schema/json.ts';

/** A placeholder written as text: `[tên cơ quan]`. Both brackets belong to the range. */
export interface WrittenPlaceholder {
	from: number;
	to: number;
	label: string;
}

/** Stands for a node among letters, so that offsets in a text are those in its block. */
const ELEMENT = '\ufffc';
const BRACKETS = new RegExp(`\\[([^[\\]\\n${ELEMENT}]{1,${LONGEST_LABEL}})\\](?!\\()`, 'gu');
/** Dots and rules to write over. One full stop is none. */
const DOTS = /^(?:[\s.…_]*(?:…|\.\s?\.|__)[\s.…_]*)$/u;
/** Words: at least two letters, so neither `[1]` of a note nor `[a]` of a list. */
const WORDS = /^[\s….“"]*\p{L}[\p{L}\p{M}]/u;
const NONE = /^\s*(?:sic\b|https?:|www\.)/iu;

/**
 * The placeholders in a text: brackets around dots, or around words. Not `[1]`, `[a]`, a link of Markdown, and not `[…]`
 * within a quotation, where it says that something was left out.
 */
export function findPlaceholders(text: string): WrittenPlaceholder[] {
	if (!text.includes('[')) return [];
	return [...text.matchAll(BRACKETS)]
		.map(({ index, 0: whole, 1: label }) => ({ from: index, to: index + whole.length, label: label.trim() }))
		.filter(({ from, label }) => isLabel(label) && !(DOTS.test(label) && isQuoted(text, from)));
}

/** Inline content in which what is written as a placeholder is one. The same array when there is none. */
export function withPlaceholders(inline: readonly JsonNode[]): readonly JsonNode[] {
	const found = findPlaceholders(inline.map(lettersOf).join(''));
	if (found.length === 0) return inline;
	const made: JsonNode[] = [];
	let at = 0;
	for (const { from, to, label } of found) {
		made.push(...slice(inline, at, from), placeholder(label, marksOf(inline, from, to)));
		at = to;
	}
	return [...made, ...slice(inline, at, Number.POSITIVE_INFINITY)];
}

/** The same in all blocks of a document, or of a part of one. */
export function withPlaceholdersIn(block: JsonNode): JsonNode {
	if (!block.content) return block;
	const content = block.content.some(({ type }) => type === 'text')
		? [...withPlaceholders(block.content)]
		: block.content.map(withPlaceholdersIn);
	return { ...block, content };
}

function isLabel(label: string): boolean {
	return DOTS.test(label) || (WORDS.test(label) && !NONE.test(label));
}

function isQuoted(text: string, at: number): boolean {
	const before = text.slice(0, at);
	return before.lastIndexOf('“') > before.lastIndexOf('”');
}

function placeholder(label: string, marks: JsonMark[]): JsonNode {
	const made = node('placeholder', { uid: null, label });
	return marks.length > 0 ? { ...made, marks } : made;
}

/** Those of its letters; but italics were only those of the brackets, unless what stands beside them is italic too. */
function marksOf(inline: readonly JsonNode[], from: number, to: number): JsonMark[] {
	const own = slice(inline, from, from + 1)[0]?.marks ?? [];
	const beside = [...slice(inline, from - 1, from), ...slice(inline, to, to + 1)];
	const isItalic = beside.some(({ marks }) => marks?.some(({ type }) => type === 'italic'));
	return own.filter(({ type }) => type !== 'italic' || isItalic);
}

function slice(inline: readonly JsonNode[], from: number, to: number): JsonNode[] {
	const cut: JsonNode[] = [];
	let at = 0;
	for (const each of inline) {
		const letters = lettersOf(each);
		const start = Math.max(from, at);
		const end = Math.min(to, at + letters.length);
		if (start < end) cut.push(each.type === 'text' ? { ...each, text: letters.slice(start - at, end - at) } : each);
		at += letters.length;
	}
	return cut;
}

function lettersOf({ type, text }: JsonNode): string {
	if (type === 'text') return text ?? '';
	return type === 'hardBreak' ? '\n' : ELEMENT;
}
