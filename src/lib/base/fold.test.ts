import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findFolded, fold, foldWithMap } from './fold.ts';

test.each([
	['Ủy ban', 'uy ban'],
	['Uỷ ban', 'uy ban'],
	['Ủy ban'.normalize('NFD'), 'uy ban'],
	['ĐƯỜNG', 'duong'],
	['đường', 'duong'],
	['Nghị quyết số 05/NQ-HĐND', 'nghi quyet so 05/nq-hdnd'],
	['Hoà = Hòa', 'hoa = hoa'],
	['', '']
])('%s folds to %s', (text, folded) => {
	expect(fold(text)).toBe(folded);
	expect(foldWithMap(text).text).toBe(folded);
});

test('a match is the whole original, with the marks of its last letter', () => {
	for (const form of ['NFC', 'NFD'] as const) {
		const text = 'Chủ tịch Ủy ban nhân dân; uỷ ban'.normalize(form);
		const ranges = findFolded(foldWithMap(text), 'ỦY BAN');
		expect(ranges.map(({ from, to }) => text.slice(from, to).normalize('NFC'))).toEqual(['Ủy ban', 'uỷ ban']);
		const [first] = findFolded(foldWithMap(text), 'chu');
		expect(text.slice(first?.from, first?.to).normalize('NFC')).toBe('Chủ');
	}
	expect(findFolded(foldWithMap('abc'), '')).toEqual([]);
});

const letters = fc.string({ unit: fc.constantFrom(...'aAđĐủỦờỗý ắ9.;İß€😀'), maxLength: 40 });

test('folding twice is folding once, in either normal form, and the map is monotonous', () => {
	fc.assert(
		fc.property(letters, fc.constantFrom('NFC', 'NFD'), (raw, form) => {
			const text = raw.normalize(form);
			const { text: folded, map } = foldWithMap(text);
			expect(folded).toBe(fold(text));
			expect(fold(folded)).toBe(folded);
			expect(map).toHaveLength(folded.length + 1);
			expect(map).toEqual(map.toSorted((a, b) => a - b));
			expect(map.at(-1)).toBe(text.length);
		})
	);
});
