import { expect, test, type Page } from '@playwright/test';
import { accessToken } from '../load/session.ts';
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

/** Puts an image of 40 pixels into the text; answers its address. */
async function pasteImage(page: Page): Promise<string> {
	await provision(page, LINE).click();
	await page.locator('.ProseMirror').evaluate(async (editor) => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
		const blob = await new Promise<Blob>((made) => canvas.toBlob((each) => made(each!), 'image/png'));
		const clipboardData = new DataTransfer();
		clipboardData.items.add(new File([blob], 'so-do.png', { type: 'image/png' }));
		editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	const image = page.locator('.ProseMirror img');
	await expect(image).toHaveAttribute('src', /^\/api\/files\//);
	return (await image.getAttribute('src'))!;
}

async function signOut(page: Page): Promise<void> {
	await page.goto(`/${WORKSPACE}`);
	await page.getByRole('button', { name: /^Tài khoản/ }).click();
	await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
}

test('signing out leaves no text on the device, and asks about what was never sent', async ({ browser, baseURL }) => {
	test.slow(); // a page notices only after some 20 seconds that it is cut off
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

test('an image of a document is nobody else’s at the same computer, and drawn again at once while the document is open', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Ảnh trên máy dùng chung');
	const context = await browser.newContext({ locale: 'vi-VN' });
	const page = await context.newPage();
	await signIn(page, 'drafter');
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	const address = await pasteImage(page);
	await expect(savedState(page)).toHaveText('Đã lưu');
	const answers: number[] = [];
	const hasPixels = () =>
		page.locator('.ProseMirror img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth === 40);
	await page.reload();
	await expect.poll(hasPixels).toBe(true);
	page.on('response', (answer) => void (answer.url().endsWith(address) && answers.push(answer.status())));
	const isDrawnAtOnce = await page.locator('.ProseMirror img').evaluate((image) => {
		const again = new Image();
		again.src = image.getAttribute('src')!;
		return again.complete && again.naturalWidth === 40;
	});
	expect([isDrawnAtOnce, answers]).toEqual([true, []]);

	const statusOf = () => page.evaluate(async (file) => (await fetch(file)).status, address);
	expect(await statusOf()).toBe(200);
	// The sign-out of this browser clears its cache. Here the session ends elsewhere, and the browser knows nothing of it.
	const { items } = (await (await page.request.get('/api/sessions')).json()) as { items: { id: string; isCurrent: boolean }[] };
	const headers = { authorization: `Bearer ${await accessToken(baseURL!, 'drafter')}` };
	await fetch(`${baseURL}/api/sessions/${items.find(({ isCurrent }) => isCurrent)!.id}`, { method: 'DELETE', headers });
	expect(await statusOf(), 'of nobody').toBe(401);
	expect((await page.goto(address))!.status()).toBe(401);
	await signIn(page, 'outsider');
	expect(await statusOf(), 'of who has no access').toBe(404);
	await context.close();
});
