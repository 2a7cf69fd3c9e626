import { expect, test } from '@playwright/test';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('every address of /api is described at one of them', async ({ request }) => {
	const described = (await (await request.get('/api/openapi.json')).json()) as {
		openapi: string;
		paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema?: object }> } }>>;
	};
	expect(described.openapi).toBe('3.1.0');
	expect(Object.keys(described.paths)).toEqual(expect.arrayContaining(['/api/openapi.json', '/api/members/{person}', '/api/me']));
	expect(described.paths['/api/documents'].post.requestBody?.content['application/json'].schema).toMatchObject({
		required: ['kind', 'profile', 'title'],
		properties: { title: { type: 'string' }, kind: { enum: expect.arrayContaining(['resolution']) } }
	});
});

test('a document is made once for a key, and changed by who has seen how it is', async ({ browser, baseURL }) => {
	const { page, context } = await browserOf(browser, 'drafter');
	const origin = new URL(baseURL!).origin;
	const document = { kind: 'plan', profile: 'nd30', title: `Kế hoạch ${Date.now()}`, workspace: WORKSPACE };
	const create = (key: string, data: object) =>
		page.request.post('/api/documents', { headers: { origin, 'idempotency-key': key }, data });
	const key = `key-${Date.now()}`;
	const made = await Promise.all([create(key, document), create(key, document)]);
	expect(made.map((response) => response.status())).toEqual([201, 201]);
	const ids = await Promise.all(made.map(async (response) => ((await response.json()) as { id: string }).id));
	expect(new Set(ids).size).toBe(1);
	expect((await create(key, { ...document, title: 'Khác' })).status()).toBe(422);
	const [id] = ids;

	const change = (ifMatch: string | null, data: object) =>
		page.request.patch(`/api/documents/${id}`, { headers: { origin, ...(ifMatch !== null && { 'if-match': ifMatch }) }, data });
	const etag = (await page.request.get(`/api/documents/${id}`)).headers().etag;
	expect((await change(null, { title: 'Không có revision' })).status()).toBe(428);
	const renamed = await change(etag, { title: 'Tên mới' });
	expect(renamed.status()).toBe(200);
	const stale = await change(etag, { title: 'Tên cũ', state: 'consulting' });
	expect(stale.status()).toBe(409);
	expect(await stale.json()).toMatchObject({ field: null, present: { id, title: 'Tên mới', state: 'drafting' } });
	expect((await change(renamed.headers().etag, { state: 'consulting' })).status()).toBe(200);
	await context.close();
});

test('the documents come in pieces, each once', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'owner');
	const piece = async (query: string) =>
		(await (await page.request.get(`/api/documents?workspace=${WORKSPACE}&sort=created-up&${query}`)).json()) as {
			items: { id: string }[];
			next: string | null;
			total: number;
		};
	const first = await piece('limit=1');
	expect(first.items).toHaveLength(1);
	const rest = await piece(`limit=200&after=${first.next}`);
	expect(rest.next).toBeNull();
	expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(first.total);
	expect((await page.request.get(`/api/documents?workspace=${WORKSPACE}&limit=201`)).status()).toBe(422);
	await context.close();
});
