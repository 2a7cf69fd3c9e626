import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actAs } from '../../src/lib/server/act-as.ts';
import { BucketHome } from '../../src/lib/server/files/bucket-home.ts';
import { Files } from '../../src/lib/server/files/files.ts';
import { FolderHome } from '../../src/lib/server/files/folder-home.ts';
import { type ByteStream, type FileHome, FileMissing, inPieces, PIECE_BYTES } from '../../src/lib/server/files/home.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import { rangeOf, serveFile } from '../../src/lib/server/files/serve-file.ts';
import { refused } from '../support/refused.ts';
import { freshDatabase } from '../support/services.ts';
import { embeddedShelf, postgresShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { testWith } from '../sync/support/services.ts';
import { startStorage, type TestStorage } from './support/storage.ts';

const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
/** Two whole pieces and a bit. */
const LARGE = Buffer.from(Array.from({ length: 2 * PIECE_BYTES + 77 }, (_, nth) => (nth * 7919) % 251));

let shelf: Shelf;
let storage: TestStorage;
let folder: string;

async function* inChunks(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
	for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size);
}

async function* breakingOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield* inChunks(bytes);
	throw new Error('the sender went away');
}

async function all(bytes: ByteStream): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return Buffer.concat(pieces);
}

const homes: [string, typeof test | typeof test.skip, () => Promise<Shelf>, () => FileHome][] = [
	['in a folder', test, embeddedShelf, () => new FolderHome(folder)],
	['in the embedded database', test, embeddedShelf, () => new RowsHome(shelf.sql)],
	['in Postgres', withPostgres, () => postgresShelf(postgresFound!), () => new RowsHome(shelf.sql)],
	['in a bucket', test, embeddedShelf, () => new BucketHome({ url: storage.url, secretKey: 'secret' })]
];

