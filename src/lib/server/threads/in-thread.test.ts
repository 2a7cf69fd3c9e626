import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { inThread, ThreadOutOfMemory, ThreadOverdue, type ThreadOptions } from './in-thread.ts';
import type * as chores from '../../../../tests/support/thread-chores.ts';

const MODULE = '../../tests/support/thread-chores.ts';
const chore = <Name extends keyof typeof chores>(
	name: Name,
	input: Parameters<(typeof chores)[Name]>[0],
	options?: ThreadOptions
) => inThread<(typeof chores)[Name]>(MODULE, name, input, options);

test('a function runs in another thread and answers with data', async () => {
	expect(isMainThread).toBe(true);
	const bytes = Uint8Array.of(1, 2, 3);
	expect(await chore('describe', { bytes, text: 'xin chào' })).toEqual({ bytes, text: 'xin chào', isMainThread: false });
	expect(bytes, 'the input still belongs to the caller').toEqual(Uint8Array.of(1, 2, 3));
});

test('the process goes on while a thread does nothing else than to compute', async () => {
	const gate = new Int32Array(new SharedArrayBuffer(4));
	const blocked = chore('blockUntilOpened', gate);
	Atomics.store(gate, 0, 1);
	Atomics.notify(gate, 0);
	expect(await blocked).toBe('opened');
});

test('one thread serves call after call', async () => {
	const first = await chore('threadNumber', null);
	expect(await chore('threadNumber', null)).toBe(first);
});

test('many calls at once all get their own answer, from a few threads', async () => {
	const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => chore('threadNumber', index)));
	expect(answers).toHaveLength(30);
	expect(new Set(answers).size).toBeLessThanOrEqual(3);
});

test('what a function throws arrives with its name and fields, and the thread stays', async () => {
	const before = await chore('threadNumber', null);
	await expect(chore('refuse', 'too long')).rejects.toMatchObject({ message: 'too long', name: 'Refused', code: '22001' });
	expect(await chore('threadNumber', null)).toBe(before);
});

test('a function asks the process for what only that can do', async () => {
	const answer = async (word: string) => {
		if (word === 'three') throw Object.assign(new Error('no such word'), { code: 'P0002' });
		return word.toUpperCase();
	};
	expect(await chore('askFor', ['one', 'two'], { answer })).toEqual(['ONE', 'TWO']);
	await expect(chore('askFor', ['one', 'three'], { answer })).rejects.toMatchObject({ message: 'no such word', code: 'P0002' });
	await expect(chore('askFor', ['one'])).rejects.toThrow('nobody answers');
});

test('work that is stopped, takes too long or needs too much memory ends with its thread, and the next call gets another', async () => {
	const first = await chore('threadNumber', null);
	const abort = new AbortController();
	const stopped = chore('runForEver', null, { signal: abort.signal });
	abort.abort(new Error('stopped'));
	await expect(stopped).rejects.toThrow('stopped');
	await expect(chore('describe', { bytes: new Uint8Array(), text: '' }, { signal: abort.signal })).rejects.toThrow('stopped');
	await expect(chore('runForEver', null, { longestMs: 50 })).rejects.toBeInstanceOf(ThreadOverdue);
	await expect(chore('fillMemory', null)).rejects.toBeInstanceOf(ThreadOutOfMemory);
	expect(await chore('threadNumber', null)).not.toBe(first);
}, 60_000);

test('calls that may take long leave a thread to the others', async () => {
	const gate = new Int32Array(new SharedArrayBuffer(4));
	const long = Array.from({ length: 4 }, () => chore('blockUntilOpened', gate, { isLong: true }));
	expect(await chore('describe', { bytes: new Uint8Array(), text: 'quick' })).toMatchObject({ text: 'quick' });
	Atomics.store(gate, 0, 1);
	Atomics.notify(gate, 0);
	expect(await Promise.all(long)).toEqual(['opened', 'opened', 'opened', 'opened']);
}, 60_000);

test('a function or module that is not there is an error of the call', async () => {
	await expect(inThread(MODULE, 'nothing', null as never)).rejects.toThrow('not a function');
	await expect(inThread('server/threads/missing.ts', 'nothing', null as never)).rejects.toMatchObject({
		code: 'ERR_MODULE_NOT_FOUND'
	});
});

test('a kept thread keeps no process alive, and what it prints is not in the output', async () => {
	const url = new URL('in-thread.ts', import.meta.url).href;
	const program = `import { inThread } from ${JSON.stringify(url)}; await inThread('${MODULE}', 'print', 'printed'); process.stdout.write('done');`;
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-test-')), 'program.mjs');
	writeFileSync(file, program);
	const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
	expect([stdout, stderr]).toEqual(['done', '']);
});
