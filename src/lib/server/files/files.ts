import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { Refusal } from '../edge/refusal.ts';
import type { Sql } from '../sql.ts';
import { type ByteRange, type ByteStream, type FileHome, FileMissing } from './home.ts';

export interface StoredFile {
	id: string;
	name: string;
	/** By its content, whatever it is called. */
	contentType: string;
	sizeBytes: number;
	/** In hexadecimal digits. */
	sha256: string;
}

export interface NewFile {
	workspaceId: string;
	/** What it is called when somebody fetches it. */
	name: string;
	/** Who brings it; null for what the system makes. */
	personId: string | null;
}

/** What a type is told by. */
const SNIFF_BYTES = 4_100;
const UNKNOWN_TYPE = 'application/octet-stream';
/** So long a file may be without an owner: the row that owns it is written after it. */
const UNOWNED_FOR = '1 day';
const DAY_MS = 86_400_000;

/**
 * Files of the installation. Who may have one is not asked here: the row that owns it is read under row level security
 * first. Bytes come first and the row second, so a row always has its bytes.
 */
export class Files {
	readonly #sql: Sql;
	readonly #home: FileHome;

	constructor(sql: Sql, home: FileHome) {
		this.#sql = sql;
		this.#home = home;
	}

	/**
	 * Stores a file whole, or not at all. A row must own it within a day.
	 * @throws Refusal 413 (PL201) when the workspace has no room, 422 when it is empty
	 */
	async put(bytes: ByteStream, { workspaceId, name, personId }: NewFile): Promise<StoredFile> {
		const id = crypto.randomUUID();
		const measure = new Measure(bytes);
		await this.#home.write(id, measure);
		try {
			if (measure.size === 0) throw new Refusal(422, { field: 'file', key: 'library_error_file' });
			const file = { id, name, contentType: await measure.type(), sizeBytes: measure.size, sha256: measure.digest() };
			await this.#sql.query(`select private.keep_file($1, $2, $3, $4, $5, decode($6, 'hex'), $7)`, [
				id,
				workspaceId,
				name,
				file.contentType,
				file.sizeBytes,
				file.sha256,
				personId
			]);
			return file;
		} catch (error) {
			await this.#home.remove(id).catch(() => {}); // swept later
			throw error;
		}
	}

	/** What is known of a file; null when there is none. */
	async find(id: string): Promise<StoredFile | null> {
		const [file] = await this.#sql.query<StoredFile>(
			`select id, name, content_type as "contentType", size_bytes as "sizeBytes", encode(sha256, 'hex') as sha256 from public.files where id = $1`,
			[id]
		);
		return file ?? null;
	}

	/** The bytes of a file, or a stretch of them, piece by piece. Throws FileMissing. */
	read(id: string, range?: ByteRange): ByteStream {
		return this.#home.read(id, range);
	}

	/** All bytes of a small file. Throws FileMissing. */
	async bytes(id: string): Promise<Uint8Array> {
		const pieces: Uint8Array[] = [];
		for await (const piece of this.read(id)) pieces.push(piece);
		return Buffer.concat(pieces);
	}

	/** Removes a file that was stored and came to no owner after all. One that is owned stays. */
	async discard(id: string): Promise<boolean> {
		// The foreign key of its owner refuses.
		const removed = await this.#sql.query('delete from public.files where id = $1 returning 1', [id]).catch(() => []);
		if (removed.length > 0) await this.#home.remove(id);
		return removed.length > 0;
	}

	/** Removes what nobody has owned for a day, and bytes that came to no row. Answers how many files went. */
	async sweep(): Promise<number> {
		let gone = 0;
		const unowned = await this.#sql.query<{ id: string }>('select private.unowned_file_ids($1::interval) as id', [UNOWNED_FOR]);
		for (const { id } of unowned) {
			if (await this.discard(id)) gone++;
		}
		for await (const id of this.#home.olderThan(DAY_MS)) {
			if (await this.find(id)) continue;
			await this.#home.remove(id);
			gone++;
		}
		return gone;
	}

	/** Brings bytes over from where they were before, as after FILES_DIR was set. May stop at any moment and go on at the next start. */
	async moveFrom(other: FileHome): Promise<number> {
		let moved = 0;
		for await (const id of other.olderThan(0)) {
			if (!(await this.find(id))) continue;
			if (!(await this.#has(id))) await this.#home.write(id, other.read(id));
			await other.remove(id);
			moved++;
		}
		return moved;
	}

	async #has(id: string): Promise<boolean> {
		try {
			for await (const piece of this.#home.read(id, { from: 0, to: 0 })) return piece.byteLength > 0;
			return false;
		} catch (error) {
			if (error instanceof FileMissing) return false;
			throw error;
		}
	}
}

/** Bytes on their way, counted and digested. */
class Measure implements AsyncIterable<Uint8Array> {
	size = 0;
	readonly #bytes: ByteStream;
	readonly #hash = createHash('sha256');
	#head = new Uint8Array(0);

	constructor(bytes: ByteStream) {
		this.#bytes = bytes;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		for await (const chunk of this.#bytes) {
			this.size += chunk.byteLength;
			this.#hash.update(chunk);
			if (this.#head.byteLength < SNIFF_BYTES)
				this.#head = Buffer.concat([this.#head, chunk.subarray(0, SNIFF_BYTES - this.#head.byteLength)]);
			yield chunk;
		}
	}

	digest(): string {
		return this.#hash.digest('hex');
	}

	async type(): Promise<string> {
		return (await fileTypeFromBuffer(this.#head))?.mime ?? UNKNOWN_TYPE;
	}
}
