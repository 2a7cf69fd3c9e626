import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';
import type { Version } from '../../src/lib/versions/versions.ts';

const REVIEWER = 'Phó Giám đốc Sở Tài chính';
const TEXT = [
	'Điều 1. Trách nhiệm',
	'1. Cơ quan chủ trì có trách nhiệm:',
	'a) Chuẩn bị nội dung;',
	'b) Mời [tên cơ quan] tham gia;',
	'c) Lưu hồ sơ.'
].join('\n');
const addressOf = (id: string) => `/${WORKSPACE}/documents/${id}/versions`;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

async function fileOf(page: Page, id: string, format: string): Promise<Buffer> {
	const response = await page.request.get(`/api/versions/${id}/export?format=${format}`, {
		headers: { 'sec-fetch-site': 'same-origin', referer: page.url() }
	});
	expect(response.status(), await response.text()).toBe(200);
	return response.body();
}

test('a manager freezes a draft, everybody sees it at once, and it stays as it was', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', `Nghị quyết ${Date.now()}`, TEXT);
	const { page, context } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}`);
	await shareWith(page.request, id, REVIEWER, 'commenter');
	const colleague = await browserOf(browser, 'reviewer');
	await colleague.page.goto(addressOf(id));
	await expect(colleague.page.getByRole('heading', { name: 'Chưa có bản nào được chốt' })).toBeVisible();
	await expect(colleague.page.getByRole('link', { name: /^Chốt Dự thảo lần/ }), 'a commenter does not freeze').toHaveCount(0);
	await colleague.page.waitForLoadState('networkidle');

	// Typed a moment before: what is said to be saved is in the version.
	const editor = await openDocument(browser, 'drafter', id);
	await typeAtEnd(editor, 'Chuẩn bị nội dung', ' chốt kịp');
	await expect(savedState(editor)).toHaveText('Đã lưu');
	await editor.getByRole('link', { name: 'Phiên bản' }).click();
	await editor.getByRole('link', { name: 'Chốt Dự thảo lần 1' }).click();
	const dialog = editor.getByRole('dialog');
	await expect(dialog.getByLabel('Tên bản dự thảo')).toHaveValue('Dự thảo lần 1');
	await expect(dialog.getByText('Văn bản còn chỗ chưa hoàn thiện'), 'what is unfinished is said').toBeVisible();
	await dialog.getByLabel('Ghi chú').fill('Gửi các sở');
	await dialog.getByRole('button', { name: 'Chốt dự thảo' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(editor.getByRole('link', { name: 'Dự thảo lần 1', exact: true })).toBeVisible();
	await expect(
		colleague.page.getByRole('link', { name: 'Dự thảo lần 1', exact: true }),
		'a colleague sees it without a reload'
	).toBeVisible();
	await expect(colleague.page.getByText('Gửi các sở')).toBeVisible();

	const { items } = (await (await page.request.get(`/api/documents/${id}/versions`)).json()) as { items: Version[] };
	const [version] = items;
	expect(version).toMatchObject({
		kind: 'frozen',
		number: 1,
		label: 'Dự thảo lần 1',
		createdBy: { name: 'Chuyên viên soạn thảo' }
	});
	const docx = await fileOf(page, version.id, 'docx');
	expect(sha256(docx)).toBe(version.docxSha256);
	const canonical = await fileOf(page, version.id, 'json');
	expect(sha256(canonical), 'the hash is that of the JSON file').toBe(version.sha256);
	expect(canonical.toString()).toContain('chốt kịp');

	// The text goes on, the version does not.
	const later = await openDocument(browser, 'drafter', id);
	await typeAtEnd(later, 'Lưu hồ sơ', ' SAU KHI CHỐT');
	await expect(savedState(later)).toHaveText('Đã lưu');
	await colleague.page.getByRole('link', { name: 'Dự thảo lần 1', exact: true }).click();
	const text = colleague.page.getByRole('article', { name: 'Nội dung của Dự thảo lần 1' });
	await expect(text.getByText('c) Lưu hồ sơ.'), 'with the numbers').toBeVisible();
	await expect(text).toContainText('chốt kịp');
	await expect(text).not.toContainText('SAU KHI CHỐT');
	await expect(colleague.page.getByLabel('Mã kiểm tra SHA-256')).toHaveValue(version.sha256);
	const [download] = await Promise.all([
		colleague.page.waitForEvent('download'),
		colleague.page.getByRole('link', { name: 'Word' }).click()
	]);
	expect(sha256(await readFile(await download.path())), 'the Word file is for ever the same').toBe(version.docxSha256);
	expect(await fileOf(page, version.id, 'json')).toEqual(canonical);
	expect((await fileOf(page, version.id, 'txt')).toString()).toContain('c) Lưu hồ sơ');

	// The next one is counted on; what was typed since is in it.
	await later.goto(addressOf(id));
	await later.getByRole('link', { name: 'Chốt Dự thảo lần 2' }).click();
	await later.getByRole('dialog').getByRole('button', { name: 'Chốt dự thảo' }).click();
	await later.getByRole('link', { name: 'Dự thảo lần 2', exact: true }).click();
	await expect(later.getByRole('article')).toContainText('SAU KHI CHỐT');
	for (const one of [context, colleague.context, editor.context(), later.context()]) await one.close();
});

test('who may not freeze is refused, and the same key freezes once', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', `Ai được chốt ${Date.now()}`);
	const versions = `/api/documents/${id}/versions`;
	const origin = new URL(baseURL!).origin;
	const { page, context } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}`);
	const freeze = (from: Page, label: string, key = randomUUID()) =>
		from.request.post(versions, { data: { label }, headers: { origin, 'idempotency-key': key } });
	const reviewer = await browserOf(browser, 'reviewer');
	expect((await freeze(reviewer.page, 'X')).status(), 'who does not see it').toBe(404);
	for (const role of ['viewer', 'commenter', 'editor'] as const) {
		await shareWith(page.request, id, REVIEWER, role);
		expect((await freeze(reviewer.page, 'X')).status(), role).toBe(403);
	}
	const key = randomUUID();
	const first = await freeze(page, 'Dự thảo lần 1', key);
	expect(first.status(), await first.text()).toBe(201);
	const again = await freeze(page, 'Dự thảo lần 1', key);
	expect(await again.json()).toEqual(await first.json());
	const other = await freeze(page, 'dự thảo lần 1');
	expect(other.status()).toBe(409);
	expect(await other.json()).toMatchObject({ field: 'label' });
	expect((await freeze(page, ' ')).status()).toBe(422);
	const { id: version } = (await first.json()) as { id: string };
	expect((await reviewer.page.request.get(`/api/versions/${version}`)).status()).toBe(200);
	await shareWith(page.request, id, REVIEWER, null);
	expect((await reviewer.page.request.get(`/api/versions/${version}`)).status()).toBe(404);
	expect((await reviewer.page.request.get(`/api/versions/${version}/export?format=json`)).status()).not.toBe(200);
	await Promise.all([context.close(), reviewer.context.close()]);
});

