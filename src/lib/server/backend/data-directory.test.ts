import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uptime } from 'node:os';
import { expect, test } from 'vitest';
import { DataDirectoryHeld, holdDataDirectory } from './data-directory.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'plenum-lock-'));
const bootedAt = () => Math.round(Date.now() - uptime() * 1000);

test('a second process is told who holds the data directory', () => {
	const dir = folder();
	const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
	writeFileSync(join(dir, 'plenum.lock'), JSON.stringify({ pid: other.pid, purpose: 'npm start', since: '2026-01-01T00:00:00Z', bootedAt: bootedAt() }));
	try {
		expect(() => holdDataDirectory(dir, 'npm run sample')).toThrow(DataDirectoryHeld);
		expect(() => holdDataDirectory(dir, 'npm run sample')).toThrow(`process ${other.pid} ("npm start"`);
	} finally {
		other.kill();
	}
});

test.each([
	['a process that died', { pid: 2 ** 22 - 7, purpose: 'npm start', since: '', bootedAt: bootedAt() }],
	['a machine that restarted', { pid: process.ppid, purpose: 'npm start', since: '', bootedAt: bootedAt() - 3_600_000 }]
])('a lock left by %s is taken over', (_, holder) => {
	const dir = folder();
	writeFileSync(join(dir, 'plenum.lock'), JSON.stringify(holder));
	holdDataDirectory(dir, 'npm start')();
	expect(existsSync(join(dir, 'plenum.lock'))).toBe(false);
});
