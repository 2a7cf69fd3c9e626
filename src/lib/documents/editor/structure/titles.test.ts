import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { after, linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';
import { divideIntoClauses } from './article-text.ts';
import { enterInProvision } from './enter.ts';
import { setTitled, titles } from './titles.ts';

function editing(...lines: string[]): EditorState {
	const { doc, selection } = stateOf(...lines);
	return EditorState.create({ doc, selection, plugins: [titles()] });
}

/** What was decided of each Điều after each letter. */
function type(state: EditorState, text: string): { state: EditorState; seen: unknown[] } {
	const seen = new Set<unknown>();
	for (const letter of text) {
		state = state.apply(state.tr.insertText(letter));
		seen.add(articleAtCaret(state));
	}
	return { state, seen: [...seen] };
}

function articleAtCaret({ selection }: EditorState): unknown {
	return selection.$head.parent.attrs.titled;
}

function leave(state: EditorState): EditorState {
	return state.apply(state.tr.setSelection(TextSelection.atEnd(state.doc)));
}

const decided = (state: EditorState) => state.doc.children.map((block) => block.attrs.titled as unknown);

test('a new Điều does not flip while its first line is written, and is what that line reads like when it is left', () => {
	const { state, seen } = type(editing('article#a: |', 'clause: x'), 'Ban hành Quy chế. Giao Văn phòng theo dõi.');
	expect(seen).toEqual([true]);
	expect(decided(leave(state))).toEqual([false, null]);
	const titled = type(editing('article#a: |', 'clause: x'), 'Phạm vi').state;
	expect(decided(leave(titled))).toEqual([true, null]);
});

test('meanwhile it looks like the Điều before it', () => {
	expect(type(editing('article: Ban hành.', 'article#a: |', 'clause: x'), 'Giao').seen).toEqual([false]);
});

test('a Điều of an older text stays what it looked like before the first edit', () => {
	expect(type(editing('article: Phạm vi|'), ' điều chỉnh.').seen).toEqual([true]);
	expect(type(editing('article: Ban hành.|'), ' Giao').seen).toEqual([false]);
});

test('what a person chose holds, also against Enter', () => {
	const { state } = type(editing('article#a: |', 'clause: x'), 'Ban hành Quy chế.');
	const chosen = after(state, setTitled(true))!;
	expect(decided(leave(chosen))).toEqual([true, null]);
	const next = after(chosen, enterInProvision('nd30'))!;
	expect(linesOf(next).slice(0, 2)).toEqual(['article: Ban hành Quy chế.', 'paragraph: |']);
	expect(after(stateOf('clause: A|'), setTitled(true))).toBeNull();
});

test('Enter after the first line of a sentence begins the next Điều', () => {
	const { state } = type(editing('article#a: |'), 'Ban hành Quy chế.');
	const next = after(state, enterInProvision('nd30'))!;
	expect(linesOf(next)).toEqual(['article: Ban hành Quy chế.', 'article: |']);
	expect(decided(next)).toEqual([false, null]);
});

test('the paragraphs of a Điều become its khoản by one command', () => {
	const state = after(
		stateOf('article: A', 'paragraph: Một.', 'paragraph: Hai.|', 'article: B', 'paragraph: C'),
		divideIntoClauses
	);
	expect(state && linesOf(state)).toEqual(['article: A', 'clause: Một.', 'clause: Hai.|', 'article: B', 'paragraph: C']);
	expect(after(stateOf('article: A', 'clause: B', 'paragraph: C|'), divideIntoClauses)).toBeNull();
});
