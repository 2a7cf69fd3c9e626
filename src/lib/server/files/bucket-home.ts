import { ReadableStream as WebStream } from 'node:stream/web';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { type ByteRange, type ByteStream, type FileHome, FileMissing } from './home.ts';

const BUCKET = 'files';
const PAGE = 1000;

export interface BucketOf {
	url: string;
	secretKey: string;
}

/**
 * Files in a private bucket of Supabase Storage, by the system door. Nobody reaches the bucket from outside: it has no
 * policies. Tried against a server that speaks as Supabase Storage does, not against Supabase itself.
 */
export class BucketHome implements FileHome {
	readonly #of: BucketOf;
	readonly #client: SupabaseClient;
	#made: Promise<unknown> | null = null;

	constructor(of: BucketOf) {
		this.#of = of;
		this.#client = createClient(of.url, of.secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
	}

	async write(id: string, bytes: ByteStream): Promise<void> {
		await (this.#made ??= this.#makeBucket());
		const body = WebStream.from(bytes);
		const { error } = await this.#client.storage
			.from(BUCKET)
			.upload(id, body as never, { contentType: 'application/octet-stream', duplex: 'half' });
		if (error) throw error;
	}

	async *read(id: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
		const { url, secretKey } = this.#of;
		const headers: Record<string, string> = { apikey: secretKey, authorization: `Bearer ${secretKey}` };
		if (range) headers.range = `bytes=${range.from}-${range.to}`;
		const response = await fetch(`${url}/storage/v1/object/authenticated/${BUCKET}/${id}`, { headers });
		if (response.status === 404 || response.status === 400) throw new FileMissing(`file ${id} is not in its bucket`);
		if (!response.ok || !response.body) throw new Error(`the bucket answered ${response.status}`);
		yield* response.body;
	}

	async remove(id: string): Promise<void> {
		const { error } = await this.#client.storage.from(BUCKET).remove([id]);
		if (error) throw error;
	}

	async *olderThan(ms: number): AsyncGenerator<string> {
		const before = Date.now() - ms;
		const old: string[] = [];
		for (let offset = 0; ; offset += PAGE) {
			const { data, error } = await this.#client.storage.from(BUCKET).list('', { limit: PAGE, offset });
			if (error) throw error;
			for (const { name, created_at } of data) if (created_at && Date.parse(created_at) < before) old.push(name);
			if (data.length < PAGE) break;
		}
		yield* old;
	}

	async #makeBucket(): Promise<void> {
		const { error } = await this.#client.storage.createBucket(BUCKET, { public: false });
		if (error && !/exist/i.test(error.message)) {
			this.#made = null;
			throw error;
		}
	}
}
