import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbedded } from './lite.ts';
import { applyMigrations } from './migrations.ts';
import { readSettings } from './settings.ts';

test('the data API leaves the grants of the migrations as they are', async () => {
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	await applyMigrations(sql, resolve(import.meta.dirname, '../../../../supabase/migrations'));
	const grants = () =>
		sql.query(
			`select table_name, column_name, grantee, privilege_type from information_schema.column_privileges
			where table_schema = 'public' and grantee in ('anon', 'authenticated') order by 1, 2, 3, 4`
		);
	const before = await grants();
	expect(before.length).toBeGreaterThan(100);
	const call = (path: string) => backend.fetch(`${backend.url}/rest/v1/${path}`, { headers: { apikey: backend.publishableKey } });
	expect((await call('people?select=id')).status, 'a visitor reads nothing').toBe(401);
	expect((await call('document_updates?select=id')).status).toBe(401);
	expect(await grants()).toEqual(before);
	await close();
}, 60_000);
