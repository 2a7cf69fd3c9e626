import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUp } from './back-up.ts';
import { readEntries, writeEntries, type AddEntry } from './entries.ts';
import { restore } from './restore.ts';
import { openEmbedded } from '../backend/lite.ts';
import { applyMigrations } from '../backend/migrations.ts';
import { RowsHome } from '../files/rows-home.ts';
import { readSettings } from '../backend/settings.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../../../supabase/migrations');

async function emptyInstallation() {
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	await applyMigrations(sql, MIGRATIONS);
	return { sql, backend, close };
}

test('a backup restored into an empty installation brings back every row, byte and password', async () => {
	const first = await emptyInstallation();
	const account = await first.backend.createAccount('owner@example.test', 'correct horse battery');
	if (typeof account === 'string') throw new Error(account);
	await first.sql.query(`insert into public.people (id, email, full_name) values ($1, 'owner@example.test', 'Trần Thị Chủ')`, [
		account.id
	]);
	const [workspace] = await first.sql.query<{ id: string }>(
		`insert into public.workspaces (name, slug) values ('Thành phố', 'thanh-pho') returning id`
	);
	const [parent] = await first.sql.query<{ id: string }>(
		`insert into public.agencies (workspace_id, name, short_name, code) values ($1, 'Ủy ban', 'UB', 'UBND') returning id`,
		[workspace.id]
	);
	await first.sql.query(
		`insert into public.agencies (workspace_id, name, short_name, code, parent_id) values ($1, 'Văn phòng', 'VP', 'VP', $2)`,
		[workspace.id, parent.id]
	);
	await first.sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'owner')`, [
		workspace.id,
		account.id,
		parent.id
	]);
	const [document] = await first.sql.query<{ id: string }>(
		`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id, created_by) values ($1, 'Nghị quyết', 'nd30', 'resolution', $2, $3) returning id`,
		[workspace.id, parent.id, account.id]
	);
	await first.sql.query(`insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)`, [
		document.id,
		new Uint8Array([0, 1, 254, 255])
	]);
	const image = randomBytes(2_500_000);
	await first.sql.query(`insert into public.document_files (document_id, content_type, bytes) values ($1, 'image/png', $2)`, [
		document.id,
		image
	]);
	await first.sql.query(
		`insert into public.document_snapshots (document_id, epoch, bytes, state_vector) values ($1, 1, $2, '')`,
		[document.id, randomBytes(1024 * 1024)]
	);
	await first.sql.query('select private.mail_password_reset($1)', [account.id]);
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'plenum.tar.gz');
	const tables = [
		'public.people',
		'public.agencies',
		'public.members',
		'public.documents',
		'public.document_updates',
		'public.document_files',
		'public.document_snapshots',
		'public.audit_events'
	];
	const contents = async (sql: typeof first.sql) =>
		Promise.all(tables.map((table) => sql.query(`select to_jsonb(t) as row from ${table} t order by t::text`)));
	const before = await contents(first.sql);
	const written = await backUp(first.sql, new RowsHome(first.sql), file, '0.1.0');
	await first.close();

	const second = await emptyInstallation();
	expect(await restore(second.sql, file)).toBe(written);
	expect(await contents(second.sql)).toEqual(before);
	expect(await second.sql.query('select workspace_id from public.work_holds'), 'its work waits for an owner').toEqual([
		{ workspace_id: workspace.id }
	]);
	expect(await second.sql.query('select state from public.outbox'), 'a link that was of the hour is not sent').toEqual([
		{ state: 'cancelled' }
	]);
	const signIn = await second.backend.fetch(`${second.backend.url}/auth/v1/token?grant_type=password`, {
		method: 'POST',
		headers: { apikey: second.backend.publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email: 'owner@example.test', password: 'correct horse battery' })
	});
	expect(signIn.status).toBe(200);
	const [next] = await second.sql.query<{ id: number }>(
		`insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2) returning id`,
		[document.id, new Uint8Array([1])]
	);
	expect(next.id).toBe(2);
	await expect(restore(second.sql, file)).rejects.toThrow('already holds a workspace');
	await second.close();
}, 60_000);

describe('an archive that cannot be trusted is refused before a row is written', () => {
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'plenum.tar.gz');
	let installation: Awaited<ReturnType<typeof emptyInstallation>>;
	beforeAll(async () => {
		installation = await emptyInstallation();
		await installation.sql.query(`insert into auth.users (id, email) values (gen_random_uuid(), 'owner@example.test')`);
		await installation.sql.query(
			`insert into public.people (id, email, full_name) select id, email, 'Trần Thị Chủ' from auth.users`
		);
		await backUp(installation.sql, new RowsHome(installation.sql), file, '0.1.0');
		await installation.sql.script('delete from public.people; delete from auth.users');
	}, 60_000);
	afterAll(() => installation.close());

	const cases: [string, (whole: Whole) => Buffer | Promise<Buffer>, string][] = [
		['no backup', () => gzipSync(Buffer.alloc(1024)), 'is not a backup'],
		['no archive at all', () => Buffer.from('PK'), 'is not a backup'],
		['cut off', ({ bytes }) => bytes.subarray(0, bytes.length - 20), 'not whole'],
		['cut off between two entries', ({ entries }) => packed(entries.slice(0, -1)), 'its end is missing'],
		[
			'without one of its entries',
			({ entries }) => packed(entries.filter(({ name }) => !name.startsWith('public.people/'))),
			'public.people/000000.json is missing'
		],
		[
			'with a changed entry',
			({ entries }) => packed(entries.map(({ name, text }) => ({ name, text: text.replace('Chủ', 'Chú') }))),
			'public.people/000000.json is not what was written'
		],
		[
			'with an entry too many',
			({ entries }) => packed([...entries.slice(0, -1), { name: 'public.people/000001.json', text: '[]' }, entries.at(-1)!]),
			'more than was written'
		],
		[
			'of a later format',
			({ entries }) => packed(entries.map(({ name, text }) => ({ name, text: text.replace('"format":2', '"format":3') }))),
			'has format 3'
		]
	];
	test.each(cases)('%s', async (_, damage, sentence) => {
		const damaged = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'damaged.tar.gz');
		writeFileSync(damaged, await damage({ bytes: readFileSync(file), entries: await entriesOf(file) }));
		const writing = vi.spyOn(installation.sql, 'transaction');
		await expect(restore(installation.sql, damaged)).rejects.toThrow(sentence);
		expect(writing).not.toHaveBeenCalled();
	});

	test('one of format 1, which named no contents, is read', async () => {
		const [, ...rows] = (await entriesOf(file)).slice(0, -1);
		const manifest = { format: 1, version: '0.1.0', createdAt: '2026-11-01T00:00:00Z', migrations: [] };
		const earlier = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'earlier.tar.gz');
		writeFileSync(earlier, await packed([{ name: 'manifest.json', text: JSON.stringify(manifest) }, ...rows]));
		expect(await restore(installation.sql, earlier)).toBe(2);
		expect(await installation.sql.query('select full_name from public.people')).toEqual([{ full_name: 'Trần Thị Chủ' }]);
	});
});

test('a backup that fails says why and leaves no file', async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'plenum.tar.gz');
	const fill = async (add: AddEntry) => {
		await add('manifest.json', Buffer.from('{}'));
		throw new Error('the database has gone');
	};
	await expect(writeEntries(file, fill)).rejects.toThrow('the database has gone');
	expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
	await expect(
		writeEntries('/proc/plenum.tar.gz', (add) => add('manifest.json', Buffer.from('{}')).then(() => {}))
	).rejects.toThrow('ENOENT');
});

interface Whole {
	bytes: Buffer;
	entries: Named[];
}

interface Named {
	name: string;
	text: string;
}

async function entriesOf(file: string): Promise<Named[]> {
	return Array.fromAsync(readEntries(file), ({ name, bytes }) => ({ name, text: bytes.toString() }));
}

async function packed(entries: Named[]): Promise<Buffer> {
	const archive = pack();
	for (const { name, text } of entries) archive.entry({ name }, text);
	archive.finalize();
	return gzipSync(await buffer(archive));
}
