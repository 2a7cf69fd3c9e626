import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findFolded, type FoldedText, foldWithMap } from '../../../base/fold.ts';

/** What is looked for. Without `exact`, case and diacritics do not count: `uy ban` finds `Ủy ban` and `Uỷ ban`. */
export interface Query {
	text: string;
	exact: boolean;
	wholeWord: boolean;
}

/** A place in the document. */
export interface Match {
	from: number;
	to: number;
}

export interface FindState {
	query: Query | null;
	matches: readonly Match[];
	/** Index of the match that the person is at; -1 when there is none. */
	current: number;
	shown: DecorationSet;
}

export const findKey = new PluginKey<FindState>('find');

const NOTHING: FindState = { query: null, matches: [], current: -1, shown: DecorationSet.empty };

/** Search in the whole document: finds, marks what is found, follows edits while it is open. */
export function findPlugin(): Plugin<FindState> {
	return new Plugin<FindState>({
		key: findKey,
		state: {
			init: () => NOTHING,
			apply: (transaction, value, _before, state) => {
				const change = transaction.getMeta(findKey) as FindChange | undefined;
				if (change && 'query' in change) return begin(change.query, state, transaction.selection.from);
				if (change && value.query) return shownAt(value, change.current, state.doc);
				if (!transaction.docChanged || !value.query) return value;
				const here = value.matches[value.current]?.from;
				const at = here === undefined ? state.selection.from : transaction.mapping.map(here);
				return begin(value.query, state, at);
			}
		},
		props: { decorations: (state) => findKey.getState(state)?.shown }
	});
}

type FindChange = { query: Query | null } | { current: number };

/** Begins to look for something, or ends with null. The nearest match from the cursor on is the current one. */
export function find(query: Query | null): Command {
	return (state, dispatch) => {
		dispatch?.(state.tr.setMeta(findKey, { query }));
		return true;
	};
}

/** Goes to the next (1) or previous (-1) match, round the end of the document. */
export function findNext(by: 1 | -1): Command {
	return (state, dispatch) => {
		const { matches, current } = findKey.getState(state) ?? NOTHING;
		if (matches.length === 0) return false;
		const next = (current + by + matches.length) % matches.length;
		if (dispatch) dispatch(select(state, matches[next] as Match, next));
		return true;
	};
}

/** Replaces the current match and goes to the next. */
export function replaceCurrent(replacement: string): Command {
	return (state, dispatch) => {
		const { matches, current } = findKey.getState(state) ?? NOTHING;
		const match = matches[current];
		if (!match) return false;
		dispatch?.(state.tr.insertText(replacement.normalize('NFC'), match.from, match.to));
		return true;
	};
}

/** Replaces all matches in one step. */
export function replaceAll(replacement: string): Command {
	return (state, dispatch) => {
		const { matches } = findKey.getState(state) ?? NOTHING;
		if (matches.length === 0) return false;
		if (!dispatch) return true;
		const transaction = state.tr;
		const text = replacement.normalize('NFC');
		for (const { from, to } of matches.toReversed()) transaction.insertText(text, from, to);
		dispatch(transaction);
		return true;
	};
}

/** All places of a query in a document, in order. A reference or footnote in the middle of a word ends it. */
export function findMatches(doc: Node, query: Query): Match[] {
	const matches: Match[] = [];
	if (!query.text.trim()) return matches;
	doc.descendants((block, position) => {
		if (!block.isTextblock) return true;
		const { text, folded } = textOf(block);
		const start = position + 1;
		const ranges = query.exact ? findExact(text, query.text.normalize('NFC')) : findFolded(folded, query.text);
		for (const { from, to } of ranges) {
			if (query.wholeWord && !isWord(text, from, to)) continue;
			matches.push({ from: start + from, to: start + to });
		}
		return false;
	});
	return matches;
}

const texts = new WeakMap<Node, { text: string; folded: FoldedText }>();

/** One character for each position of the block, so that places in the text are places in the document. */
function textOf(block: Node): { text: string; folded: FoldedText } {
	let known = texts.get(block);
	if (!known) {
		const text = block.textBetween(0, block.content.size, undefined, '\ufffc');
		known = { text, folded: foldWithMap(text) };
		texts.set(block, known);
	}
	return known;
}

function findExact(text: string, wanted: string): Match[] {
	const found: Match[] = [];
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
		found.push({ from: at, to: at + wanted.length });
	}
	return found;
}

function isWord(text: string, from: number, to: number): boolean {
	const isLetter = (character: string) => /[\p{L}\p{M}\p{N}]/u.test(character);
	return !isLetter(text.charAt(from - 1)) && !isLetter(text.charAt(to));
}

function begin(query: Query | null, state: EditorState, at: number): FindState {
	if (!query) return NOTHING;
	const matches = findMatches(state.doc, query);
	const next = matches.findIndex((match) => match.to >= at);
	return shownAt({ query, matches, current: -1, shown: DecorationSet.empty }, next < 0 ? 0 : next, state.doc);
}

function shownAt(value: FindState, wanted: number, doc: Node): FindState {
	const current = value.matches.length === 0 ? -1 : Math.min(wanted, value.matches.length - 1);
	const marks = value.matches.map(({ from, to }, index) =>
		Decoration.inline(from, to, { class: index === current ? 'found current' : 'found' })
	);
	return { ...value, current, shown: DecorationSet.create(doc, marks) };
}

function select(state: EditorState, match: Match, current: number) {
	const selection = TextSelection.create(state.doc, match.from, match.to);
	return state.tr.setSelection(selection).setMeta(findKey, { current }).scrollIntoView();
}
