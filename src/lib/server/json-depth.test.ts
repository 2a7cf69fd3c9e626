import { expect, test } from 'vitest';
import { isNestedBeyond } from './json-depth.ts';

test.each([
	['[[1]]', false],
	['[[[1]]]', true],
	['{"a":[{}]}', true],
	['[[],[],[[]]]', true],
	['[[1],[2],{"a":3}]', false],
	['["[[[[", "\\"[[[["]', false],
	['["\\\\", [[1]]]', true]
])('%s is nested beyond two levels: %s', (json, expected) => {
	expect(isNestedBeyond(2, new TextEncoder().encode(json))).toBe(expected);
});
