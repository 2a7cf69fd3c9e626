import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findFolded } from '../../../base/fold.ts';
import type { Numbering } from '../../numbering/numbering.ts';
import { citedEntries, parseCitation, withMarks } from '../../references/citation.ts';
import { numberingKey } from '../numbers/numbering-state.ts';
import { placeOf, printedText } from './printed-text.ts';

/** What is looked for. Without `exact`, case and diacritics do not count: `uy ban` finds `Ủy ban` and `Uỷ ban`. */
export interface Query {
	text: string;
	exact: boolean;
	wholeWord: boolean;
}

/** A place in the document. One without extent is the number of the block that begins there. */
export interface Match {
	from: number;
	to: number;
	/** Something of it is computed, a number or a reference: it can be gone to and not replaced. */
	isComputed: boolean;
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

/** Replaces the current match and goes to the next; one that is computed is left as it is. */
export function replaceCurrent(replacement: string): Command {
	return (state, dispatch) => {
		const { matches, current } = findKey.getState(state) ?? NOTHING;
		const match = matches[current];
		if (!match) return false;
		if (match.isComputed) return findNext(1)(state, dispatch);
		dispatch?.(state.tr.insertText(replacement.normalize('NFC'), match.from, match.to));
		return true;
	};
}

/** Replaces all matches in one step, but those that are computed. */
export function replaceAll(replacement: string): Command {
	return (state, dispatch) => {
		const matches = replaceable(findKey.getState(state) ?? NOTHING);
		if (matches.length === 0) return false;
		if (!dispatch) return true;
		const transaction = state.tr;
		const text = replacement.normalize('NFC');
		for (const { from, to } of matches.toReversed()) transaction.insertText(text, from, to);
		dispatch(transaction);
		return true;
	};
}

/** The matches that can be replaced. */
export function replaceable({ matches }: FindState): Match[] {
	return matches.filter(({ isComputed }) => !isComputed);
}

/**
 * All places of a query in a document, in order, in what is printed: also in numbers and across references. A query that
 * is a citation (`khoản 1`, `điểm b khoản 1 Điều 6`) finds the provisions that it may mean too.
 */
export function findMatches(doc: Node, query: Query, numbering: Numbering | null): Match[] {
	const matches: Match[] = [];
	if (!query.text.trim()) return matches;
	const entries = new Map(numbering?.entries.map((entry) => [entry.index, entry]));
	const citation = numbering && parseCitation(query.exact ? query.text : withMarks(query.text));
	const cited = new Set(citation ? citedEntries(citation, numbering).map(({ index }) => index) : []);
	doc.forEach((top, offset, index) => {
		const found: Match[] = [];
		const home = (top.attrs.uid as string | null | undefined) ?? null;
		const look = (block: Node, start: number, label: string) => {
			const printed = printedText(block, label, home, numbering);
			const ranges = query.exact ? findExact(printed.text, query.text.normalize('NFC')) : findFolded(printed.folded, query.text);
			for (const { from, to } of ranges) {
				if (query.wholeWord && !isWord(printed.text, from, to)) continue;
				const place = placeOf(printed, from, to);
				found.push({ ...place, from: start + place.from, to: start + place.to });
			}
		};
		if (top.isTextblock) look(top, offset + 1, entries.get(index)?.label ?? '');
		else
			top.descendants((block, position) => {
				if (block.isTextblock) look(block, offset + position + 2, '');
				return !block.isTextblock;
			});
		if (cited.has(index) && found[0]?.from !== offset + 1) found.unshift({ from: offset + 1, to: offset + 1, isComputed: true });
		matches.push(...found);
	});
	return matches;
}

function findExact(text: string, wanted: string): { from: number; to: number }[] {
	const found: { from: number; to: number }[] = [];
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
	const matches = findMatches(state.doc, query, numberingKey.getState(state)?.numbering ?? null);
	const next = matches.findIndex((match) => match.to >= at);
	return shownAt({ query, matches, current: -1, shown: DecorationSet.empty }, next < 0 ? 0 : next, state.doc);
}

function shownAt(value: FindState, wanted: number, doc: Node): FindState {
	const current = value.matches.length === 0 ? -1 : Math.min(wanted, value.matches.length - 1);
	const marks = value.matches.map(({ from, to }, index) => {
		const looks = index === current ? 'found current' : 'found';
		if (from < to) return Decoration.inline(from, to, { class: looks });
		const block = doc.resolve(from);
		return Decoration.node(block.before(), block.after(), { class: looks.replace('found', 'found-number') });
	});
	return { ...value, current, shown: DecorationSet.create(doc, marks) };
}

function select(state: EditorState, match: Match, current: number) {
	const selection = TextSelection.create(state.doc, match.from, match.to);
	return state.tr.setSelection(selection).setMeta(findKey, { current }).scrollIntoView();
}
