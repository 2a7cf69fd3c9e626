import { describe, expect, test } from 'vitest';
import { findAgencies, suggestCode, treeOrder, withDescendants } from './agencies.ts';

const agencies = [
	{ id: 'office', parent_id: 'city', name: 'Văn phòng UBND thành phố', short_name: 'VP UBND', code: 'VP' },
	{ id: 'city', parent_id: null, name: 'Ủy ban nhân dân thành phố', short_name: 'UBND TP', code: 'UBND' },
	{ id: 'science', parent_id: 'city', name: 'Sở Khoa học và Công nghệ', short_name: 'Sở KH&CN', code: 'SKHCN' },
	{ id: 'centre', parent_id: 'science', name: 'Trung tâm Chuyển đổi số', short_name: 'TT CĐS', code: 'TTCĐS' }
];
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'vi');

test('agencies stand below their parents, brothers in alphabetical order', () => {
	expect(treeOrder(agencies, byName).map(({ id, depth }) => `${depth} ${id}`)).toEqual([
		'0 city',
		'1 science',
		'2 centre',
		'1 office'
	]);
});

test('an agency whose parent is not visible stands at the top, and a circle loses nobody', () => {
	expect(treeOrder([{ id: 'a', parent_id: 'hidden', name: 'A' }], byName)).toMatchObject([{ id: 'a', depth: 0 }]);
	const circle = [
		{ id: 'a', parent_id: 'b', name: 'A' },
		{ id: 'b', parent_id: 'a', name: 'B' }
	];
	expect(treeOrder(circle, byName).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('everything below an agency is its descendant', () => {
	expect(withDescendants(agencies, 'science')).toEqual(new Set(['science', 'centre']));
	expect(withDescendants(agencies, 'city').size).toBe(4);
});

describe('a code is suggested from the name', () => {
	test.each([
		['Sở Khoa học và Công nghệ', 'SKHCN'],
		['Ủy ban nhân dân thành phố Đà Nẵng', 'UBND'],
		['Hội đồng nhân dân tỉnh', 'HĐND'],
		['Ban Chỉ đạo', 'BCĐ'],
		['Văn phòng UBND thành phố', 'VPUBNDTP'],
		['', '']
	])('%s → %s', (name, code) => expect(suggestCode(name)).toBe(code));
});

test('search folds diacritics and needs every word', () => {
	expect(findAgencies(agencies, 'uy ban').map(({ id }) => id)).toEqual(['city']);
	expect(findAgencies(agencies, 'skhcn').map(({ id }) => id)).toEqual(['science']);
	expect(findAgencies(agencies, 'so văn')).toEqual([]);
	expect(findAgencies(agencies, '')).toHaveLength(4);
});
