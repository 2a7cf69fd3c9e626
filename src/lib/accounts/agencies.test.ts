import { describe, expect, test } from 'vitest';
import { findAgencies, suggestCode, treeOrder, withDescendants } from './agencies.ts';

const agencies = [
	{ id: 'office', parentId: 'city', name: 'Văn phòng UBND thành phố', shortName: 'VP UBND', code: 'VP' },
	{ id: 'city', parentId: null, name: 'Ủy ban nhân dân thành phố', shortName: 'UBND TP', code: 'UBND' },
	{ id: 'science', parentId: 'city', name: 'Sở Khoa học và Công nghệ', shortName: 'Sở KH&CN', code: 'SKHCN' },
	{ id: 'centre', parentId: 'science', name: 'Trung tâm Chuyển đổi số', shortName: 'TT CĐS', code: 'TTCĐS' }
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
	expect(treeOrder([{ id: 'a', parentId: 'hidden', name: 'A' }], byName)).toMatchObject([{ id: 'a', depth: 0 }]);
	const circle = [
		{ id: 'a', parentId: 'b', name: 'A' },
		{ id: 'b', parentId: 'a', name: 'B' }
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
