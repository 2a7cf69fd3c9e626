import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { backUp, restore } from './archive.ts';
import { openEmbedded } from './backend/lite.ts';
import { applyMigrations } from './backend/migrations.ts';
import { readSettings } from './backend/settings.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../../supabase/migrations');

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
	await first.sql.query(`insert into public.people (id, email, full_name) values ($1, 'owner@example.test', 'Trần Thị Chủ')`, [account.id]);
	const [workspace] = await first.sql.query<{ id: string }>(`insert into public.workspaces (name, slug) values ('Thành phố', 'thanh-pho') returning id`);
	const [parent] = await first.sql.query<{ id: string }>(`insert into public.agencies (workspace_id, name, short_name, code) values ($1, 'Ủy ban', 'UB', 'UBND') returning id`, [workspace.id]);
	await first.sql.query(`insert into public.agencies (workspace_id, name, short_name, code, parent_id) values ($1, 'Văn phòng', 'VP', 'VP', $2)`, [workspace.id, parent.id]);
	await first.sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'owner')`, [workspace.id, account.id, parent.id]);
	const [document] = await first.sql.query<{ id: string }>(
		`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id, created_by) values ($1, 'Nghị quyết', 'nd30', 'resolution', $2, $3) returning id`,
		[workspace.id, parent.id, account.id]
	);
	await first.sql.query(`insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)`, [document.id, new Uint8Array([0, 1, 254, 255])]);
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'plenum.tar.gz');
	const tables = ['public.people', 'public.agencies', 'public.members', 'public.documents', 'public.document_updates', 'public.audit_events'];
	const contents = async (sql: typeof first.sql) => Promise.all(tables.map((table) => sql.query(`select to_jsonb(t) as row from ${table} t order by t::text`)));
	const before = await contents(first.sql);
	const written = await backUp(first.sql, file, '0.1.0');
	await first.close();

	const second = await emptyInstallation();
	expect(await restore(second.sql, file)).toBe(written);
	expect(await contents(second.sql)).toEqual(before);
	const signIn = await second.backend.fetch(`${second.backend.url}/auth/v1/token?grant_type=password`, {
		method: 'POST',
		headers: { apikey: second.backend.publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email: 'owner@example.test', password: 'correct horse battery' })
	});
	expect(signIn.status).toBe(200);
	const [next] = await second.sql.query<{ id: number }>(`insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2) returning id`, [document.id, new Uint8Array([1])]);
	expect(next.id).toBe(2);
	await expect(restore(second.sql, file)).rejects.toThrow('already holds a workspace');
	await second.close();
}, 60_000);

test('a file that is no backup is refused and changes nothing', async () => {
	const { sql, close } = await emptyInstallation();
	const file = join(mkdtempSync(join(tmpdir(), 'plenum-backup-')), 'other.tar.gz');
	writeFileSync(file, gzipSync(Buffer.alloc(1024)));
	await expect(restore(sql, file)).rejects.toThrow('is not a backup');
	await close();
}, 60_000);
