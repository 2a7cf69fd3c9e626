import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('a document is made, renamed, thrown away and restored without scripts', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'drafter', { javaScriptEnabled: false });
	const title = `Không có script ${Date.now()}`;
	await page.goto(`/${WORKSPACE}`);
	await page.getByRole('button', { name: 'Văn bản mới' }).click();
	await page.getByRole('radio', { name: 'Kế hoạch' }).check({ force: true });
	await page.getByRole('button', { name: 'Tạo văn bản' }).click();
	const name = page.getByLabel('Tên văn bản');
	await expect(name, 'a document has a name').toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByRole('radio', { name: 'Kế hoạch' }), 'what was chosen is still chosen').toBeChecked();
	await name.fill(title);
	await page.getByRole('button', { name: 'Tạo văn bản' }).click();
	await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);

	await page.goto(`/${WORKSPACE}`);
	await page
		.getByRole('row', { name: title })
		.getByRole('link', { name: `Thao tác với ${title}` })
		.click();
	await name.fill(' ');
	await page.getByRole('button', { name: 'Đổi tên' }).click();
	await expect(name).toHaveAttribute('aria-invalid', 'true');
	const [colleague, seen] = [await context.newPage(), page.url()];
	await colleague.goto(seen);
	await colleague.getByLabel('Tên văn bản').fill(`${title}, do người khác đổi`);
	await colleague.getByRole('button', { name: 'Đổi tên' }).click();
	await expect(colleague.getByRole('heading', { level: 1 })).toHaveText(`${title}, do người khác đổi`);
	await name.fill(`${title}, đã đổi`);
	await page.getByRole('button', { name: 'Đổi tên' }).click();
	await expect(name, 'nobody’s change is overwritten, and nothing typed is lost').toHaveValue(`${title}, đã đổi`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${title}, do người khác đổi`);
	await page.getByRole('button', { name: 'Đổi tên' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${title}, đã đổi`);

	await page.getByRole('button', { name: 'Chuyển vào thùng rác' }).click();
	await expect(page).toHaveURL(`/${WORKSPACE}/trash`);
	await page.getByRole('button', { name: `Khôi phục: ${title}, đã đổi` }).click();
	await expect(page.getByText(title)).toHaveCount(0);
	await page.goto(`/${WORKSPACE}`);
	await expect(page.getByRole('row', { name: `${title}, đã đổi` })).toBeVisible();
	await context.close();
});

