import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { browserOf, storageOf, WORKSPACE } from '../support/people.ts';

const TEXT = `KẾ HOẠCH
Về kiểm tra thư viện

Điều 1. Phạm vi
1. Giao Uỷ ban nhân dân phường Hoàng Yến chủ trì.
Điều 2. Thời hạn
`;

const row = (page: Page, title: string) => page.locator('a[data-document]:visible', { hasText: title });
const rowMenu = (page: Page, title: string) =>
	page.getByRole('button', { name: `Thao tác với ${title}` }).locator('visible=true');

test.describe('a drafter', () => {
	test.use({ storageState: storageOf('drafter') });

	test('finds a document by Ctrl K from any page, and opens it with Enter', async ({ page, baseURL }) => {
		const title = `Kế hoạch tìm nhanh ${Date.now()}`;
		const id = await newDocument(baseURL!, 'drafter', title);
		await page.goto(`/${WORKSPACE}/people`);
		await page.keyboard.press('Control+k');
		await page.keyboard.type(title.toLocaleLowerCase('vi'));
		await expect(page.getByRole('dialog').getByText(title)).toBeVisible();
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(new RegExp(`/documents/${id}$`));
	});

	test('imports a text, finds it without diacritics, renames it, throws it away and takes that back', async ({
		page,
		browser
	}) => {
		await page.goto(`/${WORKSPACE}`);
		await page.getByRole('button', { name: 'Nhập tệp' }).click();
		await page.getByRole('radio', { name: 'Dán nội dung' }).check();
		await page.getByLabel('Nội dung văn bản').fill(TEXT);
		await page.getByRole('button', { name: 'Nhập văn bản' }).click();
		await expect(page.getByText('Đã nhập xong')).toBeVisible({ timeout: 30_000 });
		await expect(page.getByRole('dialog').getByText('2 điều', { exact: true })).toBeVisible();
		await page.getByRole('button', { name: 'Đóng' }).last().click();

		await page.getByRole('searchbox').fill('uy ban nhan dan phuong hoang yen');
		await expect(page).toHaveURL(/q=uy\+ban/);
		await expect(page.locator('a[data-document]:visible')).toHaveCount(1);
		await expect(page.locator('mark:visible').first()).toHaveText('Uỷ ban nhân dân phường Hoàng Yến');

		await row(page, 'Kế hoạch').focus();
		await page.keyboard.press('F2');
		await page.getByRole('dialog').getByLabel('Tên văn bản').fill('Kế hoạch kiểm tra Đà Nẵng');
		await page.keyboard.press('Enter');
		await expect(row(page, 'Kế hoạch kiểm tra Đà Nẵng')).toBeVisible();

		await row(page, 'Kế hoạch kiểm tra Đà Nẵng').focus();
		await page.keyboard.press('Delete');
		await expect(row(page, 'Kế hoạch kiểm tra Đà Nẵng')).toHaveCount(0);
		await page.getByRole('button', { name: 'Hoàn tác' }).click();
		await expect(row(page, 'Kế hoạch kiểm tra Đà Nẵng')).toBeVisible();

		await row(page, 'Kế hoạch kiểm tra Đà Nẵng').focus();
		await page.keyboard.press('Delete');
		await page.goto(`/${WORKSPACE}/trash`);
		const forGood = { name: 'Xóa vĩnh viễn: Kế hoạch kiểm tra Đà Nẵng' };
		await expect(
			page.getByRole('button', { name: 'Khôi phục: Kế hoạch kiểm tra Đà Nẵng' }).locator('visible=true')
		).toBeVisible();
		await expect(page.getByRole('button', forGood), 'a drafter heads nothing').toHaveCount(0);

		const owner = await browserOf(browser, 'owner');
		await owner.page.goto(`/${WORKSPACE}/trash`);
		await owner.page.getByRole('button', forGood).locator('visible=true').click();
		const dialog = owner.page.getByRole('dialog');
		const confirm = dialog.getByRole('button', { name: 'Xóa vĩnh viễn' });
		await dialog.getByLabel(/xóa/).last().fill('xóa');
		await expect(confirm, 'not without a reason').toBeDisabled();
		await dialog.getByLabel('Lý do xóa').fill('Tạo nhầm');
		await confirm.click();
		await expect(owner.page.getByText('Đã xóa vĩnh viễn')).toBeVisible();
		await owner.context.close();
	});

	test('creates a plan from its template and finds it filtered by state', async ({ page }) => {
		await page.goto(`/${WORKSPACE}?open=new`);
		await page.getByRole('dialog').getByLabel('Tên văn bản').fill('Kế hoạch từ mẫu');
		await page.getByRole('radio', { name: /^Kế hoạch/ }).check();
		await expect(page.getByLabel('Thể thức').getByRole('option', { name: /Quy phạm/ })).toHaveCount(0);
		await page.getByRole('button', { name: 'Tạo văn bản' }).click();
		await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}/, { timeout: 30_000 });
		await page.goto(`/${WORKSPACE}?state=drafting&view=mine`);
		await expect(row(page, 'Kế hoạch từ mẫu')).toBeVisible();
		await page.goto(`/${WORKSPACE}?state=issued`);
		await expect(row(page, 'Kế hoạch từ mẫu')).toHaveCount(0);
	});

	test('shares with somebody, who then sees it, and takes it back', async ({ page, browser, baseURL }) => {
		// A new one: by now others may have pushed those of the sample off the first page.
		const title = `Chia sẻ rồi gỡ ${Date.now()}`;
		await newDocument(baseURL!, 'drafter', title);
		const outsider = await browserOf(browser, 'outsider');
		await outsider.page.goto(`/${WORKSPACE}`);
		await expect(row(outsider.page, title)).toHaveCount(0);

		await page.goto(`/${WORKSPACE}`);
		await rowMenu(page, title).click();
		await page.getByRole('menuitem', { name: 'Chia sẻ' }).click();
		await page.getByRole('button', { name: /^Với quyền/ }).click();
		await page.getByRole('menuitemcheckbox', { name: /Người xem/ }).click();
		await page.getByRole('combobox', { name: 'Thêm cơ quan hoặc người' }).fill('giang vien');
		await page.getByRole('option', { name: /Giảng viên/ }).click();
		const role = page.getByRole('button', { name: /^Quyền của Giảng viên.*: Người xem/ });
		await expect(role).toBeVisible();
		await outsider.page.reload();
		await expect(row(outsider.page, title)).toBeVisible();
		await rowMenu(outsider.page, title).click();
		await outsider.page.getByRole('menuitem', { name: 'Chia sẻ' }).click();
		await expect(outsider.page.getByText(/Bạn xem được danh sách này nhưng không thay đổi được/)).toBeVisible();

		await role.click();
		await page.getByRole('menuitem', { name: /^Gỡ quyền/ }).click();
		await expect(page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác' })).toBeVisible();
		await outsider.page.goto(`/${WORKSPACE}`);
		await expect(row(outsider.page, title)).toHaveCount(0);
		await outsider.context.close();
	});
});

