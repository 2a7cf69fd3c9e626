/** A stretch of a file in bytes, both ends included. */
export interface ByteRange {
	from: number;
	to: number;
}

export type ByteStream = AsyncIterable<Uint8Array>;

/** Where the bytes of files are. It knows ids and bytes only; what a file is stands in `public.files`. */
export interface FileHome {
	/** Stores the bytes under an id that is new. What was written before a failure is removed, or swept later. */
	write(id: string, bytes: ByteStream): Promise<void>;
	/** The bytes, or a stretch of them, piece by piece. Throws FileMissing. */
	read(id: string, range?: ByteRange): ByteStream;
	/** Removes the bytes; nothing happens when they are not there. */
	remove(id: string): Promise<void>;
	/** Ids whose bytes have been there for longer than so many ms. */
	olderThan(ms: number): AsyncIterable<string>;
}

/** A file's bytes are not where they should be. */
export class FileMissing extends Error {
	override readonly name = 'FileMissing';
}

export const PIECE_BYTES = 1024 * 1024;

/** The same bytes in pieces of 1 MiB; the last is shorter. */
export async function* inPieces(bytes: ByteStream): AsyncGenerator<Buffer> {
	let waiting: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of bytes) {
		waiting.push(chunk);
		size += chunk.byteLength;
		if (size < PIECE_BYTES) continue;
		const all = Buffer.concat(waiting);
		let from = 0;
		for (; from + PIECE_BYTES <= size; from += PIECE_BYTES) yield all.subarray(from, from + PIECE_BYTES);
		waiting = [all.subarray(from)];
		size -= from;
	}
	if (size > 0) yield Buffer.concat(waiting);
}
