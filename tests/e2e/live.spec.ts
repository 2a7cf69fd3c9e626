import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

const row = (page: Page, title: string) => page.getByRole('row', { name: title });

/** What the page says and hears on its live socket from now on, but for the notices of the frame, which every page listens to. */
function watchSocket(page: Page): { sent: string[]; heard: string[] } {
	const frames = { sent: [] as string[], heard: [] as string[] };
	page.on('websocket', (socket) => {
		if (!socket.url().endsWith('/live')) return;
		const isOfPage = (text: string) => !text.includes('person:');
		socket.on('framesent', ({ payload }) => isOfPage(String(payload)) && frames.sent.push(String(payload)));
		socket.on('framereceived', ({ payload }) => isOfPage(String(payload)) && frames.heard.push(String(payload)));
	});
	return frames;
}

test('[PG1, PG3] a title, a state and a right that change elsewhere show in the library without a reload', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Dự thảo chưa có tên');
	const { page: drafter, context: first } = await browserOf(browser, 'drafter');
	const { page: reader, context: second } = await browserOf(browser, 'codrafter');
	const frames = watchSocket(reader);
	await reader.goto(`/${WORKSPACE}`);
	await expect.poll(() => frames.heard.some((text) => text.includes('joined'))).toBe(true);
	await reader.evaluate(() => void ((window as unknown as { isSamePage: boolean }).isSamePage = true));
	await expect(row(reader, 'Dự thảo chưa có tên')).toHaveCount(0);

	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	await expect(row(reader, 'Dự thảo chưa có tên')).toBeVisible();
	const change = (revision: number, data: object) =>
		drafter.request.patch(`/api/documents/${id}`, { headers: { 'if-match': `"${revision}"` }, data });
	expect((await change(1, { title: 'Nghị quyết có tên mới' })).ok()).toBe(true);
	await expect(row(reader, 'Nghị quyết có tên mới')).toBeVisible();
	expect((await change(2, { state: 'consulting' })).ok()).toBe(true);
	await expect(row(reader, 'Nghị quyết có tên mới')).toContainText('Đang lấy ý kiến');
	await shareWith(drafter.request, id, CO_DRAFTERS, null);
	await expect(row(reader, 'Nghị quyết có tên mới')).toHaveCount(0);
	expect(await reader.evaluate(() => (window as unknown as { isSamePage?: boolean }).isSamePage)).toBe(true);
	expect(frames.sent, 'looking again is no reason to join again').toEqual([expect.stringContaining('join')]);
	await Promise.all([first.close(), second.close()]);
});

test('[PG3] what changes while one is on the way to another page does not hold one back', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Văn bản đang mở');
	const { page, context } = await browserOf(browser, 'drafter');
	const frames = watchSocket(page);
	await page.goto(`/${WORKSPACE}`);
	await expect.poll(() => frames.heard.some((text) => text.includes('joined'))).toBe(true);
	let letGo = () => {};
	const held = new Promise<void>((resolve) => (letGo = resolve));
	await page.route(`**/documents/${id}/__data.json*`, async (route) => {
		await held;
		await route.continue();
	});
	await row(page, 'Văn bản đang mở').getByRole('link', { name: 'Văn bản đang mở' }).click();
	await newDocument(baseURL!, 'drafter', 'Văn bản khác');
	await expect.poll(() => frames.heard.some((text) => text.includes('"topic"'))).toBe(true);
	// Longer than looking again is ever put off.
	await expect
		.poll(() => page.evaluate(() => performance.now()))
		.toBeGreaterThan((await page.evaluate(() => performance.now())) + 1_500);
	letGo();
	await expect(page).toHaveURL(`/${WORKSPACE}/documents/${id}`);
	await context.close();
});

test('[PG4] a page that nobody sees leaves its topics, and knows what happened when it is seen again', async ({
	browser,
	baseURL
}) => {
	const { page, context } = await browserOf(browser, 'drafter');
	const frames = watchSocket(page);
	await page.goto(`/${WORKSPACE}`);
	await expect.poll(() => frames.sent.length).toBe(1);
	await look(page, 'hidden');
	await expect.poll(() => frames.sent.filter((text) => text.includes('leave')).length).toBe(1);
	await newDocument(baseURL!, 'drafter', 'Làm trong lúc vắng mặt');
	await look(page, 'visible');
	await expect(row(page, 'Làm trong lúc vắng mặt')).toBeVisible();
	await context.close();
});

async function look(page: Page, state: 'visible' | 'hidden'): Promise<void> {
	await page.evaluate((value) => {
		Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
		document.dispatchEvent(new Event('visibilitychange'));
	}, state);
}
