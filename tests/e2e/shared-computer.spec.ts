import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { provision, savedState, typeAtEnd } from '../support/editor.ts';
import { signIn, WORKSPACE } from '../support/people.ts';

const LINE = 'Cơ quan chủ trì có trách nhiệm';

const copies = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('plenum:')).length);

/** Leaves the document in spite of its question. A page that is closed would be online for its last moment. */
async function leaveOffline(page: Page): Promise<void> {
	page.once('dialog', (question) => void question.accept());
	await page.goto('about:blank');
	await page.context().setOffline(false);
}

async function signOut(page: Page): Promise<void> {
	await page.goto(`/${WORKSPACE}`);
	await page.getByRole('button', { name: /^Tài khoản/ }).click();
	await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
}

test('signing out leaves no text on the device, and asks about what was never sent', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Máy dùng chung');
	const context = await browser.newContext({ locale: 'vi-VN' });
	const page = await context.newPage();
	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	expect(await copies(page)).toBe(1);
	await signOut(page);
	await expect(page).toHaveURL(/\/sign-in\?signed-out/);
	await expect.poll(() => copies(page)).toBe(0);
	expect(
		(await context.cookies())
			.map(({ name }) => name)
			.filter((name) => name.startsWith('plenum_session') || name === 'plenum_workspace')
	).toEqual([]);

	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	await context.setOffline(true);
	await typeAtEnd(page, LINE, ' Chưa gửi.');
	await expect(savedState(page)).toHaveText(/giữ trên máy này/, { timeout: 45_000 });
	await leaveOffline(page);
	await signOut(page);
	const question = page.getByRole('dialog', { name: 'Còn nội dung chưa gửi lên máy chủ' });
	await expect(question).toContainText('1 văn bản');
	await question.getByRole('button', { name: 'Ở lại' }).click();
	await expect(question).toBeHidden();
	expect((await page.request.get('/api/session')).status(), 'still signed in').toBe(200);

	await signOut(page);
	await question.getByRole('button', { name: 'Giữ lại và đăng xuất' }).click();
	await expect(page).toHaveURL(/\/sign-in\?signed-out/);
	expect(await copies(page)).toBe(1);
	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(provision(page, 'Chưa gửi.')).toBeVisible();
	await expect(savedState(page)).toHaveText('Đã lưu');
	await context.close();
});

test('who deletes what was never sent finds the document without it, and the device without a copy', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Xóa khi đăng xuất');
	const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	await context.setOffline(true);
	await typeAtEnd(page, LINE, ' Bỏ đi.');
	await expect(savedState(page)).toHaveText(/giữ trên máy này/, { timeout: 45_000 });
	await leaveOffline(page);
	await signOut(page);
	await page.getByRole('dialog').getByRole('button', { name: 'Xóa và đăng xuất' }).click();
	await expect(page).toHaveURL(/\/sign-in\?signed-out/);
	expect(await copies(page)).toBe(0);
	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	await expect(provision(page, LINE)).not.toContainText('Bỏ đi.');
	await context.close();
});