describe.each(homes)('files %s', (where, place, open, makeHome) => {
	const isThere = where !== 'in Postgres' || postgresFound !== null;
	let home: FileHome;
	let files: Files;
	const put = (bytes: Uint8Array, name = 'tệp.bin') =>
		files.put(inChunks(bytes), { workspaceId: shelf.workspaceId, name, personId: shelf.ownerId });
	const makeOld = (id: string) =>
		shelf.sql.query(`update public.files set created_at = now() - interval '25 hours' where id = $1`, [id]);

	beforeAll(async () => {
		if (!isThere) return;
		shelf = await open();
		folder = mkdtempSync(join(tmpdir(), 'plenum-files-'));
		storage = await startStorage('secret');
		home = makeHome();
		files = new Files(shelf.sql, home);
	});
	afterAll(async () => {
		if (!isThere) return;
		await storage.close();
		await shelf.close();
	});

	place('come back byte for byte, with their digest and the type that their content says', async () => {
		const image = await put(PNG, 'sơ đồ.docx');
		expect(image).toMatchObject({ contentType: 'image/png', sizeBytes: PNG.byteLength, name: 'sơ đồ.docx' });
		const large = await put(LARGE);
		expect(large).toMatchObject({ contentType: 'application/octet-stream', sizeBytes: LARGE.byteLength });
		expect((await all(files.read(large.id))).equals(LARGE)).toBe(true);
		expect(await files.find(large.id)).toEqual(large);
		expect(large.sha256).toBe(createHash('sha256').update(LARGE).digest('hex'));
	});

	place('are read from any byte to any other', async () => {
		const { id } = await put(LARGE);
		for (const [from, to] of [
			[0, 0],
			[5, 1_000],
			[PIECE_BYTES - 1, PIECE_BYTES],
			[PIECE_BYTES, 2 * PIECE_BYTES + 5],
			[LARGE.byteLength - 1, LARGE.byteLength - 1]
		]) {
			expect((await all(files.read(id, { from, to }))).equals(LARGE.subarray(from, to + 1)), `${from}–${to}`).toBe(true);
		}
	});

	place('that do not arrive whole are not there at all', async () => {
		const before = (await shelf.sql.query('select id from public.files')).length;
		await expect(files.put(breakingOff(LARGE), { workspaceId: shelf.workspaceId, name: '', personId: null })).rejects.toThrow();
		await expect(put(Buffer.alloc(0))).rejects.toMatchObject({ status: 422 });
		expect(await shelf.sql.query('select id from public.files')).toHaveLength(before);
	});

	place('of one workspace hold no more than they may', async () => {
		const used = (
			await shelf.sql.query<{ sum: number }>('select coalesce(sum(size_bytes), 0)::float8 as sum from public.files')
		)[0].sum;
		await shelf.sql.query('update public.workspaces set file_quota_bytes = $1', [used + Math.round(1.5 * LARGE.byteLength)]);
		const outcomes = await Promise.allSettled([put(LARGE), put(LARGE)]);
		expect(outcomes.map(({ status }) => status).toSorted(), 'of two at once one finds room').toEqual(['fulfilled', 'rejected']);
		expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused(413, 'file') });
		await shelf.sql.query('update public.workspaces set file_quota_bytes = 21474836480');
	});

	place('that nobody owned for a day go, those of a document stay', async () => {
		const [owned, lost, fresh] = [await put(PNG), await put(PNG), await put(PNG)];
		const document = await putDocument(shelf, []);
		await shelf.sql.query(`insert into public.document_files (document_id, content_type, file_id) values ($1, 'image/png', $2)`, [
			document,
			owned.id
		]);
		for (const { id } of [owned, lost]) await makeOld(id);
		await files.sweep();
		expect(await Promise.all([owned, lost, fresh].map(({ id }) => files.find(id)))).toEqual([owned, null, fresh]);
		await expect(files.bytes(lost.id)).rejects.toBeInstanceOf(FileMissing);
		expect(await files.discard(owned.id), 'what is owned cannot be discarded').toBe(false);
		expect((await all(files.read(owned.id))).equals(PNG)).toBe(true);
		await shelf.sql.query('delete from public.documents where id = $1', [document]);
		await files.sweep();
		expect(await files.find(owned.id), 'what went with its document goes too').toBeNull();
	});

	place('that never came to a row are swept, those on their way are not', async () => {
		const [old, young] = [crypto.randomUUID(), crypto.randomUUID()];
		await home.write(old, inChunks(PNG));
		await age(where, old);
		await home.write(young, inChunks(PNG));
		await files.sweep();
		await expect(all(home.read(old))).rejects.toBeInstanceOf(FileMissing);
		expect((await all(home.read(young))).equals(PNG)).toBe(true);
	});
});

async function age(where: string, id: string): Promise<void> {
	const dayAgo = new Date(Date.now() - 25 * 3_600_000);
	if (where === 'in a folder') utimesSync(join(folder, id.slice(0, 2), id), dayAgo, dayAgo);
	else if (where === 'in a bucket') storage.setTime(id, dayAgo);
	else await shelf.sql.query('update public.file_pieces set stored_at = $2 where file_id = $1', [id, dayAgo.toISOString()]);
}

