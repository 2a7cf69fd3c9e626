import { fork } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forgetExports } from '../../src/lib/documents/library/exports.server.ts';
import { makeExport } from '../../src/lib/documents/library/make-export.server.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { actAs } from '../../src/lib/server/act-as.ts';
import type { App } from '../../src/lib/server/app.ts';
import { Files } from '../../src/lib/server/files/files.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import type { JobHandler } from '../../src/lib/server/jobs/job.ts';
import { type Jobs, startJobs } from '../../src/lib/server/jobs/jobs.ts';
import { freshDatabase } from '../support/services.ts';
import { embeddedShelf, heardLog, postgresShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { testWith } from '../sync/support/services.ts';
import { until } from '../sync/support/wait.ts';
import { storedUpdates } from './support/stored-updates.ts';

const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);
/** A thread is started for the first of them. */
const SLOWLY_MS = 30_000;

const TEXT = jsonToUpdate({
	type: 'doc',
	content: [{ type: 'paragraph', attrs: { uid: 'p1' }, content: [{ type: 'text', text: 'Ủy ban nhân dân thành phố' }] }]
});

let shelf: Shelf;
let files: Files;
const nodes: Jobs[] = [];

interface Options {
	name?: string;
	sync?: Pick<App['sync'], 'readUpdates'>;
	leaseMs?: number;
}

/** A node that makes exports. */
async function node({ name = 'one', sync = storedUpdates(shelf.sql), leaseMs }: Options = {}): Promise<void> {
	const handler = makeExport({ sql: shelf.sql, files, sync: sync as App['sync'] }) as JobHandler;
	nodes.push(
		await startJobs({
			sql: shelf.sql,
			log: heardLog().log,
			node: name,
			handlers: { 'make-export': handler },
			retryMs: 1,
			leaseMs
		})
	);
}

const as = <T>(personId: string, text: string, params: unknown[] = []) =>
	shelf.sql.transaction((tx) => actAs(tx, personId, (asPerson) => asPerson.query<T>(text, params)));

