import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

/** As a browser says that a page of ours asks. */
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };
const SENTENCE = 'Cơ quan chủ trì có trách nhiệm phối hợp với các cơ quan liên quan tổ chức thực hiện theo đúng quy định';
/** 66,000 words, which no request waits for. */
const LONG = Array.from({ length: 1_000 }, (_, nth) => `Điều ${nth + 1}. ${[SENTENCE, SENTENCE, SENTENCE].join(', ')}.`).join(
	'\n'
);

async function openDialog(page: Page, title: string) {
	await page.goto(`/${WORKSPACE}`);
	const row = page.getByRole('row', { name: title });
	await row.getByRole('button', { name: /Thao tác/ }).click();
	await page.getByRole('menuitem', { name: 'Xuất tệp' }).click();
	return page.getByRole('dialog');
}

test('a long document is made in the background: it is handed over when it is ready, and kept for who asked', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Bộ luật rất dài', LONG);
	const { page, context } = await browserOf(browser, 'drafter');
	const { page: owner, context: others } = await browserOf(browser, 'owner');

	const refused = await page.request.get(`/api/documents/${id}/export?format=docx`, { headers: OWN_PAGE });
	expect(refused.status()).toBe(409);
	const { message, way } = (await refused.json()) as { message: string; way: { post: string; body: object } };
	expect(message).toContain('POST /api/exports');

	const dialog = await openDialog(page, 'Bộ luật rất dài');
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Tệp Word' }).click();
	await expect(dialog.getByText('Tệp đã yêu cầu')).toBeVisible();
	expect((await download).suggestedFilename()).toBe('Bộ luật rất dài.docx');
	await expect(dialog.getByText(/Tải được đến/)).toBeVisible();
	await page.keyboard.press('Escape');
	const again = await openDialog(page, 'Bộ luật rất dài');
	await expect(again.getByRole('link', { name: 'Tải xuống: Tệp Word' }), 'kept for who comes back').toBeVisible();

	const [made] = (
		(await (await page.request.get(`/api/exports?of=document:${id}`)).json()) as { items: { id: string; state: string }[] }
	).items;
	expect(made).toMatchObject({ of: `document:${id}`, format: 'docx', state: 'done', progress: 1 });
	const file = `/api/exports/${made.id}/file`;
	const part = await page.request.get(file, { headers: { ...OWN_PAGE, range: 'bytes=0-1' } });
	expect([part.status(), await part.text(), part.headers()['cache-control']]).toEqual([206, 'PK', 'private, no-store']);
	expect((await page.request.get(file, { headers: { 'sec-fetch-site': 'cross-site' } })).status(), 'from elsewhere').toBe(403);
	for (const address of [file, `/api/exports/${made.id}`])
		expect((await owner.request.get(address, { headers: OWN_PAGE })).status(), 'somebody else, who may read the document').toBe(
			404
		);
	expect((await owner.request.delete(`/api/exports/${made.id}`, { headers: { origin: baseURL! } })).status()).toBe(404);

	await owner.goto(`/${WORKSPACE}/audit?group=exports`);
	await expect(owner.locator('tr', { hasText: 'Bộ luật rất dài' }), 'noted once, however often it is fetched').toHaveCount(1);

	await again.getByRole('button', { name: 'Xóa tệp: Tệp Word' }).click();
	await expect(again.getByText('Tệp đã yêu cầu')).toHaveCount(0);
	expect((await page.request.get(file, { headers: OWN_PAGE })).status()).toBe(404);

	const asked = await page.request.post(way.post, { data: way.body, headers: { origin: baseURL! } });
	expect(asked.status()).toBe(202);
	const cancelled = await page.request.delete(asked.headers()['location'], { headers: { origin: baseURL! } });
	expect(cancelled.status()).toBe(204);
	expect((await page.request.get(asked.headers()['location'])).status()).toBe(404);
	await Promise.all([context.close(), others.close()]);
});

test('what is to be made must be named, and be seen', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Văn bản của riêng cơ quan');
	const { page, context } = await browserOf(browser, 'outsider');
	const ask = async (data: object) => {
		const response = await page.request.post('/api/exports', { data, headers: { origin: baseURL! } });
		return [response.status(), ((await response.json()) as { field: string | null }).field];
	};
	expect(await ask({ of: `document:${id}`, format: 'docx' })).toEqual([404, null]);
	expect(await ask({ of: `document:${id}`, format: 'exe' })).toEqual([422, 'format']);
	expect(await ask({ of: 'everything', format: 'docx' })).toEqual([422, 'of']);
	expect(await ask({ of: `document:${id}`, part: 'half', format: 'docx' })).toEqual([422, 'part']);
	await context.close();
});

const UNFINISHED = 'Điều 1. Phân công\n1. Giao [tên cơ quan] chủ trì, [đơn vị] phối hợp.\n2. Báo cáo [nội dung] hằng năm.';

test('an export from the library says first what is unfinished, as the editor counts it', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Văn bản còn chỗ trống', UNFINISHED);
	await newDocument(baseURL!, 'drafter', 'Văn bản đã xong', 'Điều 1. Phạm vi\n1. Một việc.');
	const { page, context } = await browserOf(browser, 'drafter');
	const title = 'Văn bản còn 3 chỗ chưa hoàn thiện';
	const dialog = await openDialog(page, 'Văn bản còn chỗ trống');
	const warning = dialog.getByRole('status').filter({ hasText: title });
	await expect(warning.getByRole('listitem')).toHaveText(['3 chỗ trống cần điền']);
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Văn bản thuần' }).click();
	expect((await download).suggestedFilename(), 'who has read it may').toBe('Văn bản còn chỗ trống.txt');

	const asked = page.waitForResponse((response) => response.url().endsWith('/gaps'));
	const other = await openDialog(page, 'Văn bản đã xong');
	expect(((await (await asked).json()) as { counts: object }).counts).toEqual({
		placeholder: 0,
		'empty-field': 0,
		'empty-provision': 0,
		'broken-reference': 0
	});
	await expect(other.getByText('chưa hoàn thiện')).toHaveCount(0);
	await page.goto(`/${WORKSPACE}/documents/${id}/details/export`);
	await expect(page.getByText(title), 'without scripts too').toBeVisible();

	const { page: outsider, context: others } = await browserOf(browser, 'outsider');
	expect((await outsider.request.get(`/api/documents/${id}/gaps`)).status()).toBe(404);
	await Promise.all([context.close(), others.close()]);
});