describe('files beside each other', () => {
	let files: Files;
	beforeAll(async () => {
		shelf = await embeddedShelf();
		folder = mkdtempSync(join(tmpdir(), 'plenum-files-'));
		files = new Files(shelf.sql, new FolderHome(folder));
	});
	afterAll(() => shelf.close());

	test('what is in the database moves to the folder, also after a move that was broken off', async () => {
		const rows = new RowsHome(shelf.sql);
		const inRows = new Files(shelf.sql, rows);
		const of = { workspaceId: shelf.workspaceId, name: '', personId: null };
		const [one, two] = [await inRows.put(inChunks(LARGE), of), await inRows.put(inChunks(PNG), of)];
		await new FolderHome(folder).write(one.id, rows.read(one.id)); // and then the process was killed
		expect(await files.moveFrom(rows)).toBe(2);
		expect(await shelf.sql.query('select 1 from public.file_pieces')).toEqual([]);
		expect((await all(files.read(one.id))).equals(LARGE)).toBe(true);
		expect((await all(files.read(two.id))).equals(PNG)).toBe(true);
	});

	test('a half file that a killed process left is swept', async () => {
		const id = crypto.randomUUID();
		await new FolderHome(folder).write(id, inChunks(PNG));
		const left = join(folder, id.slice(0, 2), `${crypto.randomUUID()}.partial`);
		writeFileSync(left, 'x');
		utimesSync(left, new Date(0), new Date(0));
		await files.sweep();
		expect(readdirSync(join(folder, id.slice(0, 2)))).toEqual([id]);
	});

	test('a person makes only a fresh file of their own the image of a document', async () => {
		const document = await putDocument(shelf, []);
		const own = (await files.put(inChunks(PNG), { workspaceId: shelf.workspaceId, name: '', personId: shelf.ownerId })).id;
		const ofNobody = (await files.put(inChunks(PNG), { workspaceId: shelf.workspaceId, name: '', personId: null })).id;
		const add = (file: string) =>
			shelf.sql.transaction((tx) =>
				actAs(tx, shelf.ownerId, (asPerson) =>
					asPerson.query(
						`insert into public.document_files (document_id, content_type, file_id) values ($1, 'image/png', $2) returning id`,
						[document, file]
					)
				)
			);
		await expect(add(ofNobody)).rejects.toMatchObject({ code: '42501' });
		expect(await add(own)).toHaveLength(1);
	});

	test('a file is served whole or in part, and nothing in it can act for this site', async () => {
		const file = await files.put(inChunks(LARGE), { workspaceId: shelf.workspaceId, name: 'Dự thảo (2).bin', personId: null });
		const ask = (headers: Record<string, string> = {}) => serveFile(files, file, new Request('http://plenum.test/', { headers }));
		const whole = ask();
		expect(whole.status).toBe(200);
		expect(Object.fromEntries(whole.headers)).toMatchObject({
			'content-length': String(LARGE.byteLength),
			'content-disposition': "attachment; filename*=UTF-8''D%E1%BB%B1%20th%E1%BA%A3o%20%282%29.bin",
			'cache-control': 'private, no-cache',
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox"
		});
		expect(Buffer.from(await whole.arrayBuffer()).equals(LARGE)).toBe(true);
		const part = ask({ range: `bytes=${PIECE_BYTES - 2}-${PIECE_BYTES + 1}` });
		expect([part.status, part.headers.get('content-range')]).toEqual([
			206,
			`bytes ${PIECE_BYTES - 2}-${PIECE_BYTES + 1}/${LARGE.byteLength}`
		]);
		expect(Buffer.from(await part.arrayBuffer()).equals(LARGE.subarray(PIECE_BYTES - 2, PIECE_BYTES + 2))).toBe(true);
		expect(ask({ range: `bytes=${LARGE.byteLength}-` }).status).toBe(416);
		expect(ask({ 'if-none-match': whole.headers.get('etag')! }).status).toBe(304);
		expect(ask({ range: 'bytes=0-1', 'if-range': '"another"' }).status, 'of another file the whole').toBe(200);
	});
});

test.each([
	['bytes=0-9', { from: 0, to: 9 }],
	['bytes=90-', { from: 90, to: 99 }],
	['bytes=90-1000', { from: 90, to: 99 }],
	['bytes=-10', { from: 90, to: 99 }],
	['bytes=-1000', { from: 0, to: 99 }],
	['bytes=5-4', 'unsatisfiable'],
	['bytes=100-', 'unsatisfiable'],
	['bytes=0-1,5-6', null],
	['lines=1-2', null],
	['bytes=-', null],
	[null, null]
])('of 100 bytes %s are %j', (header, range) => expect(rangeOf(header, 100)).toEqual(range));

test('pieces are of one size, however the bytes come', async () => {
	for (const size of [1_000, PIECE_BYTES, 3 * PIECE_BYTES]) {
		const sizes: number[] = [];
		for await (const piece of inPieces(inChunks(LARGE, size))) sizes.push(piece.byteLength);
		expect(sizes).toEqual([PIECE_BYTES, PIECE_BYTES, 77]);
	}
});
