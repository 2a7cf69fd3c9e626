import { expect, test } from 'vitest';
import { wordChanges } from './word-changes.ts';

const inOrder = (before: string, after: string) => wordChanges(before, after).map(({ kind, text }) => `${kind}: ${text}`);

test('words that were put in and taken out stand beside what stayed, with all spaces', () => {
	expect(inOrder('Báo cáo trước ngày 15 tháng 12', 'Báo cáo hằng năm trước ngày 20 tháng 12')).toEqual([
		'same: Báo cáo ',
		'added: hằng năm ',
		'same: trước ngày ',
		'removed: 15',
		'added: 20',
		'same:  tháng 12'
	]);
});

test('both wordings can be put together again from the changes', () => {
	const [before, after] = ['a b c  d, e', 'a x c d; e f'];
	const changes = wordChanges(before, after);
	const side = (other: string) =>
		changes
			.filter(({ kind }) => kind !== other)
			.map(({ text }) => text)
			.join('');
	expect(side('added')).toBe(before);
	expect(side('removed')).toBe(after);
});

test('the same letters typed in another way are no change', () => {
	expect(inOrder('Điều ước'.normalize('NFD'), 'Điều ước')).toEqual(['same: Điều ước']);
});

test('an empty wording is all taken out, or all put in', () => {
	expect(inOrder('', 'mới')).toEqual(['added: mới']);
	expect(inOrder('cũ', '')).toEqual(['removed: cũ']);
});
