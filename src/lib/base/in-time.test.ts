import { expect, test } from 'vitest';
import { atMost, inTime, TooLate } from './in-time.ts';

const never = new Promise<never>(() => {});

test('what comes in time comes as it is, a failure too', async () => {
	expect(await inTime(Promise.resolve('answer'), 60_000, 'late')).toBe('answer');
	await expect(inTime(Promise.reject(new Error('broken')), 60_000, 'late')).rejects.toThrow('broken');
	await atMost(60_000, Promise.resolve());
	await expect(atMost(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('what does not come is not waited for: one rejects, the other goes on', async () => {
	await expect(inTime(never, 1, 'it took too long')).rejects.toEqual(new TooLate('it took too long'));
	await atMost(1, never);
});
