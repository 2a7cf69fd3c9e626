import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, provision } from '../support/editor.ts';

const CODE = '**/_app/immutable/**';

/** What is loaded from now on does not come, until it is called with false. */
async function cutOff(page: Page, isCut = true): Promise<void> {
	if (isCut) await page.route(CODE, (route) => route.abort());
	else await page.unroute(CODE);
}

test('a dialog that could not be loaded says so, and opens when the network is back', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Mất mạng giữa chừng'));
	const message = page.getByText('Chưa tải được phần này của trang.');
	await cutOff(page);
	await page.getByRole('button', { name: 'Chia sẻ' }).first().click();
	await expect(message).toBeVisible();
	await page.getByRole('button', { name: 'Bỏ qua thông báo' }).click();
	await expect(message).toHaveCount(0);
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('Control+/');
	await expect(message).toBeVisible();
	await cutOff(page, false);
	await page.keyboard.press('Control+/');
	await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Chia sẻ' }).first().click();
	await expect(page.getByRole('dialog')).toBeVisible();
});

test('a paste is not lost when what reads its structure cannot be loaded', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Dán khi mất mạng'));
	await cutOff(page);
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('End');
	await page.locator('.ProseMirror').evaluate((element) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'Dòng dán thứ nhất.\nDòng dán thứ hai.');
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	await expect(page.locator('.ProseMirror')).toContainText('Dòng dán thứ hai.');
	await expect(page.locator('.ProseMirror')).toContainText('Dòng dán thứ nhất.');
});
