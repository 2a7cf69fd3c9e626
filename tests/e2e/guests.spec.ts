import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { browserOf, emailOf, WORKSPACE } from '../support/people.ts';

const TITLE = 'Nghị quyết cho khách';
const REPORTER = 'Trần Thị Phóng Viên';

test('a guest comes by a link to one document and finds it, the people in it, and nothing else', async ({ browser }) => {
	const { page: drafter, context } = await browserOf(browser, 'drafter');
	const made = await drafter.request.post('/api/documents', {
		data: { workspace: WORKSPACE, kind: 'resolution', profile: 'nd30', title: TITLE }
	});
	const { id } = (await made.json()) as { id: string };
	await drafter.goto(`/${WORKSPACE}/documents/${id}`);
	await drafter.getByRole('button', { name: 'Chia sẻ' }).click();
	const dialog = drafter.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Mời khách' }).click();
	await dialog.getByRole('button', { name: 'Tạo liên kết' }).click();
	await expect(dialog.getByText('Hãy cho biết khách thuộc tổ chức nào')).toBeVisible();
	await dialog.getByLabel('Tổ chức').fill('Báo Thành phố');
	await dialog.getByRole('button', { name: 'Tạo liên kết' }).click();
	const link = await dialog.getByLabel('Liên kết mời').inputValue();
	await expect(dialog.getByRole('list', { name: 'Lời mời chưa dùng' }).getByText('Báo Thành phố')).toBeVisible();
	await drafter.screenshot({ path: 'test-results/guests/share-1440.png' });
	await dialog.getByRole('button', { name: 'Xong' }).click();

	const guest = await (await browser.newContext({ locale: 'vi-VN', viewport: { width: 390, height: 844 } })).newPage();
	await guest.goto(link);
	await expect(guest.getByText('Khách · Người góp ý')).toBeVisible();
	await guest.screenshot({ path: 'test-results/guests/offer-390.png', fullPage: true });
	await guest.getByLabel('Họ và tên').fill(REPORTER);
	await guest.getByLabel('E-mail').fill(`phong-vien-${Date.now()}@bao.test`);
	await guest.locator('input[name=password]').fill('mot-cau-dai-de-nho');
	await guest.getByRole('button', { name: 'Tạo tài khoản và tham gia' }).click();
	await guest.waitForURL(`/${WORKSPACE}/documents/${id}`);
	await guest.locator('.ProseMirror').waitFor();
	await expect(guest.getByRole('button', { name: 'Chia sẻ' })).toHaveCount(0);
	await guest.screenshot({ path: 'test-results/guests/document-390.png' });

	// Who is in the room sees who else is, with whom they speak for.
	await drafter.getByRole('group', { name: new RegExp(REPORTER) }).waitFor();
	await expect(drafter.getByTitle(`${REPORTER} · Báo Thành phố`)).toBeVisible();

	await guest.goto(`/${WORKSPACE}`);
	await guest.waitForURL(`/${WORKSPACE}/invited`);
	await expect(guest.getByRole('link', { name: TITLE })).toBeVisible();
	await expect(guest.getByRole('main').getByRole('listitem')).toHaveCount(1);
	await expect(guest.getByRole('link', { name: 'Thành viên' })).toHaveCount(0);
	await guest.screenshot({ path: 'test-results/guests/home-390.png' });
	for (const path of ['people', 'people/agencies', 'people/invitations', 'trash', 'settings/workspace', 'audit']) {
		expect((await guest.goto(`/${WORKSPACE}/${path}`))?.status(), path).toBe(404);
	}
	const listed = (await (await guest.request.get(`/api/documents?workspace=${WORKSPACE}`)).json()) as {
		items: { id: string }[];
	};
	expect(listed.items.map((document) => document.id)).toEqual([id]);
	expect(
		(
			await guest.request.post('/api/documents', { data: { workspace: WORKSPACE, kind: 'plan', profile: 'nd30', title: 'X' } })
		).status()
	).toBe(404);

	await guest.goto(`/${WORKSPACE}/settings`);
	await expect(guest.getByText('Báo Thành phố')).toBeVisible();
	await guest.screenshot({ path: 'test-results/guests/settings-390.png', fullPage: true });

	// Owners find the guest among the people, as one from outside.
	const { page: owner, context: ownersContext } = await browserOf(browser, 'owner');
	await owner.goto(`/${WORKSPACE}/people`);
	const row = owner.getByRole('table', { name: 'Khách từ bên ngoài' }).getByRole('row', { name: REPORTER });
	await expect(row).toContainText('Báo Thành phố');
	await expect(row).toContainText('1 văn bản');
	await owner.screenshot({ path: 'test-results/guests/people-1440.png', fullPage: true });

	// Taking it back reaches the open page, and nothing is left of the workspace.
	await guest.goto(`/${WORKSPACE}/documents/${id}`);
	await guest.locator('.ProseMirror').waitFor();
	await drafter.getByRole('button', { name: 'Chia sẻ' }).click();
	await dialog.getByRole('button', { name: `Quyền của ${REPORTER}: Người góp ý` }).click();
	await drafter.getByRole('menuitem', { name: `Gỡ quyền của ${REPORTER}` }).click();
	await expect(dialog.getByRole('listitem').filter({ hasText: REPORTER })).toHaveCount(0);
	await expect(guest.getByText('Bạn không còn quyền')).toBeVisible();
	expect((await guest.request.get(`/api/documents/${id}`)).status()).toBeGreaterThan(400);
	await owner.reload();
	await expect(owner.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(row).toHaveCount(0);
	await ownersContext.close();
	await context.close();
	await guest.context().close();
});

test('an owner sends a guest away, who loses what is open at once', async ({ browser }) => {
	const { page: drafter, context } = await browserOf(browser, 'drafter');
	const api = drafter.request;
	const made = await api.post('/api/documents', {
		data: { workspace: WORKSPACE, kind: 'resolution', profile: 'nd30', title: 'Nghị quyết một lần' }
	});
	const { id } = (await made.json()) as { id: string };
	const { link } = (await (
		await api.post(`/api/documents/${id}/invitations`, {
			data: { organisation: 'Trường Đại học Bách khoa', role: 'viewer' }
		})
	).json()) as { link: string };
	const guest = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await guest.goto(link);
	await guest.getByLabel('Họ và tên').fill('Lê Văn Khách');
	await guest.getByLabel('E-mail').fill(`khach-${Date.now()}@truong.test`);
	await guest.locator('input[name=password]').fill('mot-cau-dai-de-nho');
	await guest.getByRole('button', { name: 'Tạo tài khoản và tham gia' }).click();
	await guest.locator('.ProseMirror').waitFor();

	const { page: owner, context: ownersContext } = await browserOf(browser, 'owner');
	await owner.goto(`/${WORKSPACE}/people`);
	await owner.getByRole('button', { name: 'Thao tác với Lê Văn Khách' }).click();
	await owner.getByRole('menuitem', { name: 'Đưa ra khỏi không gian làm việc' }).click();
	await owner.getByRole('dialog').getByRole('button', { name: 'Đưa ra khỏi không gian làm việc' }).click();
	await expect(owner.getByRole('row', { name: 'Lê Văn Khách' })).toHaveCount(0);
	await expect(guest.getByText('Bạn không còn quyền').or(guest.getByText('Đăng nhập')).first()).toBeVisible();
	expect((await guest.request.get(`/api/documents/${id}`)).status()).toBeGreaterThan(400);
	for (const each of [context, ownersContext, guest.context()]) await each.close();
});

test('the guest of the sample has a home with one document, in both languages', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'guest');
	await page.goto('/');
	await page.waitForURL(`/${WORKSPACE}/invited`);
	await expect(page.getByRole('heading', { level: 1, name: 'Được mời' })).toBeVisible();
	await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);
	await page.screenshot({ path: 'test-results/guests/home-1440.png' });
	await page.getByRole('main').getByRole('listitem').getByRole('link').click();
	await page.locator('.ProseMirror').waitFor();
	await page.screenshot({ path: 'test-results/guests/document-1440.png' });
	await context.addCookies([{ name: 'plenum_locale', value: 'en', url: new URL('/', page.url()).href }]);
	await page.goto(`/${WORKSPACE}/invited`);
	await expect(page.getByRole('heading', { level: 1, name: 'Invited' })).toBeVisible();
	await page.screenshot({ path: 'test-results/guests/home-en-1440.png' });

	await page.goto(`/${WORKSPACE}/settings`);
	const file = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download' }).click();
	const kept = JSON.parse(await readFile(await (await file).path(), 'utf8')) as {
		person: { email: string };
		guest: unknown[];
		memberships: unknown[];
	};
	expect([kept.person.email, kept.guest.length, kept.memberships.length]).toEqual([emailOf('guest'), 1, 0]);
	await context.close();
});
