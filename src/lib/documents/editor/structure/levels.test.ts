import { expect, test } from 'vitest';
import type { Command } from '@tiptap/pm/state';
import { backspaceAtStart, deleteAtEnd, setAppendix, setLevel, setParagraph, shiftLevel } from './levels.ts';
import { after, linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';

function run(before: string[], command: Command): string[] | null {
	const state = after(stateOf(...before), command);
	return state && linesOf(state);
}

test.each([
	['a clause under a clause', ['clause: A', 'clause: B|'], ['clause: A', 'point: B|']],
	[
		'children go along',
		['clause: A|', 'point: B', 'paragraph: C', 'clause: D'],
		['point: A|', 'indent: B', 'paragraph: C', 'clause: D']
	],
	['an explicit number goes with its level', ['clause=2a: A|'], ['point: A|']],
	['a paragraph becomes what stands there', ['article: A', 'paragraph: B|'], ['article: A', 'clause: B|']],
	['a paragraph under a point', ['point: A', 'paragraph: B|'], ['point: A', 'indent: B|']],
	['a selection moves once', ['clause: A|', 'point: B|', 'clause: C'], ['point: A|', 'indent: B|', 'clause: C']],
	['an article', ['article: A|', 'clause: B'], ['clause: A|', 'point: B']]
])('Tab: %s', (_name, before, expected) => {
	expect(run(before, shiftLevel(1, 'nd30'))).toEqual(expected);
});

test.each([
	['a point', ['clause: A', 'point: B|'], ['clause: A', 'clause: B|']],
	['a clause with its points', ['article: A', 'clause: B|', 'point: C'], ['article: A', 'article: B|', 'clause: C']],
	['an article becomes a section', ['article: A|'], ['section: A|']]
])('Shift-Tab: %s', (_name, before, expected) => {
	expect(run(before, shiftLevel(-1, 'nd30'))).toEqual(expected);
});

test('the ladder ends, and is the profile’s own', () => {
	expect(run(['indent: A|'], shiftLevel(1, 'nd30'))).toBeNull();
	expect(run(['section: A|'], shiftLevel(1, 'party-2026'))).toEqual(['clause: A|']);
	expect(run(['section: A|'], shiftLevel(-1, 'party-2026'))).toBeNull();
	expect(run(['chapter: A|', 'subsection: B'], shiftLevel(-1, 'nd30'))).toBeNull();
});

test('levels set by hand', () => {
	expect(run(['paragraph: A|', 'clause: B|'], setLevel('article'))).toEqual(['article: A|', 'article: B|']);
	expect(run(['paragraph: A|'], setLevel('section', 'roman'))).toEqual(['roman: A|']);
	expect(run(['clause: A|'], setParagraph)).toEqual(['paragraph: A|']);
	expect(run(['clause: A|'], setAppendix)).toEqual(['appendix: A|']);
	expect(run(['signature: A|'], setLevel('article'))).toBeNull();
});

test.each([
	['an indent under a point', ['point: A', 'indent: |B'], ['point: A', 'point: |B']],
	['a point', ['clause: A', 'point: |B'], ['clause: A', 'clause: |B']],
	['a point under a Điều', ['article: A', 'point: |B'], ['article: A', 'paragraph: |B']],
	['a clause', ['article: A', 'clause: |B'], ['article: A', 'paragraph: |B']],
	['a Điều', ['article: |A'], ['paragraph: |A']],
	['a paragraph joins', ['clause: A', 'paragraph: |B'], ['clause: A|B']],
	['a legal basis', ['legalBasis: |B'], ['paragraph: |B']]
])('Backspace at the start: %s', (_name, before, expected) => {
	expect(run(before, backspaceAtStart)).toEqual(expected);
});

test('Backspace elsewhere is not ours', () => {
	expect(run(['clause: A|B'], backspaceAtStart)).toBeNull();
	expect(run(['paragraph: |B'], backspaceAtStart)).toBeNull();
});

test('Delete at the end takes in the next block, which keeps the uid of the first', () => {
	const state = after(stateOf('clause#a: A|', 'point#b: B'), deleteAtEnd);
	expect(state && linesOf(state, ['a', 'b'])).toEqual(['clause#a: A|B']);
	expect(run(['clause: A|', 'signature: B'], deleteAtEnd)).toBeNull();
});
