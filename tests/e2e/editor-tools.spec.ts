import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, paperText, provision } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name });

async function fromMenu(page: Page, menu: string, item: string): Promise<void> {
	await button(page, menu).click();
	await page
		.getByRole('menuitem', { name: item })
		.or(page.getByRole('menuitemcheckbox', { name: item }))
		.click();
}

/** Does something with the caret behind a provision, types at once, and says how the line goes in which the words are. */
async function typedAfter(page: Page, tool: () => Promise<unknown>): Promise<string | undefined> {
	await provision(page, 'Lưu hồ sơ.').click();
	await page.keyboard.press('End');
	await tool();
	await page.keyboard.type('⁂');
	const line = (await paperText(page)).split('\n').find((text) => text.includes('⁂'));
	await page.keyboard.press('Backspace');
	return line;
}

test('after each tool the keyboard is back in the text, where the caret was', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Công cụ'));
	const behind = 'Lưu hồ sơ.⁂';
	expect(await typedAfter(page, () => fromMenu(page, 'Loại khối', 'Khoản'))).toBe(behind);
	expect(await typedAfter(page, () => fromMenu(page, 'Công cụ khác', 'Gạch ngang'))).toBe(behind);
	expect(await typedAfter(page, () => button(page, 'Đậm').click())).toBe(behind);
	const palette = async () => {
		await page.keyboard.press('Control+k');
		await page.getByRole('dialog').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
	};
	expect(await typedAfter(page, palette)).toBe(behind);
	const picker = async () => {
		await button(page, 'Chèn bảng').click();
		await page.getByRole('gridcell', { name: '2 hàng × 3 cột' }).click();
	};
	expect(await typedAfter(page, picker), 'in the new table').toBe('⁂');
	await expect(page.locator('.ProseMirror td, .ProseMirror th')).toHaveCount(6);
	const row = async () => {
		await page.locator('.ProseMirror th').first().click();
		await fromMenu(page, 'Công cụ bảng', 'Thêm hàng phía dưới');
	};
	expect(await typedAfter(page, row), 'in the cell').toBe('⁂');
	await expect(page.locator('.ProseMirror td, .ProseMirror th')).toHaveCount(9);
	expect(await typedAfter(page, () => fromMenu(page, 'Công cụ khác', 'Danh sách')), 'in the new line').toBe('⁂');
});

test('a tap on the text puts the caret where it was tapped', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Chạm');
	const { page } = await browserOf(browser, 'drafter', { viewport: { width: 390, height: 844 }, hasTouch: true });
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	for (const text of ['Lưu hồ sơ.', 'Phạm vi điều chỉnh']) {
		await provision(page, text).tap();
		await page.keyboard.press('End');
		await page.keyboard.type('⁂');
		await expect(provision(page, `${text}⁂`)).toBeVisible();
		await page.getByRole('button', { name: 'Chia sẻ' }).focus();
	}
});