test('a document is imported and shared without scripts', async ({ browser }) => {
	const { page, context } = await browserOf(browser, 'owner', { javaScriptEnabled: false });
	const title = `Nhập không có script ${Date.now()}`;
	const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
	await page.goto(`/${WORKSPACE}`);
	await page.getByRole('button', { name: 'Nhập tệp' }).first().click();
	await page.getByLabel('Tên văn bản').fill(title);
	await page.getByLabel('Tệp văn bản').setInputFiles(file('quet.pdf', '%PDF-1.7 quét'));
	await page.getByRole('button', { name: 'Nhập văn bản' }).click();
	await expect(page.getByLabel('Tệp văn bản')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Tên văn bản'), 'nothing typed is lost').toHaveValue(title);
	await page.getByLabel('Tệp văn bản').setInputFiles(file('a.txt', 'Điều 1. Phạm vi\n1. Một.\n2. Hai.\n'));
	await page.getByRole('button', { name: 'Nhập văn bản' }).click();
	await expect(page.getByText('Đã nhập xong')).toBeVisible();
	await expect(page.getByText('1 điều', { exact: true })).toBeVisible();

	await page.goto(`/${WORKSPACE}`);
	await page
		.getByRole('row', { name: title })
		.getByRole('link', { name: `Thao tác với ${title}` })
		.click();
	await page.getByRole('link', { name: 'Chia sẻ' }).click();
	await page.getByRole('searchbox', { name: 'Thêm cơ quan hoặc người' }).fill('so');
	await page.getByRole('button', { name: 'Tìm', exact: true }).click();
	const first = page.getByRole('button', { name: /^Chia sẻ: / }).first();
	const agency = (await first.getAttribute('aria-label'))!.replace('Chia sẻ: ', '');
	await first.click();
	const who = page.getByRole('region', { name: 'Ai có quyền truy cập' });
	await who.getByLabel(`Quyền của ${agency}`, { exact: true }).selectOption('viewer');
	await who.getByRole('button', { name: `Lưu: ${agency}` }).click();
	await expect(who.getByLabel(`Quyền của ${agency}`, { exact: true })).toHaveValue('viewer');
	await who.getByRole('button', { name: `Gỡ quyền của ${agency}` }).click();
	await expect(who.getByText(agency)).toHaveCount(0);
	await page.getByLabel('E-mail').fill('khong-phai-thu');
	await page.getByRole('button', { name: 'Tạo liên kết mời' }).click();
	await expect(page.getByLabel('E-mail')).toHaveValue('khong-phai-thu');
	await page.getByLabel('E-mail').fill('');
	await page.getByLabel('Tổ chức').fill('Báo Thành phố');
	await page.getByRole('button', { name: 'Tạo liên kết mời' }).click();
	await expect(page.getByLabel('Liên kết mời', { exact: true })).toHaveValue(/\/invitation\//);
	await page.getByRole('button', { name: 'Thu hồi lời mời gửi Báo Thành phố' }).click();
	await expect(page.getByText('Báo Thành phố')).toHaveCount(0);
	await context.close();
});

test('a document is exported, and deleted for good, without scripts', async ({ browser, baseURL }) => {
	const title = `Xóa không có script ${Date.now()}`;
	const id = await newDocument(baseURL!, 'owner', title);
	const { page, context } = await browserOf(browser, 'owner', { javaScriptEnabled: false });
	const details = `/${WORKSPACE}/documents/${id}/details`;
	await page.goto(details);
	await page.getByRole('link', { name: 'Xuất tệp' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Văn bản thuần (.txt)' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/\.txt$/);

	await page.goto(details);
	await page.getByRole('button', { name: 'Chuyển vào thùng rác' }).click();
	await page.getByRole('button', { name: `Xóa vĩnh viễn: ${title}` }).click();
	await page.getByLabel('Lý do xóa').fill('Nhập nhầm tệp');
	await page.getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
	await expect(page.getByLabel('Gõ “xóa” để xác nhận')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Lý do xóa')).toHaveValue('Nhập nhầm tệp');
	await page.getByLabel('Gõ “xóa” để xác nhận').fill('Xoá');
	await page.getByRole('button', { name: 'Xóa vĩnh viễn' }).click();
	await expect(page).toHaveURL(`${baseURL}/${WORKSPACE}/trash`);
	await expect(page.getByText(title)).toHaveCount(0);
	await context.close();
});

test('an open invitation is given one more link, which is shown once and works', async ({ browser, baseURL }) => {
	const { page, context } = await browserOf(browser, 'owner', { javaScriptEnabled: false });
	const headers = { origin: new URL(baseURL!).origin };
	const { items } = (await (await page.request.get(`/api/agencies?workspace=${WORKSPACE}`)).json()) as {
		items: { id: string }[];
	};
	const email = `moi-${Date.now()}@sample.test`;
	const invitation = { agencyId: items[0].id, role: 'member', isHead: false, email };
	const made = await page.request.post(`/api/invitations?workspace=${WORKSPACE}`, { headers, data: invitation });
	expect(made.status(), await made.text()).toBe(201);
	const { id, link } = (await made.json()) as { id: string; link: string };

	await page.goto(`/${WORKSPACE}/people/invitations`);
	await page.getByRole('button', { name: `Sao chép liên kết: ${email}` }).click();
	const copied = page.getByLabel('Liên kết mời', { exact: true });
	await expect(copied).toHaveValue(/\/invitation\/[\w-]{43}$/);
	const another = await copied.inputValue();
	expect(another).not.toBe(link);
	for (const each of [link, another]) expect((await page.request.get(each)).status()).toBe(200);
	await page.goto(`/${WORKSPACE}/people/invitations`);
	await expect(copied).toHaveCount(0);

	await page.request.patch(`/api/invitations/${id}`, { headers, data: { revoked: true } });
	await page.reload();
	await expect(page.getByRole('button', { name: `Sao chép liên kết: ${email}` }), 'only while it is open').toHaveCount(0);
	await context.close();
});

test('a document is moved on, and returned with a reason, without scripts', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'owner', `Chuyển trạng thái không có script ${Date.now()}`);
	const { page, context } = await browserOf(browser, 'owner', { javaScriptEnabled: false });
	const details = `/${WORKSPACE}/documents/${id}/details`;
	const move = page.getByRole('button', { name: 'Chuyển trạng thái' });
	const state = page.getByRole('group', { name: /^Trạng thái/ });
	const reason = page.getByRole('textbox', { name: 'Lý do' });
	await page.goto(details);
	await expect(reason, 'nothing goes back from here').toHaveCount(0);
	await state.getByRole('radio', { name: 'Đã trình' }).check({ force: true });
	await move.click();
	await expect(page.getByText('sang “Đã trình”')).toBeVisible();
	await expect(state.getByRole('radio', { name: 'Đang lấy ý kiến' }), 'a read-only text is returned first').toHaveCount(0);

	await state.getByRole('radio', { name: 'Trả lại để soạn tiếp' }).check({ force: true });
	await move.click();
	await expect(reason).toHaveAttribute('aria-invalid', 'true');
	await expect(state.getByRole('radio', { name: 'Trả lại để soạn tiếp' }), 'what was chosen is still chosen').toBeChecked();
	await reason.fill('Bổ sung ý kiến của Sở Tài chính');
	const stale = await context.newPage();
	await stale.goto(details);
	await move.click();
	await expect(page.getByText('sang “Đang soạn thảo”')).toBeVisible();
	const { state: now } = (await (await page.request.get(`/api/documents/${id}`)).json()) as { state: string };
	expect(now).toBe('drafting');

	await stale.getByRole('radio', { name: 'Đã ban hành' }).check({ force: true });
	await stale.getByRole('button', { name: 'Chuyển trạng thái' }).click();
	await expect(stale.getByRole('alert'), 'who saw an old revision is told so').toBeVisible();
	await expect(stale.getByRole('group', { name: /^Trạng thái/ })).toContainText('Đang soạn thảo');
	await context.close();

	const colleague = await browserOf(browser, 'reviewer');
	await colleague.page.goto(details);
	await expect(colleague.page.getByRole('button', { name: 'Chuyển trạng thái' }), 'only managers move it').toHaveCount(0);
	await colleague.context.close();
});
