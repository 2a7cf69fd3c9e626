import { expect, test } from 'vitest';
import { isUid, newUid } from './ids.ts';

test('a uid is 12 base-36 characters and does not repeat', () => {
	const seen = new Set(Array.from({ length: 5000 }, newUid));
	expect(seen.size).toBe(5000);
	for (const uid of seen) expect(isUid(uid)).toBe(true);
});

test.each([null, 12, '', 'abc', 'ABCDEFGHIJKL', 'abcdefghijkl-'])('%s is not a uid', (value) => {
	expect(isUid(value)).toBe(false);
});
