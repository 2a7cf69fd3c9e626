import type { Node } from '@tiptap/pm/model';
import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import { InputRule } from '@tiptap/pm/inputrules';
import { newUid } from '../../../base/ids.ts';
import { isTitled, type Level } from '../../../text/levels.ts';
import { profileOf, type ProfileId } from '../../schema/profiles.ts';
import { divideAbove } from './article-text.ts';

/** What a typed number means. `number` is null when the computed number stands in for it. */
export interface TypedNumber {
	level: Level;
	mark: string | null;
	number: string | null;
}

/** Set on the transaction that turns typed letters into structure, so that one undo gives just the letters back. */
export const TYPED = 'typed';

/** What TYPED is set to for a number: what was typed, and of which provision. */
export interface Typed {
	uid: string;
	text: string;
}

const ROMAN = '[IVXLC]+';
const PATTERNS: readonly [RegExp, (match: RegExpMatchArray) => TypedNumber | null][] = [
	[/^điều\s+(\d+)([a-zđ]?)\s*[.:]\s$/iu, ([, digits, suffix]) => counted('article', digits, suffix)],
	[/^phần\s+(thứ\s+\p{L}+|[IVXLC]+|\d+)[.:]?\s$/iu, ([, number]) => named('part', number)],
	[new RegExp(`^chương\\s+(${ROMAN}|\\d+)[.:]?\\s$`, 'iu'), () => ({ level: 'chapter', mark: null, number: null })],
	[/^tiểu\s+mục\s+(\d+)[.:]?\s$/iu, () => ({ level: 'subsection', mark: null, number: null })],
	[/^mục\s+(\d+)[.:]?\s$/iu, () => ({ level: 'section', mark: null, number: null })],
	[new RegExp(`^(${ROMAN})\\s?[-–.]\\s$`, 'u'), () => ({ level: 'section', mark: 'roman', number: null })],
	[/^(\d{1,3})([a-zđ]?)\.\s$/u, ([, digits, suffix]) => counted('clause', digits, suffix)],
	[/^([a-eghik-vxyđ])(\d?)\)\s$/u, ([, letter, suffix]) => counted('point', letter, suffix)],
	[/^[-–]\s$/u, () => ({ level: 'indent', mark: null, number: null })],
	[/^\+\s$/u, () => ({ level: 'indent', mark: null, number: '+' })]
];

/**
 * What the text typed at the start of a block makes of it: `Điều 5. `, `Chương II `, `1. `, `a) `, `- `, `I- `. Null for
 * any other text. The number itself is computed; only one with a suffix (`5a`, `a1`) is kept as typed.
 */
export function readTypedNumber(text: string): TypedNumber | null {
	const typed = text.normalize('NFC').replaceAll('\u00a0', ' ');
	for (const [pattern, read] of PATTERNS) {
		const match = pattern.exec(typed);
		if (match) return read(match);
	}
	return null;
}

/**
 * Typing rule: the number typed at the start of a paragraph or provision is taken out and the block becomes that
 * provision. Backspace right after it puts the typed characters back. Runs after a composition has ended, never in one.
 */
export function typedNumber(profile: ProfileId): InputRule {
	return new InputRule(
		/^[^\s].{0,20}\s$/u,
		(state, match, start, end) => applyTypedNumber(state, match[0], start, end, profile),
		{
			inCodeMark: true
		}
	);
}

function applyTypedNumber(state: EditorState, text: string, start: number, end: number, profile: ProfileId): Transaction | null {
	const typed = readTypedNumber(text);
	const $start = state.doc.resolve(start);
	if (!typed || $start.depth !== 1 || !canBecome($start.parent)) return null;
	const isUsual = typed.mark === 'roman' && profileOf(profile).numbering.sectionIsRoman;
	const uid = $start.parent.attrs.uid ?? newUid();
	const isComputed = typed.number === null && typed.level !== 'indent';
	const transaction = state.tr
		.setMeta(TYPED, isComputed ? ({ uid, text: text.trim() } satisfies Typed) : true)
		.delete(start, end)
		.setNodeMarkup($start.before(), state.schema.nodes.provision, { ...typed, mark: isUsual ? null : typed.mark, uid });
	if (typed.level === 'clause') divideAbove(transaction, state.doc, $start.index(0), Number.parseInt(text, 10));
	return transaction;
}

/** Enter after `Chương II` alone on its line: the line becomes the chapter, and its title is typed next. */
export function typedTitle(profile: ProfileId): Command {
	return (state, dispatch) => {
		const { $from, empty } = state.selection;
		if (!empty || $from.depth !== 1 || $from.parent.type.name !== 'paragraph') return false;
		const text = $from.parent.textContent;
		const typed = readTypedNumber(`${text} `);
		if (!typed || !isTitled(typed.level) || $from.parentOffset < text.length) return false;
		const transaction = applyTypedNumber(state, `${text} `, $from.start(), $from.end(), profile);
		if (transaction) dispatch?.(transaction);
		return transaction !== null;
	};
}

function canBecome(block: Node): boolean {
	return block.type.name === 'paragraph' || block.type.name === 'provision';
}

function counted(level: Level, number = '', suffix = ''): TypedNumber {
	return { level, mark: null, number: suffix ? number + suffix : null };
}

function named(level: Level, number = ''): TypedNumber {
	return { level, mark: null, number: /^thứ/iu.test(number) ? number.toLowerCase() : null };
}
