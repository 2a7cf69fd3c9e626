import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DataDirectoryHeld, holdDataDirectory } from './data-directory.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'plenum-lock-'));
const started: ChildProcess[] = [];

afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

const HOLD = `
	const { holdDataDirectory } = await import(${JSON.stringify(resolve(import.meta.dirname, 'data-directory.ts'))});
	try {
		holdDataDirectory(process.argv[1], 'npm start');
		console.log('in');
		setInterval(() => {}, 1000);
	} catch (error) {
		console.log(error.message);
	}`;

/** A process that takes the directory and keeps it; `answer` is `in`, or why it was not let in. */
function contender(dir: string): { child: ChildProcess; answer: Promise<string> } {
	const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
	started.push(child);
	return { child, answer: once(child.stdout!, 'data').then(([chunk]) => String(chunk).trim()) };
}

test('a second process is told who holds the data directory', async () => {
	const dir = folder();
	const { child, answer } = contender(dir);
	expect(await answer).toBe('in');
	expect(() => holdDataDirectory(dir, 'npm run sample')).toThrow(DataDirectoryHeld);
	expect(() => holdDataDirectory(dir, 'npm run sample')).toThrow(`process ${child.pid} ("npm start"`);
}, 30_000);

test('of processes that come at once exactly one gets in, also where one was killed before', async () => {
	const dir = folder();
	for (let round = 0; round < 3; round++) {
		const contenders = Array.from({ length: 4 }, () => contender(dir));
		const answers = await Promise.all(contenders.map(({ answer }) => answer));
		expect(
			answers.filter((answer) => answer === 'in'),
			answers.join('\n')
		).toHaveLength(1);
		contenders[answers.indexOf('in')].child.kill('SIGKILL');
	}
}, 60_000);

test('one and the same process does not get in twice', () => {
	const dir = folder();
	const release = holdDataDirectory(dir, 'npm start');
	expect(() => holdDataDirectory(dir, 'npm run sample')).toThrow(`process ${process.pid}`);
	release();
	holdDataDirectory(dir, 'npm run sample')();
});

test('whoever comes at once after a kill gets in, also before the killed one is gone', async () => {
	const dir = folder();
	for (let round = 0; round < 3; round++) {
		const { child, answer } = contender(dir);
		expect(await answer).toBe('in');
		child.kill('SIGKILL');
	}
	holdDataDirectory(dir, 'npm start')();
}, 30_000);

test('a killed process whose parent never asked how it ended, a zombie, holds nobody up', async () => {
	const dir = folder();
	const parent = spawn(
		'sh',
		['-c', '"$@" & echo $!; exec sleep 600', 'sh', process.execPath, '--input-type=module', '-e', HOLD, dir],
		{
			stdio: ['ignore', 'pipe', 'inherit']
		}
	);
	started.push(parent);
	let said = '';
	for await (const chunk of parent.stdout) if ((said += chunk).includes('in')) break;
	const pid = parseInt(said);
	process.kill(pid, 'SIGKILL');
	holdDataDirectory(dir, 'npm start')();
	expect(() => process.kill(pid, 0), 'its process id still answers').not.toThrow();
});

test.each([
	['a process that lives and is another', { pid: process.ppid, purpose: 'npm start', since: '' }],
	['this very process id, as in another container', { pid: process.pid, purpose: 'npm start', since: '' }]
])('a sign left behind that names %s holds nobody up', (_, holder) => {
	const dir = folder();
	writeFileSync(join(dir, 'plenum.lock'), JSON.stringify(holder));
	holdDataDirectory(dir, 'npm start')();
	expect(existsSync(join(dir, 'plenum.lock'))).toBe(false);
});
