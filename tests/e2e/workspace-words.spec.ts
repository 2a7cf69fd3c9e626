import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('a word that is no Vietnamese syllable is found, until it is one of the workspace’s words', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Từ riêng', 'Điều 1. Phạm vi\n1. Nền tảng số của thành phố.');
	const drafter = await openDocument(browser, 'drafter', id);
	await typeAtEnd(drafter, 'Nền tảng số', ' Doanh ngiệp dùng metaverse.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	const checks = drafter.getByRole('button', { name: /lỗi gõ/ });
	await expect(checks).toContainText('2 lỗi gõ');
	await checks.click();
	const unknown = drafter.getByRole('region', { name: 'Chữ lạ, không phải âm tiết tiếng Việt' });
	await expect(unknown.getByRole('listitem')).toHaveText([/ngiệp/, /metaverse/]);
	// Only owners and secretaries say what is right in the whole workspace.
	await expect(unknown.getByRole('button', { name: 'Thêm vào từ riêng' })).toHaveCount(0);
	await drafter.keyboard.press('Escape');

	const { page: owner } = await browserOf(browser, 'owner');
	await owner.goto(`/${WORKSPACE}/settings/workspace`);
	await owner.getByLabel('Từ mới').fill('hai từ');
	await owner.getByRole('button', { name: 'Thêm', exact: true }).click();
	await expect(owner.getByText('Mỗi từ chỉ gồm chữ cái')).toBeVisible();
	await owner.getByLabel('Từ mới').fill('Metaverse');
	await owner.getByRole('button', { name: 'Thêm', exact: true }).click();
	await expect(owner.getByRole('button', { name: 'Bỏ “metaverse”' })).toBeVisible();
	expect((await new AxeBuilder({ page: owner }).analyze()).violations).toEqual([]);

	await drafter.reload();
	await expect(drafter.getByRole('button', { name: /lỗi gõ/ })).toContainText('1 lỗi gõ');

	// An owner adds one from where it was found.
	await owner.goto(`/${WORKSPACE}/documents/${id}`);
	await owner.getByRole('button', { name: /1 lỗi gõ/ }).click();
	await owner.getByRole('button', { name: 'Thêm vào từ riêng' }).click();
	await expect(owner.getByText('Không thấy lỗi gõ nào.')).toBeVisible();

	await owner.goto(`/${WORKSPACE}/settings/workspace`);
	for (const word of ['ngiệp', 'metaverse']) {
		await owner.getByRole('button', { name: `Bỏ “${word}”` }).click();
		await expect(owner.getByRole('button', { name: `Bỏ “${word}”` })).toHaveCount(0);
	}
});
