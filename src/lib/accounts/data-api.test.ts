import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { provideApp, type App } from '../server/app.ts';
import { createAccessToken, revokeAccessToken } from './access-tokens.server.ts';
import { answerDataApi } from './data-api.server.ts';
import { resetPassword } from './password-resets.server.ts';
import { bearerClient } from './session.server.ts';
import { testApp } from '../../../tests/support/test-app.ts';
import { hashToken } from './tokens.server.ts';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

const PASSWORD = 'một câu dài dễ nhớ';
let stage: Awaited<ReturnType<typeof testApp>>;

beforeAll(async () => {
	stage = await testApp();
	provideApp(stage.app);
	for (const name of ['an', 'binh']) {
		const { id } = (await stage.app.backend.createAccount(`${name}@plenum.test`, PASSWORD)) as { id: string };
		await stage.app.sql.query('insert into public.people (id, email, full_name) values ($1, $2, $2)', [
			id,
			`${name}@plenum.test`
		]);
		await stage.app.sql.query('insert into public.password_resets (person_id) values ($1)', [id]);
	}
	await stage.app.sql.script(`
		insert into public.workspaces (name, slug) values ('Thành phố', 'thanh-pho');
		insert into public.agencies (workspace_id, name, short_name, code) select id, 'Văn phòng', 'VP', 'VP' from public.workspaces;`);
});
beforeEach(() => void (stage.ended.length = 0));
afterAll(() => stage?.close());

test.each([
	['POST', '/auth/v1/signup'],
	['PUT', '/auth/v1/user'],
	['POST', '/auth/v1/recover'],
	['POST', '/auth/v1/otp'],
	['GET', '/auth/v1/admin/users'],
	['GET', '/auth/v1/token/../admin/users'],
	['GET', '/storage/v1/object/x']
])('%s %s is closed', async (method, path) => {
	expect((await call(method, path))?.status).toBe(404);
});

test('pages are none of its business', async () => {
	expect(await call('GET', '/ubnd/people')).toBeNull();
	expect(await call('GET', '/authority/v1/token')).toBeNull();
});

