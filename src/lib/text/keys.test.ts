import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isImpossibleKey, isKey, keyBetween, tagOf } from './keys.ts';

const tags = fc.integer({ min: 0, max: 2 ** 32 }).map(tagOf);

test('whoever puts something anywhere among the keys of others finds room for it there (PL3)', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(tags, fc.nat()), { maxLength: 120 }), (insertions) => {
			const keys: string[] = [];
			for (const [tag, where] of insertions) {
				const at = where % (keys.length + 1);
				const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null, tag);
				keys.splice(at, 0, key);
				expect(isKey(key)).toBe(true);
				expect([...keys].sort()).toEqual(keys);
				expect(new Set(keys).size).toBe(keys.length);
			}
		})
	);
});

test('what one person adds in a row stays in a row, and keys do not grow by it (PL3)', () => {
	const add = (tag: string) => {
		const keys: string[] = [];
		for (let nth = 0; nth < 200; nth++) keys.push(keyBetween(keys.at(-1) ?? '500V00', '600V00', tag));
		return keys;
	};
	const [hoa, binh] = [add('aaa'), add('bbb')];
	const all = [...hoa, ...binh].sort();
	expect(all).toEqual([...hoa, ...binh]);
	expect(Math.max(...all.map(({ length }) => length))).toBe(12);
});

test.each([null, '600V00'])('two who add in turn for years still find room in front of %s (PL3)', (right) => {
	const keys = ['500V00'];
	for (let nth = 0; nth < 3_000; nth++) keys.push(keyBetween(keys.at(-1)!, right, nth % 2 === 0 ? 'zzz' : '111'));
	expect(keys.filter((key) => !isKey(key))).toEqual([]);
	if (right) expect(keys.at(-1)! < right).toBe(true);
	expect([...keys].sort()).toEqual(keys);
	expect(new Set(keys).size).toBe(keys.length);
});

test('in front of the smallest number that a stranger may have there is room too (PL3)', () => {
	const key = keyBetween(null, 'abc000', 'zzz');
	expect(key < 'abc000').toBe(true);
	expect(isKey(key)).toBe(true);
});

test('beside the longest key that is taken nobody writes one that the server would refuse (DR1)', () => {
	const longest = fc.tuple(fc.array(tags, { minLength: 99, maxLength: 99 }), tags, fc.constantFrom('000', 'V00', 'zzz'));
	fc.assert(
		fc.property(longest, tags, ([above, last, number], tag) => {
			const key = `${above.map((one) => `${one}V00`).join('')}${last}${number}`;
			expect(isKey(key)).toBe(true);
			expect(isImpossibleKey(keyBetween(key, null, tag))).toBe(false);
			expect(isImpossibleKey(keyBetween(null, key, tag))).toBe(false);
			expect(isImpossibleKey(keyBetween(key.slice(0, -6), key, tag))).toBe(false);
		})
	);
});

test.each([null, 7, '', 'abc', 'abc!00', 'abcV0', 'aaaV00'.repeat(101)])('%s is no key', (value) => {
	expect(isKey(value)).toBe(false);
});
