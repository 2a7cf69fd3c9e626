import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, type ByteStream, type FileHome, FileMissing } from './home.ts';

/** Files in a folder of this machine, or of a volume that all nodes share. */
export class FolderHome implements FileHome {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** A file has its name only when it is whole and on the disk. */
	async write(id: string, bytes: ByteStream): Promise<void> {
		const path = this.#pathOf(id);
		const partial = `${path}.partial`;
		await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
		try {
			await pipeline(bytes, createWriteStream(partial, { mode: 0o600, flush: true }));
			await rename(partial, path);
		} catch (error) {
			await rm(partial, { force: true });
			throw error;
		}
	}

	async *read(id: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
		try {
			yield* createReadStream(this.#pathOf(id), range && { start: range.from, end: range.to });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT')
				throw new FileMissing(`file ${id} is not in its folder`, { cause: error });
			throw error;
		}
	}

	remove(id: string): Promise<void> {
		return rm(this.#pathOf(id), { force: true });
	}

	async *olderThan(ms: number): AsyncGenerator<string> {
		const before = Date.now() - ms;
		for (const group of await namesIn(this.#folder)) {
			for (const name of await namesIn(join(this.#folder, group))) {
				const path = join(this.#folder, group, name);
				const found = await stat(path).catch(() => null);
				if (!found?.isFile() || found.mtimeMs > before) continue;
				// A process that was killed while it wrote left this.
				if (name.endsWith('.partial')) await rm(path, { force: true });
				else yield name;
			}
		}
	}

	/** A folder with a hundred thousand entries is slow on some volumes. */
	#pathOf(id: string): string {
		if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError('a file is named by a uuid');
		return join(this.#folder, id.slice(0, 2), id);
	}
}

async function namesIn(folder: string): Promise<string[]> {
	const names: string[] = [];
	try {
		for await (const { name } of await opendir(folder)) names.push(name);
	} catch (error) {
		if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
	return names;
}
