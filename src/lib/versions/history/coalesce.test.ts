import { expect, test } from 'vitest';
import { coalesce, type Edit, type LastRow } from './coalesce.ts';

const MINUTE = 60_000;
const edit = (more: Partial<Edit> = {}): Edit => ({
	uid: 'a',
	person: 'An',
	first: 5 * MINUTE,
	last: 5 * MINUTE,
	number: 'Điều 1',
	from: '',
	before: 'hai',
	after: 'ba',
	...more
});
const row = (more: Partial<LastRow> = {}): LastRow => ({
	id: 7,
	person: 'An',
	began: 0,
	number: 'Điều 1',
	from: '',
	before: 'một',
	after: 'hai',
	...more
});

test('the first edit of a passage is a row', () => {
	expect(coalesce(edit(), null).act).toBe('insert');
});

test('what the same person does within ten minutes is one row', () => {
	expect(coalesce(edit(), row())).toMatchObject({ act: 'update', id: 7 });
	expect(coalesce(edit({ first: 10 * MINUTE }), row()).act).toBe('insert');
});

test('somebody else has a row of their own, also where somebody is nobody', () => {
	expect(coalesce(edit({ person: 'Bình' }), row()).act).toBe('insert');
	expect(coalesce(edit({ person: null }), row()).act).toBe('insert');
	expect(coalesce(edit({ person: null }), row({ person: null })).act).toBe('update');
});

test('what is in the end as it was leaves no row', () => {
	expect(coalesce(edit({ after: 'một' }), row())).toEqual({ act: 'drop', id: 7 });
	expect(coalesce(edit({ before: 'hai', after: 'hai' }), null)).toEqual({ act: 'nothing' });
});

test('what somebody else wrote in between is not taken for theirs when it goes back', () => {
	const byOther = row({ person: 'Bình', before: 'hai', after: 'bốn' });
	expect(coalesce(edit({ before: 'bốn', after: 'một' }), byOther).act).toBe('insert');
});

test('a move is kept from where it began, and is none when it came back', () => {
	const moved = row({ before: 'hai', from: 'Điều 1', number: 'Điều 3' });
	expect(coalesce(edit({ from: 'Điều 3', number: 'Điều 4', after: 'hai' }), moved)).toMatchObject({
		act: 'update',
		from: 'Điều 1'
	});
	expect(coalesce(edit({ from: 'Điều 3', number: 'Điều 1', after: 'hai' }), moved)).toEqual({ act: 'drop', id: 7 });
	expect(coalesce(edit({ from: 'Điều 3', number: 'Điều 1', after: 'ba' }), moved)).toMatchObject({ act: 'update', from: '' });
});
