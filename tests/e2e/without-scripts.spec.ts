import { expect, test } from '@playwright/test';
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
