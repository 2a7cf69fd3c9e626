import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, provision } from '../support/editor.ts';

test('Ctrl S says what is true of the work, with and without network', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Phím lưu', 'Điều 1. Một');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Một').click();
	await page.keyboard.type(' hai');
	await page.keyboard.press('Control+s');
	await expect(page.getByText('Đã lưu. Mọi thay đổi của bạn đã được ghi vào cơ sở dữ liệu.')).toBeVisible();
	await expect(provision(page, 'hai'), 'the key writes nothing').toBeVisible();

	await page.context().setOffline(true);
	await page.locator('[data-sync-state="offline"]').waitFor();
	await page.keyboard.press('Control+s');
	await expect(page.getByText(/^Ngoại tuyến\. Mất kết nối với máy chủ\./)).toBeVisible();
});

test('Escape closes the search from the text, and leaves it to a dialog above', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Phím thoát', 'Điều 1. Một\n1. Một lần nữa');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'lần nữa').click();
	await page.keyboard.press('Control+h');
	const bar = page.getByRole('search');
	const field = bar.getByLabel('Tìm trong văn bản');
	await field.fill('một');
	await expect(bar.getByRole('status')).toHaveText(/\/2$/);
	await bar.getByLabel('Thay bằng').fill('hai');
	await bar.getByRole('button', { name: 'Thay tất cả' }).click();
	await expect(provision(page, 'hai lần nữa')).toBeVisible();
	await expect(field, 'the keyboard is not lost').toBeFocused();

	await provision(page, 'lần nữa').click();
	await page.keyboard.press('Control+/');
	const dialog = page.getByRole('dialog', { name: 'Phím tắt' });
	await expect(dialog).toBeVisible();
	await page.keyboard.press('Control+k');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog'), 'no second dialog came above it').toHaveCount(0);
	await expect(bar).toBeVisible();

	await provision(page, 'lần nữa').click();
	await page.keyboard.press('Escape');
	await expect(bar).toHaveCount(0);
});

test('the sheet keeps the size chosen on this device', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Cỡ hiển thị', 'Điều 1. Một');
	const page = await openDocument(browser, 'drafter', id);
	await page.getByRole('button', { name: /^Cỡ hiển thị/ }).click();
	await page
		.getByRole('menuitemcheckbox', { name: '125%' })
		.or(page.getByRole('menuitem', { name: '125%' }))
		.click();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Cỡ hiển thị 125%' })).toBeVisible();
});

test('the keyboard alone reaches text, toolbar and shortcuts, and comes back', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Bàn phím', 'Điều 1. Một');
	const page = await openDocument(browser, 'drafter', id);
	const text = page.locator('.ProseMirror');
	await expect(text, 'a drafter who opens a document can write').toBeFocused();

	await page.keyboard.press('Alt+F10');
	const toolbar = page.getByRole('toolbar');
	await page.keyboard.press('End');
	await expect(toolbar.getByRole('button', { name: 'Đề xuất sửa' })).toBeFocused();
	for (const name of ['Góp ý', 'Lịch sử điều khoản này', 'Tìm']) {
		await page.keyboard.press('ArrowLeft');
		await expect(toolbar.getByRole('button', { name })).toBeFocused();
	}
	await page.keyboard.press('ArrowLeft');
	await expect(toolbar.getByRole('button', { name: 'Công cụ khác' })).toBeFocused();
	expect(await toolbar.locator('[tabindex="0"]').count(), 'it is one stop').toBe(1);
	await page.keyboard.press('Escape');
	await expect(text).toBeFocused();
	await page.keyboard.press('Alt+F10');
	await expect(toolbar.getByRole('button', { name: 'Công cụ khác' }), 'it is where one left it').toBeFocused();

	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toContainText('Alt F10');
	await page.keyboard.press('Escape');
	await expect(toolbar.getByRole('button', { name: 'Công cụ khác' })).toBeFocused();

	await page.getByRole('link', { name: 'Đến phần soạn thảo' }).press('Enter');
	await expect(text).toBeFocused();
	await page.keyboard.type('?');
	await expect(page.getByRole('dialog'), 'a question mark in the text is text').toHaveCount(0);

	await page.getByRole('link', { name: 'Văn bản', exact: true }).first().click();
	await expect(page.locator('#content'), 'another page is read from its content on').toBeFocused();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toContainText('Ctrl K');
});
