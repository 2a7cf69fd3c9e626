import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Holder {
	pid: number;
	purpose: string;
	since: string;
}

/** The data directory is held by another living process; the message says which. */
export class DataDirectoryHeld extends Error {}

/** A process that was killed holds its lock until the kernel has cleared its memory away. */
const DYING_MS = 2_000;
const SQLITE_BUSY = 5;
/** A lock that nothing refers to would be collected and with it given up. */
const held = new Set<DatabaseSync>();

/**
 * Takes the embedded data directory for this process, because PGlite would corrupt it under two. Answers how to give it
 * back. The lock is the kernel's, on a file of SQLite: it ends with its process, however that ends, and no process id,
 * clock or container can be mistaken for another.
 * @throws DataDirectoryHeld when another process holds it
 */
export function holdDataDirectory(dataDir: string, purpose: string): () => void {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const sign = join(dataDir, 'plenum.lock');
	const lock = new DatabaseSync(join(dataDir, 'plenum.lock.sqlite'), { timeout: DYING_MS });
	try {
		lock.exec('pragma journal_mode = off; begin exclusive');
	} catch (error) {
		lock.close();
		if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
		throw new DataDirectoryHeld(
			`The data directory ${dataDir} is held by ${nameOf(sign)}; stop it first, or set another DATA_DIR.`
		);
	}
	held.add(lock);
	// For people only. What it says is not asked for: a killed process leaves it behind.
	writeFileSync(sign, JSON.stringify({ pid: process.pid, purpose, since: new Date().toISOString() } satisfies Holder), {
		mode: 0o600
	});
	return () => {
		rmSync(sign, { force: true });
		held.delete(lock);
		lock.close();
	};
}

function nameOf(sign: string): string {
	try {
		const { pid, purpose, since } = JSON.parse(readFileSync(sign, 'utf8')) as Holder;
		return `process ${pid} ("${purpose}", since ${since})`;
	} catch {
		return 'another process'; // which has not written its name yet, or gives the directory back just now
	}
}
