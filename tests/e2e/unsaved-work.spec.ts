import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { newDocument } from '../support/api.ts';
import { openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, storageOf, WORKSPACE } from '../support/people.ts';
import { temporaryFolder } from '../support/plenum.ts';

const KEPT_HERE = /Ngoại tuyến \(\d+ thay đổi giữ trên máy này\)/;
const LINE = 'Cơ quan chủ trì có trách nhiệm';

test('work that was not acknowledged is still there after the browser crashed, and is then saved', async ({ browser, baseURL }, {
	project
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Trình duyệt sập');
	const folder = temporaryFolder();
	const start = async (): Promise<BrowserContext> => {
		const context = await chromium.launchPersistentContext(folder, {
			...project.use.launchOptions,
			baseURL,
			locale: 'vi-VN',
			viewport: project.use.viewport
		});
		// A browser that crashes soon after signing in may have forgotten that; the text it must not forget.
		await context.addCookies(
			(JSON.parse(readFileSync(storageOf('drafter'), 'utf8')) as Awaited<ReturnType<BrowserContext['storageState']>>).cookies
		);
		return context;
	};
	const before = await start();
	const page = await before.newPage();
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	await before.setOffline(true);
	await typeAtEnd(page, LINE, ' Viết trước khi sập.');
	await expect(savedState(page)).toHaveText(KEPT_HERE, { timeout: 45_000 });
	const gone = new Promise((resolve) => before.once('close', resolve));
	// The process ends at once, without a word to the page.
	await (await before.newCDPSession(page)).send('Browser.crash' as never).catch(() => {});
	await gone;

	const elsewhere = await openDocument(browser, 'drafter', id);
	await expect(provision(elsewhere, 'Viết trước khi sập.')).toHaveCount(0);
	const after = await start();
	const again = await after.newPage();
	await again.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(provision(again, 'Viết trước khi sập.')).toBeVisible();
	await expect(savedState(again)).toHaveText('Đã lưu');
	await expect(provision(elsewhere, 'Viết trước khi sập.')).toBeVisible();
	await after.close();
});

test('a page stays as it is while its data cannot be read, and catches up afterwards', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Tên cũ');
	const { page } = await browserOf(browser, 'drafter');
	// From the beginning: what was asked for before would be answered with the new name.
	await page.route('**/__data.json*', (route) => route.abort('internetdisconnected'));
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('__data.json'));
	const { revision } = (await (await page.request.get(`/api/documents/${id}`)).json()) as { revision: number };
	const renamed = await page.request.patch(`/api/documents/${id}`, {
		data: { title: 'Tên mới' },
		headers: { 'if-match': `"${revision}"`, origin: baseURL! }
	});
	expect(renamed.status()).toBe(200);
	await asked;
	await typeAtEnd(page, LINE, ' Viết tiếp.');
	await expect(savedState(page)).toHaveText('Đã lưu');
	await expect(page.getByRole('textbox', { name: 'Tên văn bản' })).toHaveValue('Tên cũ');
	await page.unroute('**/__data.json*');
	await expect(page.getByRole('textbox', { name: 'Tên văn bản' })).toHaveValue('Tên mới');
});

test('a page with unsaved work asks before it is closed or left, and one that is saved does not', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Rời trang');
	const page = await openDocument(browser, 'drafter', id);
	await page.context().setOffline(true);
	await typeAtEnd(page, LINE, ' Chưa lưu.');

	const question = page.waitForEvent('dialog');
	await page.close({ runBeforeUnload: true });
	const dialog = await question;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.dismiss();
	await expect(provision(page, 'Chưa lưu.')).toBeVisible();

	await page.context().setOffline(false);
	await expect(savedState(page)).toHaveText('Đã lưu', { timeout: 45_000 });
	const closed = page.waitForEvent('close');
	page.on('dialog', (unexpected) => {
		throw new Error(`asked without need: ${unexpected.type()}`);
	});
	await page.close({ runBeforeUnload: true });
	await closed;
});
