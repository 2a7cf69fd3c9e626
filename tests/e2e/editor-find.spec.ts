import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, paperText, provision } from '../support/editor.ts';

test('search folds diacritics; replacing everywhere is one step to undo', async ({ browser, baseURL }) => {
	const text = [
		'Điều 1. Ủy ban',
		...Array.from({ length: 120 }, (_, index) => `${index + 1}. Uỷ ban giao việc số ${index + 1}.`)
	].join('\n');
	const id = await newDocument(baseURL!, 'drafter', 'Tìm kiếm', text);
	const page = await openDocument(browser, 'drafter', id);
	const before = await paperText(page);
	await provision(page, 'giao việc số 1.').click();

	await page.keyboard.press('Control+h');
	const bar = page.getByRole('search');
	await bar.getByLabel('Tìm trong văn bản').fill('uy ban');
	await expect(bar.getByRole('status')).toHaveText(/\/121$/);
	await page.keyboard.press('Shift+Enter');
	await page.keyboard.press('Shift+Enter');
	await page.keyboard.press('Shift+Enter');
	await expect(bar.getByRole('status')).toHaveText('121/121');
	await expect(page.locator('.found.current'), 'the match far down is brought on screen').toBeInViewport();

	await bar.getByRole('button', { name: 'Phân biệt dấu và chữ hoa' }).click();
	await expect(bar.getByRole('status')).toHaveText('0 kết quả');
	await bar.getByRole('button', { name: 'Phân biệt dấu và chữ hoa' }).click();
	await bar.getByLabel('Thay bằng').fill('Ủy ban nhân dân');
	await bar.getByRole('button', { name: 'Thay tất cả' }).click();
	await expect(provision(page, 'Ủy ban nhân dân giao việc số 1.')).toBeVisible();
	expect(await paperText(page)).toBe(before.replaceAll(/U[ỷy] ban|Ủy ban/g, 'Ủy ban nhân dân'));

	await page.keyboard.press('Escape');
	await expect(bar).toHaveCount(0);
	await page.keyboard.press('Control+z');
	expect(await paperText(page)).toBe(before);
});
