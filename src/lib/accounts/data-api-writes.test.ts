import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { provideApp } from '../server/app.ts';
import { answerDataApi } from './data-api.server.ts';
import { testApp } from '../../../tests/support/test-app.ts';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

const PASSWORD = 'một câu dài dễ nhớ';
let stage: Awaited<ReturnType<typeof testApp>>;

beforeAll(async () => {
	stage = await testApp();
	provideApp(stage.app);
	const { id } = (await stage.app.backend.createAccount('an@plenum.test', PASSWORD)) as { id: string };
	await stage.app.sql.query("insert into public.people (id, email, full_name) values ($1, 'an@plenum.test', 'An')", [id]);
	await stage.app.sql.script(`
		insert into public.workspaces (name, slug) values ('Thành phố', 'thanh-pho');
		insert into public.agencies (workspace_id, name, short_name, code) select id, 'Văn phòng', 'VP', 'VP' from public.workspaces;`);
});
afterAll(() => stage?.close());

test('a change by conditions touches a hundred rows at most, whatever the call prefers', async () => {
	const { access_token, user } = (await (await signIn(PASSWORD))!.json()) as { access_token: string; user: { id: string } };
	await stage.app.sql.query(
		`insert into public.members (workspace_id, person_id, agency_id, role) select workspace_id, $1, id, 'owner' from public.agencies`,
		[user.id]
	);
	await stage.app.sql.script(`insert into public.agencies (workspace_id, name, short_name, code)
		select w.id, 'Sở ' || n, 'S' || n, 'S' || n from public.workspaces w, generate_series(1, 101) n`);
	const change = async (method: string, filter: string, prefer?: string) => {
		const headers = {
			authorization: `Bearer ${access_token}`,
			'content-type': 'application/json',
			...(prefer && { prefer })
		};
		const body = method === 'PATCH' ? { short_name: 'Khác' } : undefined;
		const answer = (await call(method, `/rest/v1/agencies?${filter}`, { headers, body }))!;
		return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
	};
	const left = async () =>
		(await stage.app.sql.query<{ n: number }>(`select count(*)::int as n from public.agencies where short_name ~ '^S[0-9]'`))[0]
			.n;
	for (const prefer of [undefined, 'return=minimal, handling=lenient,max-affected = 9999'])
		for (const method of ['PATCH', 'DELETE'])
			expect(await change(method, 'code=neq.VP', prefer), `${method} ${prefer}`).toBe('PGRST124');
	expect(await change('PATCH', 'code=in.(S1,S2,S3)', 'handling=strict, max-affected=2'), 'fewer, where it asks for fewer').toBe(
		'PGRST124'
	);
	expect(await left(), 'nothing is done by halves').toBe(101);
	expect(await change('PATCH', 'code=not.in.(VP,S1)', 'return=minimal')).toBe('done');
	expect(await left()).toBe(1);
});

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

function signIn(password: string, address?: string) {
	return call('POST', '/auth/v1/token?grant_type=password', { body: { email: 'an@plenum.test', password }, address });
}
