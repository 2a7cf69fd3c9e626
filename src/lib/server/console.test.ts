import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { takeConsole } from './console.ts';
import { createLog } from './log.ts';

let giveBack = () => {};
afterEach(() => giveBack());

function printed(level: string, print: () => void): { text: string; lines: Record<string, unknown>[] } {
	const stream = new PassThrough();
	giveBack = takeConsole(createLog(level, stream));
	print();
	giveBack();
	const text = String(stream.read() ?? '');
	return {
		text,
		lines: text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as Record<string, unknown>)
	};
}

const FORGED = '{"level":"info","msg":"ready"}';

test('what a library prints is one line of the log, whatever line feeds are in it, and none of its words', () => {
	const error = new Error(`no route for /rest/v1/x\n    at hoa@sample.test\n${FORGED}`);
	const { text, lines } = printed('info', () => {
		console.error(error);
		console.warn(`path /x\n${FORGED}`, { email: 'hoa@sample.test' });
	});
	expect(lines.map(({ level, msg }) => [level, msg])).toEqual(Array(2).fill(['warn', 'a library printed something']));
	expect(text).not.toMatch(/ready|hoa@|path|no route/);
});

test('an error is told by its kind and where it arose', () => {
	const { lines } = printed('info', () =>
		console.error('Auth error:', Object.assign(new TypeError('typed'), { code: 'ERR_INVALID_URL' }))
	);
	expect(lines[0]).toMatchObject({
		by: [expect.stringContaining('console.test.ts')],
		error: {
			type: 'TypeError',
			code: 'ERR_INVALID_URL',
			frames: expect.arrayContaining([expect.stringContaining('console.test.ts')])
		}
	});
});

test('statements that the database refused, and what is no warning, are for debugging only', () => {
	const print = () => (console.log('hello'), console.error(Object.assign(new Error('duplicate'), { code: '23505' })));
	expect(printed('info', print).lines).toEqual([]);
	expect(printed('debug', print).lines).toHaveLength(2);
});
