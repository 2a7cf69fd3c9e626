import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

test('a limit allows so many attempts in its window, then says how long to wait', () => {
	const limit = new RateLimit(2, 60_000);
	expect([limit.attempt('a', 0), limit.attempt('a', 1_000), limit.attempt('a', 2_000)]).toEqual([0, 0, 58]);
	expect(limit.attempt('b', 2_000)).toBe(0);
	expect(limit.attempt('a', 60_001)).toBe(0);
});

test('a success clears the count', () => {
	const limit = new RateLimit(1, 60_000);
	limit.attempt('a', 0);
	limit.clear('a');
	expect(limit.attempt('a', 1)).toBe(0);
});
