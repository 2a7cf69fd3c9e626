import { EditorState } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { linesOf, stateOf } from '../structure/testing.ts';
import { find, findKey, findMatches, findNext, findPlugin, replaceAll, replaceCurrent } from './find.ts';

function open(lines: string[], text: string, options: { exact?: boolean; wholeWord?: boolean } = {}): EditorState {
	const { doc } = stateOf(...lines);
	let state = EditorState.create({ doc, plugins: [findPlugin()] });
	find({ text, exact: false, wholeWord: false, ...options })(state, (transaction) => (state = state.apply(transaction)));
	return state;
}

function count(state: EditorState): number {
	return findKey.getState(state)?.matches.length ?? -1;
}

test.each([
	['uy ban', {}, 3],
	['ỦY BAN', {}, 3],
	['Ủy ban', { exact: true }, 1],
	['Uỷ ban', { exact: true }, 1],
	['ban', { wholeWord: true }, 3],
	['an', { wholeWord: true }, 0],
	['an', {}, 5],
	['   ', {}, 0]
])('%j %j is found %i times', (text, options, times) => {
	const lines = ['article: Ủy ban nhân dân', 'clause: uỷ ban và Uỷ ban'];
	expect(count(open(lines, text, options))).toBe(times);
});

test('the text of a match is the one in the document', () => {
	const { doc } = stateOf('clause: Chủ tịch Ủy ban', 'clause: ủy ban');
	const found = findMatches(doc, { text: 'uy ban', exact: false, wholeWord: true });
	expect(found.map(({ from, to }) => doc.textBetween(from, to))).toEqual(['Ủy ban', 'ủy ban']);
});

test('next and previous go round', () => {
	let state = open(['clause: a', 'clause: a', 'clause: a'], 'a');
	const places: (number | undefined)[] = [];
	for (const by of [1, 1, 1, -1] as const) {
		findNext(by)(state, (transaction) => (state = state.apply(transaction)));
		places.push(findKey.getState(state)?.current);
	}
	expect(places).toEqual([1, 2, 0, 2]);
});

test('replacing one goes on to the next; replacing all leaves nothing, marks stay', () => {
	let state = open(['clause: mot hai', 'clause: mot hai'], 'mot');
	replaceCurrent('một')(state, (transaction) => (state = state.apply(transaction)));
	expect(linesOf(state).map((line) => line.replace('|', ''))).toEqual(['clause: một hai', 'clause: mot hai']);
	replaceAll('ba')(state, (transaction) => (state = state.apply(transaction)));
	expect(state.doc.textContent).toBe('ba haiba hai');
	expect(count(state)).toBe(0);
});

test('what is found follows edits', () => {
	let state = open(['clause: a b a'], 'a');
	state = state.apply(state.tr.insertText('aa', 1));
	expect(count(state)).toBe(4);
	expect(findKey.getState(state)?.shown.find()).toHaveLength(4);
});
