import { expect, test } from '@playwright/test';
import { startPlenum, type Plenum } from '../support/plenum.ts';

const PASSWORD = 'mot-mat-khau-du-dai';
let plenum: Plenum;

test.beforeAll(async () => {
	plenum = await startPlenum({ LOG_LEVEL: 'warn' });
});
test.afterAll(async () => {
	await plenum.stop();
});

test('on an empty database the owner sets up, invites a colleague of a second agency, and both see the workspace', async ({
	browser
}) => {
	const link = /http:\/\/localhost:\d+\/setup\?token=[\w-]+/.exec(plenum.output())![0];
	const owner = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await owner.goto(`${plenum.url}/setup?token=wrong-token-wrong-token`);
	await expect(owner.getByText('Liên kết thiết lập chưa đúng')).toBeVisible();

	await owner.goto(link);
	await owner.getByLabel('Tên không gian làm việc').fill('Tỉnh Thử Nghiệm');
	await owner.getByLabel('Cơ quan của bạn').fill('Văn phòng Ủy ban nhân dân tỉnh');
	await owner.getByLabel('Tên viết tắt').fill('VP UBND');
	await owner.getByLabel('Họ và tên').fill('Nguyễn Thị Chủ Quản');
	await owner.getByLabel('E-mail').fill('chu.quan@example.test');
	await owner.locator('input[name=password]').fill('ngan');
	await owner.getByRole('button', { name: 'Tạo không gian làm việc' }).click();
	await expect(owner.getByLabel('Họ và tên'), 'typed text is kept when the password is refused').toHaveValue(
		'Nguyễn Thị Chủ Quản'
	);
	await owner.locator('input[name=password]').fill(PASSWORD);
	await owner.getByRole('button', { name: 'Tạo không gian làm việc' }).click();
	await owner.waitForURL(`${plenum.url}/tinh-thu-nghiem`);
	await expect(owner.getByRole('heading', { name: 'Văn bản', exact: true })).toBeVisible();

	const stranger = await (await browser.newContext()).newPage();
	await stranger.goto(link);
	await expect(stranger, 'the link works once').not.toHaveURL(/setup/);

	await owner.goto(`${plenum.url}/tinh-thu-nghiem/people/agencies`);
	await owner.getByRole('button', { name: 'Thêm cơ quan' }).click();
	const dialog = owner.getByRole('dialog');
	await dialog.getByLabel('Tên cơ quan').fill('Sở Khoa học và Công nghệ');
	await dialog.getByLabel('Tên viết tắt').fill('Sở KH&CN');
	await dialog.getByRole('button', { name: 'Lưu' }).click();
	await expect(owner.getByRole('cell', { name: 'Sở Khoa học và Công nghệ', exact: true })).toBeVisible();

	await owner.goto(`${plenum.url}/tinh-thu-nghiem/people/invitations`);
	await owner.getByRole('button', { name: 'Mời người dùng' }).first().click();
	await owner.getByRole('combobox', { name: 'Cơ quan' }).fill('so khoa hoc');
	await owner.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).click();
	await owner.getByRole('button', { name: 'Tạo liên kết mời' }).click();
	const invitation = await owner.getByRole('textbox', { name: 'Liên kết mời' }).inputValue();

	const colleague = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await colleague.goto(invitation);
	await colleague.getByLabel('Họ và tên').fill('Trần Văn Đồng Soạn');
	await colleague.getByLabel('E-mail').fill('dong.soan@example.test');
	await colleague.locator('input[name=password]').fill(PASSWORD);
	await colleague.getByRole('button', { name: 'Tạo tài khoản và tham gia' }).click();
	await colleague.waitForURL(`${plenum.url}/tinh-thu-nghiem`);
	await stranger.goto(invitation);
	await expect(stranger.getByText('Thư mời đã được sử dụng')).toBeVisible();

	await owner.goto(`${plenum.url}/tinh-thu-nghiem/people`);
	await expect(owner.getByText('Trần Văn Đồng Soạn')).toBeVisible();
	await owner.goto(`${plenum.url}/tinh-thu-nghiem/audit`);
	await expect(owner.getByText('Trần Văn Đồng Soạn').first()).toBeVisible();
	expect(
		(await colleague.goto(`${plenum.url}/tinh-thu-nghiem/audit`))!.status(),
		'the audit trail is the owner’s'
	).toBeGreaterThanOrEqual(403);

	const second = await owner.request.post(`${plenum.url}/auth/v1/signup`, { data: {} });
	expect(second.status()).toBe(404);
	await owner.context().close();
	await stranger.context().close();
	await colleague.context().close();
});
