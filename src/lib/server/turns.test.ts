import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('a person has one work at a time, in the order it was asked for; others do not wait for it', async () => {
	const turns = new Turns(5);
	const done: string[] = [];
	const gate = Promise.withResolvers<void>();
	const first = turns.run('an', async () => {
		await gate.promise;
		done.push('an 1');
	});
	const second = turns.run('an', async () => void done.push('an 2'));
	await turns.run('binh', async () => void done.push('binh'));
	gate.resolve();
	await Promise.all([first, second]);
	expect(done).toEqual(['binh', 'an 1', 'an 2']);
});

test('what fails lets the next one in', async () => {
	const turns = new Turns(5);
	const failed = turns.run('an', () => Promise.reject(new Error('no')));
	const next = turns.run('an', async () => 'yes');
	await expect(failed).rejects.toThrow('no');
	expect(await next).toBe('yes');
});

test('who asks for more than may wait is refused, until something is done', async () => {
	const turns = new Turns(1);
	const gate = Promise.withResolvers<void>();
	const running = turns.run('an', () => gate.promise);
	const waiting = turns.run('an', async () => {});
	await expect(turns.run('an', async () => {})).rejects.toMatchObject({ status: 429 });
	expect(await turns.run('binh', async () => 'in')).toBe('in');
	gate.resolve();
	await Promise.all([running, waiting]);
	expect(await turns.run('an', async () => 'in')).toBe('in');
});