test('an owner says how long what was issued is kept, and nobody deletes it before', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'owner');
	await page.goto(`/${WORKSPACE}/settings/workspace`);
	await page.getByLabel('Kế hoạch').fill('viele');
	const save = page.locator('form[action="?/retention"]').getByRole('button', { name: 'Lưu' });
	await save.click();
	await expect(page.getByText('Hãy nhập số năm từ 1 đến 100')).toBeVisible();
	await page.getByLabel('Kế hoạch').fill('10');
	await save.click();
	await expect(page.getByText('Đã lưu thời hạn lưu giữ.')).toBeVisible();
	await page.screenshot({ path: 'test-results/guests/retention-1440.png', fullPage: true });

	const made = await page.request.post('/api/documents', {
		data: { workspace: WORKSPACE, kind: 'plan', profile: 'nd30', title: 'Kế hoạch đã ban hành' }
	});
	const { id } = (await made.json()) as { id: string };
	await page.request.patch(`/api/documents/${id}`, { headers: { 'if-match': '"1"' }, data: { state: 'issued' } });
	await page.request.put(`/api/documents/${id}/trash`);
	await page.goto(`/${WORKSPACE}/trash`);
	const kept = page.getByRole('row', { name: /Kế hoạch đã ban hành/ });
	await expect(kept.getByText('lưu giữ đến')).toBeVisible();
	await expect(kept.getByRole('button', { name: /Xóa vĩnh viễn/ })).toHaveCount(0);
	await page.screenshot({ path: 'test-results/guests/trash-1440.png' });
	const refused = await page.request.delete(`/api/documents/${id}`, { data: { reason: 'Thử' } });
	expect([refused.status(), ((await refused.json()) as { message: string }).message]).toEqual([
		409,
		expect.stringContaining('lưu giữ')
	]);
	await page.request.delete(`/api/documents/${id}/trash`);
	await context.close();
});
