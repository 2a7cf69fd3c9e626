import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';

/** One file of an archive. */
export interface Entry {
	name: string;
	bytes: Buffer;
	/** In hexadecimal digits. */
	sha256: string;
}

/** Adds an entry and answers its digest, once what was added before has gone on towards the disk. */
export type AddEntry = (name: string, bytes: Buffer) => Promise<string>;

/**
 * Writes an archive of what `fill` adds. The file has its name only when it is whole and on the disk; a failure, as a full
 * disk, leaves nothing behind.
 */
export async function writeEntries(file: string, fill: (add: AddEntry) => Promise<void>): Promise<void> {
	const partial = `${file}.partial`;
	const archive = pack();
	// Texts shrink well enough at once, and images never do.
	const written = pipeline(
		archive,
		createGzip({ level: constants.Z_BEST_SPEED }),
		createWriteStream(partial, { mode: 0o600, flush: true })
	);
	const add: AddEntry = (name, bytes) =>
		new Promise((done, fail) => archive.entry({ name }, bytes, (error) => (error ? fail(error) : done(digestOf(bytes)))));
	const filled = fill(add).then(() => archive.finalize());
	try {
		await Promise.all([written, filled]);
		await rename(partial, file);
	} catch (error) {
		archive.destroy();
		await Promise.allSettled([written, filled]);
		await rm(partial, { force: true });
		throw error;
	}
}

/**
 * The entries of an archive, one in memory at a time.
 * @throws when the file cannot be read to its end
 */
export async function* readEntries(file: string): AsyncGenerator<Entry> {
	const reader = extract();
	const reading = pipeline(createReadStream(file), createGunzip(), reader).catch((error: Error) => reader.destroy(error));
	for await (const entry of reader) {
		const chunks: Buffer[] = [];
		for await (const chunk of entry) chunks.push(chunk as Buffer);
		const bytes = Buffer.concat(chunks);
		yield { name: entry.header.name, bytes, sha256: digestOf(bytes) };
	}
	await reading;
}

function digestOf(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
