import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANCHOR } from '../../src/lib/comments/anchors.ts';
import { onlyOne } from '../../src/lib/documents/library/files.server.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import type { App } from '../../src/lib/server/app.ts';
import { Files } from '../../src/lib/server/files/files.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import type { Job } from '../../src/lib/server/jobs/job.ts';
import { freezeUpdates } from '../../src/lib/versions/freezing.server.ts';
import { makeRestorePoint, queueRestorePoints, RESTORE_POINT } from '../../src/lib/versions/restore-points.server.ts';
import { embeddedShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { storedUpdates } from './support/stored-updates.ts';

/** Eight in the evening in Vietnam. */
const EVENING = new Date('2026-11-30T13:05:00Z');
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let shelf: Shelf;
let files: Files;
let door: Pick<App, 'sql' | 'files' | 'sync'>;

beforeAll(async () => {
	shelf = await embeddedShelf();
	files = new Files(shelf.sql, new RowsHome(shelf.sql));
	door = { sql: shelf.sql, files, sync: storedUpdates(shelf.sql) as App['sync'] };
});
afterAll(() => shelf?.close());

function textOf(words: string, image?: string): Uint8Array {
	const paragraph = { type: 'paragraph', attrs: { uid: 'p1' }, content: [{ type: 'text', text: words }] };
	const picture = { type: 'image', attrs: { uid: 'i1', src: image, alt: 'Sơ đồ' } };
	return jsonToUpdate({ type: 'doc', content: image ? [paragraph, picture] : [paragraph] });
}

const put = (words: string) => putDocument(shelf, [textOf(words)], { version: SCHEMA_VERSION });

async function edit(id: string, bytes: Uint8Array, at = 'now()'): Promise<void> {
	await shelf.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)', [id, bytes]);
	await shelf.sql.query(`update public.documents set edited_at = ${at} where id = $1`, [id]);
}

const subject = (id: string) => ({
	id,
	workspaceId: shelf.workspaceId,
	title: 'Kế hoạch'.normalize('NFD'),
	kind: 'plan' as const,
	profile: 'nd30' as const
});

const freeze = async (id: string, label: string) =>
	freezeUpdates(door, subject(id), await door.sync.readStored(id), { label, note: '', personId: shelf.ownerId });

const contentOf = async (version: string) =>
	(await shelf.sql.query<{ content: string }>('select content from public.document_versions where id = $1', [version]))[0]
		.content;

test('the hash is that of the canonical text, which knows nothing of comments and is the same again', async () => {
	const id = await put('Ủy ban nhân dân'.normalize('NFD'));
	const first = await freeze(id, 'Dự thảo lần 1');
	const content = await contentOf(first.id);
	expect(first).toMatchObject({ number: 1, sha256: sha256(content) });
	expect(content).toBe(content.normalize('NFC'));
	expect(JSON.parse(content)).toMatchObject({ title: 'Kế hoạch', kind: 'plan', profile: 'nd30', schemaVersion: SCHEMA_VERSION });

	const doc = new Y.Doc();
	for (const update of await door.sync.readStored(id)) Y.applyUpdate(doc, update);
	const before = Y.encodeStateVector(doc);
	doc.getText('p1').format(0, 3, { [`${ANCHOR}5b0c6a5e-4c8e-4d8a-9a3e-0f3c1d2e4b5a`]: true });
	await edit(id, Y.encodeStateAsUpdate(doc, before));
	const second = await freeze(id, 'Dự thảo lần 2');
	expect(second).toMatchObject({ number: 2, sha256: first.sha256 });
	const [{ state }] = await shelf.sql.query<{ state: Uint8Array }>('select state from public.document_versions where id = $1', [
		second.id
	]);
	const kept = new Y.Doc();
	Y.applyUpdate(kept, state);
	expect(kept.getText('p1').toString().normalize('NFC'), 'its Yjs state is kept as well').toBe('Ủy ban nhân dân');
});

test('pictures are named by what they show, and stay for as long as the version', async () => {
	const id = await put('Sơ đồ');
	const { workspaceId, ownerId: personId } = shelf;
	const file = await files.put(onlyOne(PIXEL), { workspaceId, name: '', personId });
	const image = crypto.randomUUID();
	await shelf.sql.query(
		`insert into public.document_files (id, document_id, content_type, file_id) values ($1, $2, 'image/png', $3)`,
		[image, id, file.id]
	);
	await shelf.sql.query('delete from public.document_updates where document_id = $1', [id]);
	await edit(id, textOf('Sơ đồ', `/api/files/${image}`));
	const { id: version } = await freeze(id, 'Dự thảo lần 1');
	expect(await contentOf(version)).toContain(`"src":"sha256:${sha256(PIXEL)}"`);
	expect(await contentOf(version)).not.toContain(image);

	await shelf.sql.query('delete from public.document_files where id = $1', [image]);
	await shelf.sql.query(`update public.files set created_at = now() - interval '3 days'`);
	await files.sweep();
	expect(Buffer.from(await files.bytes(file.id)), 'although the document has it no more').toEqual(PIXEL);
	await shelf.sql.query('delete from public.documents where id = $1', [id]);
	await files.sweep();
	expect(await files.find(file.id), 'it goes with the version').toBeNull();
});

test('a text that nobody could freeze leaves no file behind', async () => {
	const id = await put('Một');
	await freeze(id, 'Dự thảo lần 1');
	const count = async () => (await shelf.sql.query('select id from public.files')).length;
	const before = await count();
	await expect(freeze(id, 'dự thảo LẦN 1')).rejects.toMatchObject({ status: 409, field: 'label' });
	expect(await count()).toBe(before);
});

test('a text that was changed is kept in the evening of its workspace, once', async () => {
	const id = await put('Sáng');
	const queued = async () =>
		(
			await shelf.sql.query<{ id: string }>(
				`select payload ->> 'document' as id from public.jobs where kind = $1 and state = 'waiting'`,
				[RESTORE_POINT]
			)
		).map((job) => job.id);
	const points = () =>
		shelf.sql.query(
			`select number from public.document_versions where document_id = $1 and kind = 'restore-point' order by number`,
			[id]
		);
	const run = () => makeRestorePoint(door)({ payload: { document: id } } as Job<{ document: string }>);

	await queueRestorePoints(shelf.sql, EVENING);
	expect(await queued(), 'nobody has changed it since it was begun').not.toContain(id);
	await edit(id, textOf('Chiều'), `now() + interval '1 second'`);
	await queueRestorePoints(shelf.sql, new Date(EVENING.getTime() - 3_600_000));
	expect(await queued(), 'the day is not over').not.toContain(id);
	await shelf.sql.query(`update public.workspaces set time_zone = 'Europe/Paris'`);
	await queueRestorePoints(shelf.sql, EVENING);
	expect(await queued(), 'elsewhere it is still afternoon').not.toContain(id);
	await shelf.sql.query(`update public.workspaces set time_zone = 'Asia/Ho_Chi_Minh'`);
	await queueRestorePoints(shelf.sql, EVENING);
	await queueRestorePoints(shelf.sql, EVENING);
	expect((await queued()).filter((queuedId) => queuedId === id)).toHaveLength(1);

	await run();
	expect(await points()).toEqual([{ number: 1 }]);
	await run();
	expect(await points(), 'the same again says nothing new').toEqual([{ number: 1 }]);
	await edit(id, textOf('Tối'));
	await run();
	expect(await points()).toEqual([{ number: 1 }, { number: 2 }]);
});