test('a script signs in, reads under row level security, and signs out with its live connections', async () => {
	const session = (await (await signIn(PASSWORD))!.json()) as { access_token: string; user: { id: string } };
	const headers = { authorization: `Bearer ${session.access_token}` };
	expect(await read('people?select=id', headers)).toEqual([{ id: session.user.id }]);
	expect(await read('people?select=email', headers), 'not even by themselves past the list of members').toMatchObject({
		code: '42501'
	});
	expect(await read('people?select=id')).toMatchObject({ code: '42501' });
	expect(await read('password_resets?select=*', headers)).toMatchObject({ code: '42501' });
	expect((await call('POST', '/auth/v1/logout?scope=local', { headers }))!.ok).toBe(true);
	expect(stage.ended).toEqual([[session.user.id, expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
	expect((await call('GET', '/auth/v1/user', { headers }))!.ok).toBe(false);
});

test.each([
	[null],
	['x'],
	[{ email: 1, password: PASSWORD }],
	[{ email: ['an@plenum.test'], password: PASSWORD }],
	[{ email: 'an@plenum.test\0', password: PASSWORD }],
	[{ refresh_token: {} }]
])('a sign-in with %j is refused with 400', async (body) => {
	for (const grant of ['password', 'refresh_token'])
		expect((await call('POST', `/auth/v1/token?grant_type=${grant}`, { body }))?.status).toBe(400);
});

test.each([
	['a text that is none', 'PATCH', 'people?id=not.is.null', { full_name: ['An'] }, 400],
	['an id that is none', 'GET', 'people?id=eq.x', undefined, 400],
	['a NUL', 'PATCH', 'people?id=not.is.null', { full_name: 'A\0' }, 400],
	['what does not exist', 'POST', 'rpc/record_disconnection', { document: '00000000-0000-0000-0000-000000000000' }, 404]
])('the data API answers %s as the fault of the one who asks', async (_, method, path, body, status) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	expect((await call(method, `/rest/v1/${path}`, { headers: { authorization: `Bearer ${access_token}` }, body }))?.status).toBe(
		status
	);
});

test.each(['fold_text', 'search_words', 'sort_key', 'record_event'])(
	'the function %s, which only columns and other functions use, is not reached',
	async (name) => {
		const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
		for (const profile of ['public', 'private']) {
			const headers = { authorization: `Bearer ${access_token}`, 'content-profile': profile };
			const response = (await call('POST', `/rest/v1/rpc/${name}`, { headers, body: { input: 'Ủy ban' } }))!;
			expect([404, 406]).toContain(response.status);
		}
	}
);

test('a function takes no text without end', async () => {
	const preview = (token: string) => call('POST', '/rest/v1/rpc/invitation_preview', { body: { token } });
	expect(await (await preview('x'.repeat(200)))!.json()).toEqual([]);
	expect(await (await preview('x'.repeat(201)))!.json()).toMatchObject({ code: '23514' });
});

test.each([
	['a sign-in', '/auth/v1/token?grant_type=password', 64 * 1024],
	['a renewal', '/auth/v1/token?grant_type=refresh_token', 64 * 1024],
	['a write', '/rest/v1/people', 1024 * 1024],
	['a function', '/rest/v1/rpc/invitation_preview', 1024 * 1024]
])('%s takes no body that is larger than allowed', async (_, path, most) => {
	const padded = (bytes: number) => ({ x: 'x'.repeat(bytes - '{"x":""}'.length) });
	expect((await call('POST', path, { body: padded(most + 1) }))!.status).toBe(413);
	expect((await call('POST', path, { body: padded(most) }))!.status).not.toBe(413);
});

test('what is nested too deeply is refused before anything walks over it', async () => {
	const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`) as unknown;
	const preview = async (levels: number) =>
		(await call('POST', '/rest/v1/rpc/invitation_preview', { body: nested(levels) }))!.status;
	expect([await preview(101), await preview(2000)]).toEqual([400, 400]);
	expect(await preview(3)).toBe(200);
});

test('tables are embedded in tables only so deep', async () => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const headers = { authorization: `Bearer ${access_token}` };
	const nested = (depth: number) => `workspaces?select=id${',members(workspaces(id'.repeat(depth / 2)}${'))'.repeat(depth / 2)}`;
	expect(await read('workspaces?select=id,members(role)', headers)).toEqual([]);
	expect(await read(nested(2), headers)).toMatchObject({ code: 'PGRST100' });
	expect(await read(nested(8).replaceAll('(', '%28'), headers), 'in another spelling').toMatchObject({ code: 'PGRST100' });
	const hidden = 'workspaces?select=members(")":role,workspaces(id))';
	expect(await read(hidden, headers), 'behind a quotation mark').toMatchObject({ code: 'PGRST100' });
});

test.each([
	`people?select=${Array.from({ length: 600 }, (_, n) => `a${n}:full_name`).join(',')}`,
	'people?select=full_name,b:full_name::text',
	`people?select=${Array.from({ length: 101 }, (_, n) => `c${n}`).join(',')}`,
	'workspaces?select=id,members(role,b:role)',
	`workspaces?select=id,${Array.from({ length: 4 }, (_, n) => `d${n}:documents(id)`).join(',')}`,
	'people?select=id&limit=x',
	'workspaces?select=id,members(role)&members.limit=1e9'
])('%.60s is refused before it makes an answer larger than its table', async (query) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	expect(await read(query, { authorization: `Bearer ${access_token}` })).toMatchObject({ code: 'PGRST100' });
});

test('an answer has at most a thousand rows, of the table and of what is embedded in it', async () => {
	const { access_token, user } = (await (await signIn(PASSWORD))!.json()) as { access_token: string; user: { id: string } };
	const headers = { authorization: `Bearer ${access_token}` };
	await stage.app.sql.query(
		`insert into public.members (workspace_id, person_id, agency_id, role) select workspace_id, $1, id, 'member' from public.agencies`,
		[user.id]
	);
	await stage.app.sql.script(`insert into public.agencies (workspace_id, name, short_name, code)
		select w.id, 'Sở ' || n, 'S' || n, 'S' || n from public.workspaces w, generate_series(1, 1010) n`);
	const count = async (query: string, more = {}) => ((await read(query, { ...headers, ...more })) as unknown[]).length;
	expect(await count('agencies?select=id')).toBe(1000);
	expect(await count('agencies?select=id&limit=5000')).toBe(1000);
	expect(await count('agencies?select=id', { range: '0-4999' })).toBe(1000);
	expect(await count('agencies?select=id&limit=7')).toBe(7);
	expect(await count('agencies?select=id&offset=1000')).toBe(11);
	expect(await count('agencies?select=id', { range: '3-5' })).toBe(3);
	for (const query of ['select=id,all:agencies(id)', 'select=id,all:agencies(id)&all.limit=5000']) {
		const [{ all }] = (await read(`workspaces?${query}`, headers)) as { all: unknown[] }[];
		expect(all).toHaveLength(1000);
	}
	const [{ workspaces }] = (await read('members?select=role,workspaces!inner(id)&limit=1', headers)) as { workspaces: object }[];
	expect(workspaces, 'one is no list').toHaveProperty('id');
	await stage.app.sql.script(`delete from public.agencies where code <> 'VP'`);
	await stage.app.sql.query('delete from public.members where person_id = $1', [user.id]);
});

test.each([
	['a hundred and one rows', 'application/json', JSON.stringify(Array.from({ length: 101 }, () => ({ full_name: 'x' }))), 400],
	['a hundred rows', 'application/json', JSON.stringify(Array.from({ length: 100 }, () => ({ full_name: 'x' }))), 403],
	['CSV', 'text/csv', `full_name\n${'x\n'.repeat(101)}`, 400],
	['no JSON', 'application/json', '{', 400]
])('a write of %s is answered with what it deserves', async (_, type, body, status) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const url = new URL('http://plenum.test/rest/v1/people');
	const headers = { apikey: stage.app.backend.publishableKey, 'content-type': type, authorization: `Bearer ${access_token}` };
	const request = new Request(url, { method: 'POST', headers, body });
	expect((await answerDataApi({ url, request, getClientAddress: () => '10.0.0.1' }))!.status).toBe(status);
});

test.each([
	'full_name=match.(((a*)*)*)*$',
	'full_name=imatch.x',
	'full_name=not.match.x',
	'full_name=match(any).{x}',
	'full_name=%6Datch.x',
	'full_name=ilike.*a*a*a*a*b',
	'full_name=like(all).{x}',
	'full_name=fts(english).a',
	'full_name=wfts.a',
	'or=(full_name.match.x,id.is.null)',
	'and=(id.is.null,or(full_name.not.imatch.x,full_name.eq.a))',
	'select=id,members(role)&members.role=match.x',
	'select=id,members(role)&members.or=(role.like.x)',
	`or=${'(and('.repeat(4)}id.is.null${'))'.repeat(4)}`,
	`or=(${Array.from({ length: 51 }, () => 'id.is.null').join(',')})`,
	Array.from({ length: 51 }, () => 'id=not.is.null').join('&')
])('a call with %s is refused before it holds the database up', async (query) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const response = (await call('GET', `/rest/v1/people?${query}`, { headers: { authorization: `Bearer ${access_token}` } }))!;
	expect(response.status).toBe(400);
	expect(await response.json()).toMatchObject({
		code: 'PGRST100',
		message: expect.stringMatching(/^(this call|the conditions)/)
	});
});

test.each([
	'full_name=eq.match.x',
	'or=(full_name.eq.like,and(full_name.eq.match,id.not.is.null))',
	`id=in.(${Array.from({ length: 200 }, () => crypto.randomUUID()).join(',')})`
])('a call with %s is answered', async (query) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	expect(await read(`people?select=id&${query}`, { authorization: `Bearer ${access_token}` })).toEqual([]);
});

test('an operator that hides in a value is a value', async () => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	for (const operator of ['$regex', '$like', '$ilikeAny']) {
		const query = `people?select=id&full_name=eq.${encodeURIComponent(JSON.stringify({ [operator]: '.' }))}`;
		const answer = await read(query, { authorization: `Bearer ${access_token}` });
		expect(Array.isArray(answer) ? answer : []).toEqual([]);
	}
});

test('strangers are slowed down before their bodies are read, and nobody else is', async () => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const path = '/rest/v1/rpc/invitation_preview';
	const large = { body: { token: 'x'.repeat(2_000_000) }, address: '10.2.0.1' };
	const statuses = await Promise.all(Array.from({ length: 301 }, async () => (await call('POST', path, large))!.status));
	expect(statuses).toEqual([...Array.from({ length: 300 }, () => 413), 429]);
	expect((await call('POST', path, { ...large, headers: { authorization: `Bearer ${access_token}` } }))!.status).toBe(413);
	expect((await call('GET', '/auth/v1/settings', { address: large.address }))!.status).toBe(200);
});

test('a token whose session has ended reads and writes nothing, however it is written', async () => {
	const { access_token: token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const rename = (authorization: string) =>
		call('PATCH', '/rest/v1/people?full_name=neq.x&select=full_name', {
			headers: { authorization, prefer: 'return=representation' },
			body: { full_name: 'Đổi tên' }
		});
	expect(await (await rename(`Bearer ${token}`))!.json()).toMatchObject([{ full_name: 'Đổi tên' }]);
	await call('POST', '/auth/v1/logout?scope=local', { headers: { authorization: `Bearer ${token}` } });
	for (const authorization of [
		`Bearer ${token}`,
		`Bearer  ${token}`,
		`bearer ${token}`,
		`Bearer ${token.slice(0, -3)} ${token.slice(-3)}`
	]) {
		const refused = (await rename(authorization))!;
		expect(refused.status, authorization.slice(0, 9)).toBe(401);
		expect(await refused.json()).toMatchObject({ code: 'PT401' });
		expect((await call('GET', '/rest/v1/people?select=id', { headers: { authorization } }))!.status).toBe(401);
	}
});

test.each([
	[
		'a new password',
		async ({ sql, sessions }: App, id: string) => {
			await sql.query(
				`insert into public.password_resets (person_id, token_hash, expires_at) values ($1, $2, now() + interval '1 hour')`,
				[id, hashToken('link')]
			);
			expect(await resetPassword({ sql, sessions }, 'link', PASSWORD)).not.toBeNull();
		}
	],
	[
		'the loss of the last workspace',
		({ sql }: App, id: string) => sql.query('delete from public.members where person_id = $1', [id])
	]
])('%s ends what a token may do', async (_, act) => {
	const session = (await (await signIn(PASSWORD))!.json()) as { access_token: string; user: { id: string } };
	const { sql } = stage.app;
	await sql.query(
		`insert into public.members (workspace_id, person_id, agency_id, role) select workspace_id, $1, id, 'member' from public.agencies`,
		[session.user.id]
	);
	const headers = { authorization: `Bearer ${session.access_token}` };
	expect(await read('workspaces?select=name', headers)).toEqual([{ name: 'Thành phố' }]);
	await act(stage.app, session.user.id);
	expect(await read('workspaces?select=name', headers)).toMatchObject({ code: 'PT401' });
	await sql.query('delete from public.members where person_id = $1', [session.user.id]);
});

/** Gives the person a token through the data API, as their own session may. */
async function giveToken(scope: 'read' | 'write') {
	const { access_token, user } = (await (await signIn(PASSWORD))!.json()) as { access_token: string; user: { id: string } };
	const made = await createAccessToken(bearerClient(stage.app.backend, access_token), { name: 'Báo cáo', scope, days: 30 });
	return { id: made.id, headers: { authorization: `Bearer ${made.token}` }, session: access_token, personId: user.id };
}

test('a program reads and writes as the person who gave it a token, until the token is revoked', async () => {
	const { id, headers, session, personId } = await giveToken('write');
	expect(await read('people?select=id', headers)).toEqual([{ id: personId }]);
	expect((await call('PATCH', `/rest/v1/people?id=eq.${personId}`, { headers, body: { full_name: 'Chương trình' } }))!.ok).toBe(
		true
	);
	expect(await read('people?select=full_name', headers)).toEqual([{ full_name: 'Chương trình' }]);
	expect(await revokeAccessToken(bearerClient(stage.app.backend, session), id)).toBe(true);
	const refused = (await call('GET', '/rest/v1/people?select=id', { headers }))!;
	expect(refused.status).toBe(401);
	expect(await refused.json()).toMatchObject({ code: 'PT401' });
});

test('a token to read writes nothing, in no way', async () => {
	const { headers, personId } = await giveToken('read');
	expect(await read('people?select=id', headers)).toEqual([{ id: personId }]);
	for (const [method, path, body] of [
		['PATCH', `people?id=eq.${personId}`, { full_name: 'x' }],
		['POST', 'documents', { title: 'x' }],
		['POST', 'rpc/my_data', {}],
		['DELETE', `members?person_id=eq.${personId}`, undefined]
	] as const)
		expect((await call(method, `/rest/v1/${path}`, { headers, body }))!.status, path).toBe(403);
	expect((await call('GET', '/rest/v1/rpc/end_session?session=00000000-0000-0000-0000-000000000000', { headers }))!.ok).toBe(
		false
	);
});

test('a program neither makes tokens nor ends sessions nor has a session of its own', async () => {
	const { id, headers, session } = await giveToken('write');
	const token = {
		name: 'x',
		scope: 'write',
		token_hash: 'a'.repeat(64),
		expires_at: new Date(Date.now() + 60_000).toISOString()
	};
	expect((await call('POST', '/rest/v1/access_tokens', { headers, body: token }))!.status).toBe(403);
	await call('PATCH', `/rest/v1/access_tokens?id=eq.${id}`, { headers, body: { revoked_at: new Date().toISOString() } });
	const own = { authorization: `Bearer ${session}` };
	for (const open of (await read('rpc/my_sessions', own)) as { id: string }[])
		await call('POST', '/rest/v1/rpc/end_session', { headers, body: { session: open.id } });
	expect((await call('GET', '/auth/v1/user', { headers }))!.ok).toBe(false);
	expect((await call('POST', '/auth/v1/logout?scope=global', { headers }))!.ok).toBe(false);
	expect(await read(`access_tokens?id=eq.${id}&select=revoked_at`, own), 'token and session are as they were').toEqual([
		{ revoked_at: null }
	]);
});

test('wrong, foreign and old tokens open nothing, and trying many is slowed down', async () => {
	const { id, headers } = await giveToken('read');
	const attempt = async (authorization: string, address?: string) =>
		(await call('GET', '/rest/v1/people?select=id', { headers: { authorization }, address }))!.status;
	expect(await attempt(`${headers.authorization}x`)).toBe(401);
	expect(await attempt('Bearer plenum_')).toBe(401);
	await stage.app.sql.query(
		`update public.access_tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
		[id]
	);
	expect(await attempt(headers.authorization)).toBe(401);
	const guess = () => attempt(`Bearer plenum_${'A'.repeat(43)}`, '10.3.0.1');
	const statuses = await Promise.all(Array.from({ length: 301 }, guess));
	expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

test('a token that nobody signed is refused, whatever it says', async () => {
	const forged = (claims: unknown) => `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
	for (const authorization of [
		forged({ role: 'service_role' }),
		forged({ sub: 'x', session_id: 'y' }),
		'Bearer ..',
		'Bearer a.b.c'
	]) {
		expect((await call('GET', '/rest/v1/people?select=id', { headers: { authorization } }))!.status).toBe(401);
	}
});

test('a GET calls no function that writes', async () => {
	const session = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	const headers = { authorization: `Bearer ${session.access_token}` };
	const [{ id }] = (await read('rpc/my_sessions', headers)) as { id: string }[];
	expect((await call('GET', `/rest/v1/rpc/end_session?session=${id}`, { headers }))!.ok).toBe(false);
	expect(await read('rpc/my_sessions', headers)).toContainEqual(expect.objectContaining({ id }));
});

test('guessing is slowed down as on the page', async () => {
	for (let time = 0; time < 10; time++) expect((await signIn('sai', `2001:db8::${time}`))!.status).toBe(400);
	const response = (await signIn(PASSWORD, '2001:db8::ffff'))!;
	expect(response.status).toBe(429);
	expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await signIn(PASSWORD, '2001:db8:0:1::1'))!.status, 'the owner of the account, elsewhere').toBe(200);
});

async function read(query: string, headers?: Record<string, string>) {
	return (await call('GET', `/rest/v1/${query}`, { headers }))!.json();
}

function signIn(password: string, address?: string) {
	return call('POST', '/auth/v1/token?grant_type=password', { body: { email: 'an@plenum.test', password }, address });
}

function call(
	method: string,
	path: string,
	{ headers = {}, body, address = '10.0.0.1' }: { headers?: Record<string, string>; body?: unknown; address?: string } = {}
) {
	const url = new URL(path, 'http://plenum.test');
	const request = new Request(url, {
		method,
		headers: { apikey: stage.app.backend.publishableKey, 'content-type': 'application/json', ...headers },
		body: body ? JSON.stringify(body) : undefined
	});
	return answerDataApi({ url, request, getClientAddress: () => address });
}
