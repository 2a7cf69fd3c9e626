import { resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { comparePassword, hashPassword } from '../passwords.ts';
import { openEmbedded } from './lite.ts';
import { applyMigrations } from './migrations.ts';
import { readSettings } from './settings.ts';

vi.mock('../passwords.ts', { spy: true });

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

test('passwords are hashed and compared in threads, for lite too', async () => {
	const { default: bcrypt, compare } = await import('bcryptjs');
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	expect(bcrypt).toMatchObject({ hash: hashPassword });
	const hashing = vi.spyOn(bcrypt, 'hash');
	const comparing = vi.spyOn(bcrypt, 'compare');
	expect(await backend.createAccount('hoa@sample.test', 'mat-khau-thu-nghiem')).toHaveProperty('id');
	const signIn = async (password: string) => {
		const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
		const body = JSON.stringify({ email: 'hoa@sample.test', password });
		return (await backend.fetch(`${backend.url}/auth/v1/token?grant_type=password`, { method: 'POST', headers, body })).status;
	};
	expect([await signIn('mat-khau-thu-nghiem'), await signIn('mat-khau-khac')]).toEqual([200, 400]);
	expect([hashing.mock.calls.length, comparing.mock.calls.length]).toEqual([1, 2]);
	const [{ encrypted_password: stored }] = await sql.query<{ encrypted_password: string }>(
		'select encrypted_password from auth.users'
	);
	expect(await compare('mat-khau-thu-nghiem', stored)).toBe(true);
	await close();
}, 60_000);

test('a refusal costs one comparison, whether or not there is such an account', async () => {
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	await backend.createAccount('hoa@sample.test', 'mat-khau-thu-nghiem');
	const costs: string[][] = [];
	for (const email of ['hoa@sample.test', 'nobody@sample.test', 'no address', '']) {
		vi.mocked(comparePassword).mockClear();
		const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
		const body = JSON.stringify({ email, password: 'mat-khau-khac' });
		expect(
			(await backend.fetch(`${backend.url}/auth/v1/token?grant_type=password`, { method: 'POST', headers, body })).status
		).toBe(400);
		costs.push(vi.mocked(comparePassword).mock.calls.map(([, hash]) => hash.slice(0, 7)));
	}
	expect(costs).toEqual(Array(4).fill(['$2b$10$']));
	await close();
}, 60_000);

test('a session knows the browser that has it, and a new account has none', async () => {
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	await backend.createAccount('hoa@sample.test', 'mat-khau-thu-nghiem');
	expect(await sql.query('select 1 from auth.sessions')).toEqual([]);
	const ask = async (grant: string, userAgent: string, body: object) => {
		const headers = { apikey: backend.publishableKey, 'content-type': 'application/json', 'user-agent': userAgent };
		const response = await backend.fetch(`${backend.url}/auth/v1/token?grant_type=${grant}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body)
		});
		return (await response.json()) as { refresh_token: string };
	};
	const { refresh_token } = await ask('password', 'Firefox 130', { email: 'hoa@sample.test', password: 'mat-khau-thu-nghiem' });
	expect(await sql.query('select user_agent from auth.sessions')).toEqual([{ user_agent: 'Firefox 130' }]);
	await ask('refresh_token', `Firefox 131${' '.repeat(1000)}.`, { refresh_token });
	expect(await sql.query('select rtrim(user_agent) as name, length(user_agent) <= 400 as short from auth.sessions')).toEqual([
		{ name: 'Firefox 131', short: true }
	]);
	await close();
}, 60_000);

test('the thread opens PGlite as lite itself would', async () => {
	const { PgliteConnection } = await import('@supabase/lite/pglite');
	const theirs = new PgliteConnection({});
	const ours = await openEmbedded(null);
	const samples = `select 9007199254740991::int8 as a, 9007199254740993::int8 as b, '{"a":[1]}'::json as c, '{"a":null}'::jsonb as d, 1.5::numeric as e,
		1.50::numeric as f, 12345678901234567890.5::numeric as g, '2026-11-05'::date as h, '10:00'::time as i, '2026-11-05 10:00'::timestamp as j,
		'2026-11-05 10:00+07'::timestamptz as k, '10:00+07'::timetz as l, array[1, 2]::int8[] as m, '\\x00ff'::bytea as n, true as o, null as p, '{x,y}'::text[] as q`;
	const extensions = 'select name from pg_available_extensions order by name';
	for (const text of [samples, extensions]) expect(await ours.sql.query(text)).toEqual((await theirs.driver.query(text)).rows);
	await ours.close();
	await theirs.driver.close();
}, 60_000);
