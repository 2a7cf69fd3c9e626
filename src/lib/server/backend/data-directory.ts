import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { uptime } from 'node:os';

interface Holder {
	pid: number;
	purpose: string;
	since: string;
	bootedAt: number;
}

/** The data directory is held by another living process; the message says which. */
export class DataDirectoryHeld extends Error {}

const BOOT_TOLERANCE_MS = 10_000;

/**
 * Takes the embedded data directory for this process, because PGlite would corrupt it under two.
 * Answers how to give it back. A lock left by a process that died, or by a machine that restarted, is taken over.
 */
export function holdDataDirectory(dataDir: string, purpose: string): () => void {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = join(dataDir, 'plenum.lock');
	for (;;) {
		try {
			const lock = openSync(file, 'wx', 0o600);
			writeSync(lock, JSON.stringify({ pid: process.pid, purpose, since: new Date().toISOString(), bootedAt: bootedAt() } satisfies Holder));
			closeSync(lock);
			return () => rmSync(file, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const holder = readHolder(file);
		if (holder && isAlive(holder)) {
			throw new DataDirectoryHeld(
				`The data directory ${dataDir} is held by process ${holder.pid} ("${holder.purpose}", since ${holder.since}); stop it first, or set another DATA_DIR.`
			);
		}
		rmSync(file, { force: true });
	}
}

function readHolder(file: string): Holder | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Holder;
	} catch {
		return null; // half-written by a process that died: nobody holds it
	}
}

function isAlive(holder: Holder): boolean {
	if (holder.pid === process.pid || Math.abs(holder.bootedAt - bootedAt()) > BOOT_TOLERANCE_MS) return false;
	try {
		process.kill(holder.pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** When the machine started, in ms; tells a process id of today from the same number before a restart. */
function bootedAt(): number {
	return Math.round(Date.now() - uptime() * 1000);
}