test('a draft is frozen without scripts, and nothing typed is lost', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'owner', `Chốt không có script ${Date.now()}`);
	const { page, context } = await browserOf(browser, 'owner', { javaScriptEnabled: false });
	await page.goto(`/${WORKSPACE}/documents/${id}/details`);
	await page.getByRole('link', { name: 'Phiên bản' }).click();
	await page.getByRole('link', { name: 'Chốt Dự thảo lần 1' }).click();
	await page.getByLabel('Tên bản dự thảo').fill(' ');
	await page.getByLabel('Ghi chú').fill('Trình Thường trực');
	await page.getByRole('button', { name: 'Chốt dự thảo' }).click();
	await expect(page.getByLabel('Tên bản dự thảo')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Ghi chú')).toHaveValue('Trình Thường trực');
	await page.getByLabel('Tên bản dự thảo').fill('Bản trình Thường trực');
	await page.getByRole('button', { name: 'Chốt dự thảo' }).click();
	await expect(page.getByText('Đã chốt “Bản trình Thường trực”.')).toBeVisible();
	await page.getByRole('link', { name: 'Bản trình Thường trực', exact: true }).click();
	await expect(page.getByRole('article').getByText('Điều 1. Phạm vi điều chỉnh')).toBeVisible();
	await context.close();
});
