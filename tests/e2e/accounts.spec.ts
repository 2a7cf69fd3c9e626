import { expect, test, type Page } from '@playwright/test';
import { WORKSPACE, browserOf, emailOf, signIn } from '../support/people.ts';

const FIRST = 'mot-cau-dai-de-nho';
const SECOND = 'mot-cau-khac-cung-dai';

test('who forgot a password gets a link from the owner; every old session ends; who is removed is out at once', async ({
	browser
}) => {
	test.slow(); // five sign-ins
	const { page: owner, context } = await browserOf(browser, 'owner');
	const { name, email } = newcomer();
	const before = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await before.goto(await invite(owner));
	await before.getByLabel('Họ và tên').fill(name);
	await before.getByLabel('E-mail').fill(email);
	await before.locator('input[name=password]').fill(FIRST);
	await before.getByRole('button', { name: 'Tạo tài khoản và tham gia' }).click();
	await before.waitForURL(`/${WORKSPACE}`);

	const after = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await after.goto('/forgotten-password');
	await after.getByLabel('E-mail').fill(email);
	await after.getByRole('button', { name: 'Gửi yêu cầu' }).click();
	await expect(after.getByText('Đã nhận yêu cầu')).toBeVisible();

	await expect(async () => {
		await owner.goto(`/${WORKSPACE}/people`);
		await expect(owner.getByText(`${name} quên mật khẩu`)).toBeVisible({ timeout: 1000 });
	}).toPass();
	await owner.getByRole('button', { name: 'Tạo liên kết đặt mật khẩu' }).click();
	const link = await owner.getByRole('dialog').getByLabel('Liên kết').inputValue();
	await after.goto(link);
	await after.locator('input[name=password]').fill('ngan');
	await after.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
	await expect(after.getByText('ít nhất 10 ký tự')).toBeVisible();
	await after.locator('input[name=password]').fill(SECOND);
	await after.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }).click();
	await after.waitForURL(`/${WORKSPACE}`);

	await before.goto(`/${WORKSPACE}/people`);
	await expect(before, 'the earlier session is over').toHaveURL(/\/sign-in\?next=/);
	await before.goto(link);
	await expect(before.getByText('Liên kết không còn dùng được')).toBeVisible();

	await owner.goto(`/${WORKSPACE}/people`);
	await owner.getByRole('button', { name: `Thao tác với ${name}` }).click();
	await owner.getByRole('menuitem', { name: 'Đưa ra khỏi không gian làm việc' }).click();
	await expect(owner.getByRole('dialog')).toContainText('mất quyền truy cập ngay lập tức');
	await owner.getByRole('dialog').getByRole('button', { name: 'Đưa ra khỏi không gian làm việc' }).click();
	await expect(owner.getByText(email)).toHaveCount(0);
	await after.goto(`/${WORKSPACE}`);
	await expect(after, 'who belongs to no workspace any more is signed out').toHaveURL(/\/sign-in\?next=/);
	await after.getByLabel('E-mail').fill(email);
	await after.locator('input[name=password]').fill(SECOND);
	await after.getByRole('button', { name: 'Đăng nhập' }).click();
	await after.waitForURL(`/${WORKSPACE}`);
	await after.goto('/');
	await expect(after.getByRole('heading', { name: 'Chưa có không gian làm việc' })).toBeVisible();
	for (const page of [before, after]) await page.context().close();
	await context.close();
});

test('sign-in keeps what was typed, says the same for every wrong pair, and comes back to the page', async ({ page }) => {
	await page.goto(`/${WORKSPACE}/settings`);
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	for (const email of [emailOf('viewer'), 'khong.co@sample.test']) {
		await page.getByLabel('E-mail').fill(email);
		await page.locator('input[name=password]').fill('sai-mat-khau-roi');
		await page.getByRole('button', { name: 'Đăng nhập' }).click();
		await expect(page.getByRole('alert')).toContainText('E-mail hoặc mật khẩu chưa đúng');
		await expect(page.getByLabel('E-mail')).toHaveValue(email);
	}
	await signIn(page, 'viewer');
	await page.goto(`/${WORKSPACE}/settings`);
	await expect(page.getByRole('heading', { name: 'Thông tin cá nhân' })).toBeVisible();
});

test('the language follows the person to another machine', async ({ browser }) => {
	const first = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await signIn(first, 'outsider');
	await first.goto(`/${WORKSPACE}/settings`, { waitUntil: 'networkidle' });
	await first.getByRole('radio', { name: 'English' }).check({ force: true });
	await expect(first.getByRole('heading', { name: 'Personal details' })).toBeVisible();
	const second = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await signIn(second, 'outsider');
	await second.goto(`/${WORKSPACE}/settings`, { waitUntil: 'networkidle' });
	await expect(second.getByRole('heading', { name: 'Personal details' })).toBeVisible();
	await second.getByRole('radio', { name: 'Tiếng Việt' }).check({ force: true });
	await expect(second.getByRole('heading', { name: 'Thông tin cá nhân' })).toBeVisible();
	await first.context().close();
	await second.context().close();
});

async function invite(owner: Page): Promise<string> {
	await owner.goto(`/${WORKSPACE}/people/invitations`);
	await owner.getByRole('button', { name: 'Mời người dùng' }).first().click();
	await owner.getByRole('combobox', { name: 'Cơ quan' }).fill('so noi vu');
	await owner.getByRole('option', { name: /Sở Nội vụ/ }).click();
	await owner.getByRole('button', { name: 'Tạo liên kết mời' }).click();
	const link = await owner.getByLabel('Liên kết mời').inputValue();
	await owner.getByRole('button', { name: 'Xong' }).click();
	return link;
}

function newcomer(): { name: string; email: string } {
	const mark = Date.now().toString(36);
	return { name: `Lê Thị ${mark}`, email: `le.${mark}@sample.test` };
}
