import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, provision, savedState } from '../support/editor.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

const table = (page: Page) => page.locator('.ProseMirror table');

/** The texts of the cells, row by row. */
const rows = (page: Page) =>
	table(page)
		.locator('tr')
		.evaluateAll((all) => all.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent)));

async function fromMenu(page: Page, item: string): Promise<void> {
	await page.getByRole('button', { name: 'Công cụ bảng' }).click();
	await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('a row and a column that two people add at the same moment fit together, and each cell stays under its heading', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Bảng nhiệm vụ');
	const one = await openDocument(browser, 'drafter', id);
	await shareWith(one.request, id, CO_DRAFTERS, 'editor');
	const other = await openDocument(browser, 'codrafter', id);
	await provision(one, 'Lưu hồ sơ.').click();
	await one.keyboard.press('End');
	await one.getByRole('button', { name: 'Chèn bảng' }).click();
	await one.getByRole('gridcell', { name: '2 hàng × 3 cột' }).click();
	for (const text of ['Nhiệm vụ', 'Cơ quan', 'Thời hạn', 'Rà soát', 'Sở Tư pháp', 'quý I']) {
		await one.keyboard.type(text);
		if (text !== 'quý I') await one.keyboard.press('Tab');
	}
	await expect(table(other)).toContainText('quý I');

	await one.context().setOffline(true);
	await one.keyboard.press('Tab');
	for (const text of ['Ban hành', 'Văn phòng', 'quý II']) {
		await one.keyboard.type(text);
		if (text !== 'quý II') await one.keyboard.press('Tab');
	}
	await table(other).getByText('Cơ quan').click();
	await fromMenu(other, 'Thêm cột bên trái');
	await expect(savedState(other)).toHaveText(/Đã lưu/);
	await one.context().setOffline(false);
	await expect(savedState(one)).toHaveText(/Đã lưu/);

	const expected = [
		['Nhiệm vụ', '', 'Cơ quan', 'Thời hạn'],
		['Rà soát', '', 'Sở Tư pháp', 'quý I'],
		['Ban hành', '', 'Văn phòng', 'quý II']
	];
	for (const page of [one, other]) await expect.poll(() => rows(page)).toEqual(expected);
});
