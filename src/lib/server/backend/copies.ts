import { chmodSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Logger } from '../log.ts';

/** Where the copy lies: a data directory within the data directory, so that whoever may read the one may read the other. */
export const COPY_FOLDER = 'copy';
const DONE = 'done';

/**
 * Makes a copy of the embedded database whenever another process of this machine asks. It asks at a socket in the data
 * directory, which is open to the account that Plenum runs under and to root: they could read the database anyway. What is
 * asked says nothing but "now", so nobody chooses where bytes go. Answers how to stop.
 */
export async function offerCopies(dataDir: string, makeCopy: () => Promise<void>, log: Logger): Promise<() => void> {
	const address = addressIn(dataDir);
	rmSync(address, { force: true }); // of a process that was killed: this one holds the directory
	const server = createServer(async (socket) => {
		socket.on('error', () => {}); // who asked has gone
		const began = Date.now();
		try {
			await makeCopy();
			log.info({ ms: Date.now() - began }, 'database copied for a backup');
			socket.end(DONE);
		} catch (error) {
			log.error({ err: error }, 'the database could not be copied for a backup');
			socket.destroy();
		}
	});
	try {
		server.listen(address);
		await once(server, 'listening');
		chmodSync(address, 0o600);
	} catch (error) {
		log.warn(
			{ reason: (error as { code?: string }).code },
			'backups need Plenum to be stopped: no socket can be made in the data directory'
		);
	}
	return () => void server.close();
}

/** Asks the process that holds the data directory for a copy, and waits for it. False when that process makes none. */
export async function askForCopy(dataDir: string): Promise<boolean> {
	const socket = connect(addressIn(dataDir));
	try {
		return (await text(socket)) === DONE;
	} catch {
		return false; // nobody listens: an older Plenum, a command, or one that is starting or stopping
	}
}

// The name of a socket may have a hundred bytes or so, and a data directory may lie deep.
function addressIn(dataDir: string): string {
	const absolute = join(dataDir, 'plenum.sock');
	const near = relative(process.cwd(), absolute);
	return near.length < absolute.length ? near : absolute;
}
