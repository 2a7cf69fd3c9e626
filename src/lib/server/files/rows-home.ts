import type { Sql } from '../sql.ts';
import { type ByteRange, type ByteStream, type FileHome, FileMissing, inPieces, PIECE_BYTES } from './home.ts';

/** Files as rows of `public.file_pieces`: for several nodes that share a database and no volume. */
export class RowsHome implements FileHome {
	readonly #sql: Sql;

	constructor(sql: Sql) {
		this.#sql = sql;
	}

	/** Each piece is a statement of its own, so a large file never holds the database. */
	async write(id: string, bytes: ByteStream): Promise<void> {
		let nth = 0;
		try {
			for await (const piece of inPieces(bytes))
				await this.#sql.query('insert into public.file_pieces (file_id, nth, bytes) values ($1, $2, $3)', [id, nth++, piece]);
		} catch (error) {
			await this.remove(id).catch(() => {}); // swept later
			throw error;
		}
	}

	async *read(id: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
		const first = Math.floor((range?.from ?? 0) / PIECE_BYTES);
		for (let nth = first; ; nth++) {
			const start = nth * PIECE_BYTES;
			if (range && start > range.to) return;
			const [piece] = await this.#sql.query<{ bytes: Uint8Array }>(
				'select bytes from public.file_pieces where file_id = $1 and nth = $2',
				[id, nth]
			);
			if (!piece) {
				if (nth === first) throw new FileMissing(`file ${id} is not in the database`);
				return;
			}
			yield range ? piece.bytes.subarray(Math.max(0, range.from - start), range.to - start + 1) : piece.bytes;
			if (piece.bytes.byteLength < PIECE_BYTES) return;
		}
	}

	async remove(id: string): Promise<void> {
		await this.#sql.query('delete from public.file_pieces where file_id = $1', [id]);
	}

	async *olderThan(ms: number): AsyncGenerator<string> {
		const rows = await this.#sql.query<{ id: string }>(
			`select file_id as id from public.file_pieces group by 1 having max(stored_at) < now() - $1 * interval '1 ms'`,
			[ms]
		);
		for (const { id } of rows) yield id;
	}
}
