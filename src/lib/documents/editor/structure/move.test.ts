import { expect, test } from 'vitest';
import { moveBlock, moveSubtree } from './move.ts';
import { after, linesOf, stateOf } from '../../../../../tests/support/editor-states.ts';

test.each([
	['past its sibling', ['clause: A', 'point: a', 'clause: B|', 'point: b'], ['clause: B|', 'point: b', 'clause: A', 'point: a']],
	['out of its parent', ['article: A', 'article: B', 'clause: b|'], ['article: A', 'clause: b|', 'article: B']],
	['not past the header', ['documentHeader: H', 'article: A|'], null],
	['not past the bases', ['legalBasis: L', 'article: A|', 'clause: a'], null],
	['a paragraph', ['clause: A', 'paragraph: x|'], ['paragraph: x|', 'clause: A']]
])('Alt-↑ %s', (_name, before, expected) => {
	const state = after(stateOf(...before), moveBlock(-1));
	expect(state && linesOf(state)).toEqual(expected);
});

test.each([
	[
		'past its sibling with children',
		['article: A|', 'clause: a', 'article: B', 'clause: b'],
		['article: B', 'clause: b', 'article: A|', 'clause: a']
	],
	[
		'into the next parent',
		['article: A', 'clause: a|', 'article: B', 'clause: b'],
		['article: A', 'article: B', 'clause: a|', 'clause: b']
	],
	['not past the signature', ['article: A|', 'signature: S'], null]
])('Alt-↓ %s', (_name, before, expected) => {
	const state = after(stateOf(...before), moveBlock(1));
	expect(state && linesOf(state)).toEqual(expected);
});

test('a move keeps uids, and down undoes up', () => {
	const before = stateOf('article#a: A', 'clause#b: B', 'article#c: C|', 'clause#d: D', 'signature: S');
	const up = after(before, moveBlock(-1));
	expect(up && linesOf(up, ['a', 'b', 'c', 'd'])).toEqual([
		'article#c: C|',
		'clause#d: D',
		'article#a: A',
		'clause#b: B',
		'signature: S'
	]);
	const back = up && after(up, moveBlock(1));
	expect(back?.doc.eq(before.doc)).toBe(true);
});

test('drag and drop in the outline', () => {
	const before = stateOf('documentHeader: H', 'article: A', 'clause: a', 'article: B|', 'clause: b', 'signature: S');
	const moved = after(before, moveSubtree(1, 5));
	expect(moved && linesOf(moved)).toEqual([
		'documentHeader: H',
		'article: B|',
		'clause: b',
		'article: A',
		'clause: a',
		'signature: S'
	]);
	expect(after(before, moveSubtree(1, 0))).toBeNull();
	expect(after(before, moveSubtree(1, 2))).toBeNull();
	expect(after(before, moveSubtree(1, 6))).toBeNull();
	expect(after(before, moveSubtree(0, 3))).toBeNull();
});