/** A member of another agency, with whom the document is shared. */
async function putReader(documentId: string): Promise<string> {
	const [agencyId, personId] = [crypto.randomUUID(), crypto.randomUUID()];
	const { sql, workspaceId } = shelf;
	await sql.query(`insert into public.agencies (id, workspace_id, name, short_name, code) values ($1, $2, 'Sở', 'S', 'S')`, [
		agencyId,
		workspaceId
	]);
	await sql.query(`insert into auth.users (id, email) values ($1, 'reader@plenum.test')`, [personId]);
	await sql.query(`insert into public.people (id, email, full_name) values ($1, 'reader@plenum.test', 'An')`, [personId]);
	await sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'member')`, [
		workspaceId,
		personId,
		agencyId
	]);
	await sql.query(
		`insert into public.document_access (workspace_id, document_id, person_id, role) values ($1, $2, $3, 'viewer')`,
		[workspaceId, documentId, personId]
	);
	return personId;
}

async function request(documentId: string, personId = shelf.ownerId): Promise<string> {
	const [{ id }] = await as<{ id: string }>(personId, 'select public.request_export($1, $2) as id', [documentId, 'txt']);
	return id;
}

interface Seen {
	state: string;
	progress: number;
}

const seen = async (id: string, personId = shelf.ownerId) =>
	(await as<Seen>(personId, 'select state, progress from public.export_list where id = $1', [id]))[0];
const become = (id: string, state: string) =>
	until(`the export is ${state}`, async () => (await seen(id))?.state === state && seen(id), SLOWLY_MS);

async function fileOf(id: string): Promise<{ name: string; text: string } | null> {
	const [row] = await shelf.sql.query<{ fileId: string | null }>('select file_id as "fileId" from public.exports where id = $1', [
		id
	]);
	const file = row?.fileId ? await files.find(row.fileId) : null;
	return file && { name: file.name, text: Buffer.from(await files.bytes(file.id)).toString() };
}

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', withPostgres, () => postgresShelf(postgresFound!)]
] as const)('exports made by jobs %s', (where, place, open) => {
	const isThere = where === 'on PGlite' || postgresFound !== null;

	beforeAll(async () => {
		if (!isThere) return;
		shelf = await open();
		files = new Files(shelf.sql, new RowsHome(shelf.sql));
	});
	afterEach(async () => {
		await Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));
		if (isThere) await shelf.sql.script('delete from public.exports; delete from public.files');
	});
	afterAll(async () => {
		if (isThere) await shelf.close();
	});

	place('whoever asked is told each step, and has a file that is called as the document', { timeout: SLOWLY_MS }, async () => {
		const heard: string[] = [];
		const stop = await shelf.sql.listen('plenum_live', (payload) => heard.push(payload));
		const id = await request(await putDocument(shelf, [TEXT], { version: 2 }));
		expect(await seen(id)).toEqual({ state: 'waiting', progress: 0 });
		await node();
		await node({ name: 'two' });
		expect(await become(id, 'done')).toEqual({ state: 'done', progress: 1 });
		expect(await fileOf(id)).toEqual({ name: 'Kế hoạch.txt', text: expect.stringContaining('Ủy ban nhân dân thành phố') });
		const ours = heard.map((payload) => JSON.parse(payload) as object);
		const announcement = { topic: `person:${shelf.ownerId}`, kind: 'export', id };
		expect(ours.filter((message) => JSON.stringify(message) === JSON.stringify(announcement)).length).toBeGreaterThanOrEqual(3);
		const files = await shelf.sql.query('select id from public.files');
		expect(files.length, 'two nodes make one file').toBe(1);
		await stop();
	});

	place('one that is given up while it is made stops, and leaves no file', { timeout: SLOWLY_MS }, async () => {
		let signalled = false;
		const id = await request(await putDocument(shelf, [TEXT], { version: 2 }));
		let letGo = () => {};
		const held = new Promise<void>((resolve) => (letGo = resolve));
		await node({
			sync: {
				readUpdates: async () => {
					signalled = true;
					await held;
					return [TEXT];
				}
			}
		});
		await until('it is being made', () => signalled);
		const [{ job }] = await as<{ job: string }>(shelf.ownerId, 'select job_id as job from public.exports where id = $1', [id]);
		await as(shelf.ownerId, 'delete from public.exports where id = $1', [id]);
		letGo();
		const [{ state }] = await as<{ state: string }>(shelf.ownerId, 'select state from public.jobs where id = $1', [job]);
		expect(state).toBe('discarded');
		await Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));
		expect(await shelf.sql.query('select id from public.files')).toEqual([]);
	});

	place('who may not read the document any more gets nothing, and nothing is tried again', { timeout: SLOWLY_MS }, async () => {
		const documentId = await putDocument(shelf, [TEXT], { version: 2 });
		const reader = await putReader(documentId);
		const id = await request(documentId, reader);
		await shelf.sql.query('delete from public.document_access where document_id = $1', [documentId]);
		await node();
		const jobOf = async () =>
			(await shelf.sql.query<object>('select state, attempts, reason from public.jobs where key = $1', [id]))[0];
		await until('it failed', async () => ((await jobOf()) as { state: string }).state === 'failed');
		expect(await jobOf()).toMatchObject({ attempts: 1, reason: 'the person may not read the document any more' });
		expect(await seen(id, reader), 'hidden').toBeUndefined();
		expect(await fileOf(id)).toBeNull();
	});

	place('after its day an export is forgotten, and its file goes with the next sweep', { timeout: SLOWLY_MS }, async () => {
		const id = await request(await putDocument(shelf, [TEXT], { version: 2 }));
		await node();
		await become(id, 'done');
		await forgetExports(shelf.sql);
		expect(await fileOf(id), 'on the same day').not.toBeNull();
		await shelf.sql.query(`update public.exports set expires_at = now() - interval '1 second'`);
		await shelf.sql.query(`update public.files set created_at = now() - interval '25 hours'`);
		await forgetExports(shelf.sql);
		await files.sweep();
		expect(await shelf.sql.query('select id from public.files')).toEqual([]);
	});
});

withPostgres('an export whose process was killed in the middle is made by another node', { timeout: SLOWLY_MS }, async () => {
	const database = (await freshDatabase())!;
	const own = await postgresShelf(database);
	const child = fork(new URL('./support/export-process.ts', import.meta.url), [database.url], { execArgv: [] });
	try {
		shelf = own;
		files = new Files(own.sql, new RowsHome(own.sql));
		const id = await request(await putDocument(own, [TEXT], { version: 2 }));
		await new Promise((begun) => child.once('message', begun));
		child.kill('SIGKILL');
		await node({ name: 'survivor' });
		await become(id, 'done');
		expect((await fileOf(id))?.text).toContain('Ủy ban nhân dân thành phố');
	} finally {
		child.kill('SIGKILL');
		await Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));
		await own.close();
	}
});
