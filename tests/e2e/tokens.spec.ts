import { expect, test, type APIRequestContext } from '@playwright/test';
import WebSocket from 'ws';
import { browserOf, WORKSPACE } from '../support/people.ts';

const SETTINGS = `/${WORKSPACE}/settings`;

/** A program with a token: no cookie, no browser. */
function program(baseURL: string, token: string) {
	return (method: string, path: string, body?: unknown) =>
		fetch(`${baseURL}${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body)
		});
}

async function newToken(request: APIRequestContext, origin: string, scope: 'read' | 'write') {
	const response = await request.post('/api/tokens', { headers: { origin }, data: { name: `To ${scope}`, scope, days: 30 } });
	expect(response.status(), await response.text()).toBe(201);
	return (await response.json()) as { id: string; token: string };
}

test('one makes a token on the settings page, sees its secret once, and revokes it', async ({ browser, baseURL }) => {
	const { page, context } = await browserOf(browser, 'codrafter');
	await page.goto(SETTINGS);
	const section = page.locator('section', { has: page.getByRole('heading', { name: 'Mã truy cập cho chương trình' }) });
	await section.getByRole('button', { name: 'Tạo mã' }).click();
	await expect(section.getByLabel('Tên mã'), 'a token has a name').toHaveAttribute('aria-invalid', 'true');
	await section.getByLabel('Tên mã').fill('Báo cáo hằng tuần');
	await section.getByLabel('Phạm vi').selectOption('Đọc và ghi');
	await section.getByLabel('Thời hạn').selectOption('30 ngày');
	await section.getByRole('button', { name: 'Tạo mã' }).click();
	const token = await section.getByLabel('Mã truy cập', { exact: true }).inputValue();
	expect(token).toMatch(/^plenum_[\w-]{43}$/);
	const row = section.getByRole('listitem').filter({ hasText: 'Báo cáo hằng tuần' });
	await expect(row).toContainText('Đọc và ghi');
	await expect(row).toContainText('chưa dùng');

	const call = program(baseURL!, token);
	expect((await call('GET', '/api/me')).status).toBe(200);
	await page.reload();
	await expect(section.getByLabel('Mã truy cập', { exact: true }), 'the secret is shown once').toHaveCount(0);
	await expect(row).toContainText('dùng lần cuối');
	await row.getByRole('button', { name: 'Thu hồi mã Báo cáo hằng tuần' }).click();
	await expect(page.getByText('Đã thu hồi mã.')).toBeVisible();
	await expect(row).toHaveCount(0);
	const refused = await call('GET', '/api/me');
	expect(refused.status).toBe(401);
	expect(((await refused.json()) as { message: string }).message).toContain('thu hồi');
	await context.close();
});

test('a token is made and revoked without scripts, too', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'codrafter', { javaScriptEnabled: false });
	await page.goto(SETTINGS);
	await page.getByLabel('Tên mã').fill('Không có script');
	await page.getByRole('button', { name: 'Tạo mã' }).click();
	await expect(page.getByLabel('Mã truy cập', { exact: true })).toHaveValue(/^plenum_/);
	await page.getByRole('button', { name: 'Thu hồi mã Không có script' }).click();
	await expect(page.getByText('Không có script')).toHaveCount(0);
	await context.close();
});

test('a program does what its scope allows, and nothing that is the person’s alone', async ({ browser, baseURL }) => {
	const { page, context } = await browserOf(browser, 'drafter');
	const origin = new URL(baseURL!).origin;
	const [toRead, toWrite] = [await newToken(page.request, origin, 'read'), await newToken(page.request, origin, 'write')];
	const [reader, writer] = [program(baseURL!, toRead.token), program(baseURL!, toWrite.token)];

	const me = (await (await reader('GET', '/api/me')).json()) as {
		person: { name: string; email: string };
		workspaces: { slug: string; role: string; agencyId: string }[];
	};
	expect(me.person.email).toBe('drafter@sample.test');
	expect(me.workspaces).toMatchObject([{ slug: WORKSPACE, role: 'member', agencyId: expect.any(String) }]);
	const first = (await (await reader('GET', `/api/agencies?workspace=${WORKSPACE}&limit=2`)).json()) as {
		items: { id: string; shortName: string }[];
		next: string;
		total: number;
	};
	expect(first.items).toHaveLength(2);
	const rest = (await (
		await reader('GET', `/api/agencies?workspace=${WORKSPACE}&after=${first.next}&limit=200`)
	).json()) as typeof first;
	expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(first.total);
	expect(rest.next).toBeNull();

	const document = { kind: 'resolution', profile: 'nd30', title: 'Của chương trình', workspace: WORKSPACE };
	const refused = await reader('POST', '/api/documents', document);
	expect(refused.status).toBe(403);
	expect(((await refused.json()) as { message: string }).message).toContain('chỉ được đọc');
	const made = await writer('POST', '/api/documents', document);
	expect(made.status).toBe(201);
	const { id } = (await made.json()) as { id: string };
	expect((await reader('GET', `/api/documents/${id}`)).status).toBe(200);

	for (const [method, path, body] of [
		['POST', '/api/tokens', { name: 'x', scope: 'write', days: 30 }],
		['DELETE', `/api/tokens/${toRead.id}`],
		['DELETE', '/api/sessions/00000000-0000-0000-0000-000000000000'],
		['POST', `${SETTINGS}?/password`, {}],
		['GET', SETTINGS]
	] as const)
		expect((await writer(method, path, body)).status, `${method} ${path}`).toBe(403);
	expect((await program(baseURL!, 'plenum_wrong')('GET', '/api/me')).status).toBe(401);

	const socket = new WebSocket(`${baseURL!.replace('http', 'ws')}/collab/${id}`, {
		headers: { authorization: `Bearer ${toWrite.token}` }
	});
	const closed = new Promise<number>((resolve) => socket.once('close', resolve));
	await new Promise((resolve, fail) => {
		socket.once('message', resolve);
		socket.once('close', (code) => fail(new Error(`closed ${code}`)));
	});
	expect((await page.request.delete(`/api/tokens/${toWrite.id}`, { headers: { origin } })).status()).toBe(204);
	expect(await closed, 'the live socket ends with the token').toBe(4401);
	expect((await writer('GET', '/api/me')).status).toBe(401);
	await context.close();
});

test('a guest’s program sees the guest’s workspace and no agencies', async ({ browser, baseURL }) => {
	const { page, context } = await browserOf(browser, 'guest');
	const { token } = await newToken(page.request, new URL(baseURL!).origin, 'read');
	const call = program(baseURL!, token);
	expect(await (await call('GET', '/api/me')).json()).toMatchObject({
		workspaces: [{ slug: WORKSPACE, role: 'guest', agencyId: null }]
	});
	expect((await call('GET', `/api/agencies?workspace=${WORKSPACE}`)).status).toBe(404);
	await context.close();
});
