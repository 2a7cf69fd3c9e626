import { expect, test } from '@playwright/test';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('an owner merges an agency: it stays by its name, and nobody is invited into it', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'owner');
	await page.goto(`/${WORKSPACE}/people/agencies`);
	for (const [name, short] of [
		['Sở Thử nghiệm', 'Sở Thử'],
		['Sở Kế thừa', 'Sở Kế']
	]) {
		await page.getByRole('button', { name: 'Thêm cơ quan' }).click();
		await page.getByRole('dialog').getByLabel('Tên cơ quan').fill(name);
		await page.getByRole('dialog').getByLabel('Tên viết tắt').fill(short);
		await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
		await expect(page.getByRole('dialog')).toHaveCount(0);
	}
	await page.getByRole('button', { name: 'Thao tác với Sở Thử nghiệm' }).click();
	await page.getByRole('menuitem', { name: 'Sáp nhập hoặc đóng' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Cơ quan kế thừa').fill('Kế thừa');
	await page.getByRole('option', { name: /Sở Kế thừa/ }).click();
	await page.screenshot({ path: 'test-results/guests/close-1440.png' });
	await dialog.getByRole('button', { name: 'Đóng cơ quan' }).click();
	const row = page.getByRole('row', { name: /Sở Thử nghiệm/ });
	await expect(row.getByText('Sáp nhập vào Sở Kế thừa')).toBeVisible();
	await expect(row.getByText('Đã đóng từ')).toBeVisible();
	await page.screenshot({ path: 'test-results/guests/agencies-1440.png' });

	await page.getByRole('button', { name: 'Mời' }).first().click();
	await page.getByRole('dialog').getByLabel('Cơ quan').first().fill('Thử nghiệm');
	await expect(page.getByRole('option', { name: /Sở Thử nghiệm/ }), 'nobody is invited into a closed agency').toHaveCount(0);
	await context.close();
});
