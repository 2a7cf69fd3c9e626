import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { provideApp } from '../server/app.ts';
import { answerDataApi } from './data-api.server.ts';
import { testApp } from './test-app.ts';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

const PASSWORD = 'một câu dài dễ nhớ';
let stage: Awaited<ReturnType<typeof testApp>>;

beforeAll(async () => {
	stage = await testApp();
	provideApp(stage.app);
	for (const name of ['an', 'binh']) {
		const { id } = (await stage.app.backend.createAccount(`${name}@plenum.test`, PASSWORD)) as { id: string };
		await stage.app.sql.query('insert into public.people (id, email, full_name) values ($1, $2, $2)', [id, `${name}@plenum.test`]);
		await stage.app.sql.query('insert into public.password_resets (person_id) values ($1)', [id]);
	}
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
	expect(await read('people?select=email', headers)).toEqual([{ email: 'an@plenum.test' }]);
	expect(await read('people?select=email')).toMatchObject({ code: '42501' });
	expect(await read('password_resets?select=*', headers)).toMatchObject({ code: '42501' });
	expect((await call('POST', '/auth/v1/logout?scope=local', { headers }))!.ok).toBe(true);
	expect(stage.ended).toEqual([[session.user.id, expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
	expect((await call('GET', '/auth/v1/user', { headers }))!.ok).toBe(false);
});

test.each(['fold_text', 'search_words', 'sort_key', 'record_event'])('the function %s, which only columns and other functions use, is not reached', async (name) => {
	const { access_token } = (await (await signIn(PASSWORD))!.json()) as { access_token: string };
	for (const profile of ['public', 'private']) {
		const headers = { authorization: `Bearer ${access_token}`, 'content-profile': profile };
		const response = (await call('POST', `/rest/v1/rpc/${name}`, { headers, body: { input: 'Ủy ban' } }))!;
		expect([404, 406]).toContain(response.status);
	}
});

test('a function takes no text without end', async () => {
	const preview = (token: string) => call('POST', '/rest/v1/rpc/invitation_preview', { body: { token } });
	expect(await (await preview('x'.repeat(200)))!.json()).toEqual([]);
	expect(await (await preview('x'.repeat(201)))!.json()).toMatchObject({ code: '23514' });
});

test('guessing is slowed down as on the page', async () => {
	for (let time = 0; time < 10; time++) expect((await signIn('sai', `10.1.0.${time}`))!.status).toBe(400);
	const response = (await signIn(PASSWORD, '10.1.1.1'))!;
	expect(response.status).toBe(429);
	expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
});

async function read(query: string, headers?: Record<string, string>) {
	return (await call('GET', `/rest/v1/${query}`, { headers }))!.json();
}

function signIn(password: string, address?: string) {
	return call('POST', '/auth/v1/token?grant_type=password', { body: { email: 'an@plenum.test', password }, address });
}

function call(method: string, path: string, { headers = {}, body, address = '10.0.0.1' }: { headers?: Record<string, string>; body?: unknown; address?: string } = {}) {
	const url = new URL(path, 'http://plenum.test');
	const request = new Request(url, {
		method,
		headers: { apikey: stage.app.backend.publishableKey, 'content-type': 'application/json', ...headers },
		body: body ? JSON.stringify(body) : undefined
	});
	return answerDataApi({ url, request, getClientAddress: () => address });
}
