import { expect, test } from '@playwright/test';
import { browserOf, signIn, WORKSPACE } from '../support/people.ts';

const IPHONE =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const SETTINGS = `/${WORKSPACE}/settings`;

test('one sees where one is signed in and signs out there, which ends that session and no other', async ({ browser }) => {
	const phone = await (
		await browser.newContext({ locale: 'vi-VN', userAgent: IPHONE, viewport: { width: 390, height: 844 } })
	).newPage();
	await signIn(phone, 'reviewer');
	const { page, context } = await browserOf(browser, 'reviewer');
	await page.goto(SETTINGS);
	const section = page.locator('section', { has: page.getByRole('heading', { name: 'Nơi đang đăng nhập' }) });
	await expect(section.getByRole('listitem').first()).toContainText('Thiết bị này');
	await expect(section.getByRole('button', { name: 'Đăng xuất khỏi Safari trên iPhone' })).toHaveCount(1);

	await phone.goto(SETTINGS);
	await expect(phone.getByRole('listitem').filter({ hasText: 'Thiết bị này' })).toContainText('Safari trên iPhone');
	expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

	await section.getByRole('button', { name: 'Đăng xuất khỏi Safari trên iPhone' }).click();
	await expect(page.getByText('Đã đăng xuất khỏi nơi đó.')).toBeVisible();
	await expect(section.getByText('Safari trên iPhone')).toHaveCount(0);
	await phone.goto(SETTINGS);
	await expect(phone).toHaveURL(/\/sign-in\?next=/);
	await page.reload();
	await expect(section.getByRole('listitem').first()).toContainText('Thiết bị này');
	// A session of somebody else is none, and nothing says that it was ended.
	const foreign = await page.request.post(`${SETTINGS}?/endSession`, {
		form: { session: crypto.randomUUID() },
		headers: { origin: new URL(page.url()).origin, accept: 'text/html' }
	});
	expect(foreign.status()).toBe(404);
	for (const each of [phone.context(), context]) await each.close();
});

test('a program lists the sessions of its person and ends one of them', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'viewer');
	const other = await (await browser.newContext({ userAgent: 'Plenum test' })).newPage();
	await signIn(other, 'viewer');
	const listed = async () =>
		(
			(await (await page.request.get('/api/sessions')).json()) as {
				items: { id: string; userAgent: string; isCurrent: boolean }[];
			}
		).items;
	const [mine] = await listed();
	expect(mine.isCurrent).toBe(true);
	const { id } = (await listed()).find(({ userAgent }) => userAgent === 'Plenum test')!;
	const { page: stranger, context: elsewhere } = await browserOf(browser, 'outsider');
	const headers = { origin: new URL(other.url()).origin };
	expect((await stranger.request.delete(`/api/sessions/${id}`, { headers })).status(), 'somebody else’s').toBe(404);
	expect((await page.request.delete('/api/sessions/none', { headers })).status()).toBe(404);
	expect((await page.request.delete(`/api/sessions/${id}`, { headers })).status()).toBe(204);
	expect((await other.request.get('/api/sessions')).status()).toBe(401);
	expect((await listed()).map((session) => session.id)).not.toContain(id);
	for (const each of [context, other.context(), elsewhere]) await each.close();
});
