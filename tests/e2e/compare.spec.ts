import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';
import { readZip } from '../../src/lib/exports/zip-reader.ts';
import type { NamedComparison } from '../../src/lib/versions/compare/comparing.server.ts';

const REVIEWER = 'Phó Giám đốc Sở Tài chính';
const TEXT = [
	'Điều 1. Trách nhiệm',
	'1. Cơ quan chủ trì chuẩn bị nội dung;',
	'2. Cơ quan phối hợp cho ý kiến;',
	'3. Các bên lưu hồ sơ theo quy định.',
	'Điều 2. Thời hạn',
	'1. Thời hạn thực hiện là 36 tháng'
].join('\n');

const documentHref = (id: string) => `/${WORKSPACE}/documents/${id}`;

async function freeze(page: Page, id: string, label: string): Promise<string> {
	const response = await page.request.post(`/api/documents/${id}/versions`, {
		data: { label },
		headers: { origin: new URL(page.url()).origin }
	});
	expect(response.status(), await response.text()).toBe(201);
	return ((await response.json()) as { id: string }).id;
}

/** Two versions of a document: in the later one a clause says more, and one came in. */
async function twoVersions(browser: Parameters<typeof openDocument>[0], baseURL: string) {
	const id = await newDocument(baseURL, 'drafter', `So sánh ${Date.now()}`, TEXT);
	const page = await openDocument(browser, 'drafter', id);
	const first = await freeze(page, id, 'Dự thảo lần 1');
	await typeAtEnd(page, 'Cơ quan phối hợp', ' bằng văn bản');
	await typeAtEnd(page, '36 tháng', ', tính từ ngày ký.');
	await page.keyboard.press('Enter');
	await page.keyboard.type('Hết thời hạn, cơ quan chủ trì báo cáo.');
	await expect(savedState(page)).toHaveText('Đã lưu');
	const second = await freeze(page, id, 'Dự thảo lần 2');
	return { id, page, first, second };
}

const rows = (page: Page) => page.getByRole('region', { name: 'Nội dung so sánh' });

test('two drafts are chosen and compared: what changed is listed, marked, and gone through by keys', async ({
	browser,
	baseURL
}) => {
	const { id, page, first, second } = await twoVersions(browser, baseURL!);
	await page.getByRole('link', { name: 'Phiên bản' }).click();
	await page.getByRole('checkbox', { name: 'Chọn Dự thảo lần 2 để so sánh' }).check();
	await page.getByRole('checkbox', { name: 'Chọn Dự thảo lần 1 để so sánh' }).check();
	await page.getByRole('link', { name: 'So sánh', exact: true }).click();
	await expect(page).toHaveURL(`${documentHref(id)}/compare?before=version:${first}&after=version:${second}`);

	await expect(page.getByRole('heading', { name: '3 thay đổi' })).toBeVisible();
	const list = page.getByRole('navigation', { name: 'Danh sách thay đổi' }).getByRole('button');
	await expect(list).toHaveCount(3);
	await expect(list.nth(0)).toHaveText(/Khoản 2 Điều 1\s*Sửa\s*bằng văn bản/);
	await expect(list.nth(2)).toHaveText(/Khoản 2 Điều 2\s*Mới\s*Hết thời hạn, cơ quan chủ trì báo cáo\./);
	await expect(rows(page).locator('ins').first()).toContainText('bằng văn bản');
	await expect(rows(page).getByText('(Chưa có)')).toBeVisible();

	await page.waitForLoadState('networkidle');
	await page.keyboard.press('j');
	await page.keyboard.press('j');
	await expect(rows(page).locator('[aria-current=true]')).toContainText('Khoản 1 Điều 2');
	await page.keyboard.press('k');
	await expect(rows(page).locator('[aria-current=true]')).toContainText('Khoản 2 Điều 1');

	await page.getByRole('button', { name: 'Mới 1' }).click();
	await expect(list).toHaveCount(1);
	await expect(rows(page).getByRole('article')).toHaveCount(1);
	await page.getByRole('button', { name: 'Mới 1' }).click();

	// What is the same is there when somebody wants it.
	await expect(rows(page).getByText('Các bên lưu hồ sơ')).toHaveCount(0);
	await rows(page)
		.getByRole('button', { name: /^Khoản 3 Điều 1 đến Điều 2 không đổi/ })
		.click();
	await expect(rows(page).getByText('3. Các bên lưu hồ sơ theo quy định.').first()).toBeVisible();

	await page.getByRole('radio', { name: 'Nối dòng' }).check();
	await expect(rows(page).getByRole('article').filter({ hasText: 'bằng văn bản' })).toHaveCount(1);
	await page.context().close();
});

test('a version is compared with the text as it is, either way round, and with another document', async ({
	browser,
	baseURL
}) => {
	const { id, page } = await twoVersions(browser, baseURL!);
	await typeAtEnd(page, 'Cơ quan chủ trì chuẩn bị', ' trước ngày 15');
	await expect(savedState(page)).toHaveText('Đã lưu');
	await page.getByRole('link', { name: 'So sánh với…' }).click();
	await expect(page.getByRole('button', { name: 'Bản trước: Dự thảo lần 2. Chọn bản khác' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '1 thay đổi' })).toBeVisible();
	await page.getByRole('link', { name: 'Đổi bên' }).click();
	await expect(rows(page).locator('del').first()).toContainText('trước ngày 15');

	await page.waitForLoadState('networkidle');
	await page.getByRole('button', { name: /^Bản trước: / }).click();
	await page.getByRole('menuitemcheckbox').or(page.getByRole('menuitem')).filter({ hasText: 'Dự thảo lần 1' }).click();
	await expect(page.getByRole('button', { name: 'Bản trước: Dự thảo lần 1. Chọn bản khác' })).toBeVisible();

	await page.getByRole('button', { name: /^Bản trước: / }).click();
	await page.getByRole('menuitem', { name: 'Văn bản khác…' }).click();
	await page.getByRole('dialog').getByLabel('Tìm văn bản').fill('Nghị quyết về chuyển đổi số');
	await page
		.getByRole('dialog')
		.getByRole('link', { name: /^Nghị quyết về chuyển đổi số thành phố/ })
		.click();
	await expect(page.getByRole('button', { name: /^Bản trước: Nghị quyết về chuyển đổi số/ })).toBeVisible();
	expect(page.url()).toContain(`${documentHref(id)}/compare?before=live:`);
	await page.context().close();
});

test('the comparison is a Word table for the meeting, and JSON for programs', async ({ browser, baseURL }) => {
	const { page, first, second } = await twoVersions(browser, baseURL!);
	const address = `/api/compare?before=version:${first}&after=version:${second}`;
	const { counts, rows: found, before } = (await (await page.request.get(address)).json()) as NamedComparison;
	expect(counts).toMatchObject({ changed: 2, new: 1, deleted: 0, same: 4 });
	expect(before).toMatchObject({ label: 'Dự thảo lần 1', articles: 2, provisions: 6 });
	expect(found.find(({ kind }) => kind === 'new')!.words).toEqual([['added', 'Hết thời hạn, cơ quan chủ trì báo cáo.']]);
	const changes = (await (await page.request.get(`${address}&rows=changes`)).json()) as NamedComparison;
	expect(changes.rows).toHaveLength(3);

	await page.goto(`${page.url()}/compare?before=version:${first}&after=version:${second}`);
	await page.waitForLoadState('networkidle');
	await page.getByRole('button', { name: 'Xuất' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: 'Bản so sánh (Word)' }).click()
	]);
	const xml = new TextDecoder().decode(readZip(await readFile(await download.path())).get('word/document.xml'));
	expect(xml).toContain('BẢN SO SÁNH');
	expect(xml).toMatch(/w:orient="landscape"/);
	expect(xml).toMatch(/<w:i\/>(?:(?!<\/w:r>).)*bằng văn bản/);
	await page.context().close();
});

test('who does not see one of both texts is told that there is none', async ({ browser, baseURL }) => {
	const { id, page, first, second } = await twoVersions(browser, baseURL!);
	const reviewer = await browserOf(browser, 'reviewer');
	const get = async (query: string) => (await reviewer.page.request.get(`/api/compare?${query}`)).status();
	const both = `before=version:${first}&after=live:${id}`;
	expect(await get(both)).toBe(404);
	await shareWith(page.request, id, REVIEWER, 'viewer');
	expect(await get(both)).toBe(200);
	const hidden = await newDocument(baseURL!, 'drafter', `Không chia sẻ ${Date.now()}`, TEXT);
	expect(await get(`before=version:${second}&after=live:${hidden}`)).toBe(404);
	expect(await get(`before=version:${second}`)).toBe(422);
	expect(await get(`before=${second}&after=live:${id}`)).toBe(422);
	await Promise.all([page.context().close(), reviewer.context.close()]);
});

test('before scripts have loaded, both sides are chosen in a form and the changes are read', async ({ browser, baseURL }) => {
	const { id, page } = await twoVersions(browser, baseURL!);
	const plain = await browserOf(browser, 'drafter', { javaScriptEnabled: false });
	await plain.page.goto(`${documentHref(id)}/compare`);
	await expect(plain.page.getByRole('heading', { name: '0 thay đổi' })).toBeVisible();
	await plain.page.getByLabel('Bản trước', { exact: true }).selectOption('Dự thảo lần 1');
	await plain.page.getByLabel('Bản sau', { exact: true }).selectOption('Dự thảo lần 2');
	await plain.page.getByRole('button', { name: 'So sánh', exact: true }).click();
	await expect(plain.page.getByRole('heading', { name: '3 thay đổi' })).toBeVisible();
	await expect(rows(plain.page).locator('ins').first()).toContainText('bằng văn bản');
	await Promise.all([page.context().close(), plain.context.close()]);
});

test('two people explain changes at once: each reads the other, and nobody loses a word', async ({ browser, baseURL }) => {
	const { id, page, first, second } = await twoVersions(browser, baseURL!);
	const address = `${documentHref(id)}/compare?before=version:${first}&after=version:${second}`;
	await page.goto(`/${WORKSPACE}`);
	await shareWith(page.request, id, REVIEWER, 'editor');
	const colleague = await browserOf(browser, 'reviewer');
	for (const one of [page, colleague.page]) {
		await one.goto(address);
		await one.waitForLoadState('networkidle');
	}
	const field = (of: Page, name: string) => of.getByRole('textbox', { name: `Thuyết minh ${name}` });

	await page.keyboard.press('j');
	await page.keyboard.press('t');
	await page.keyboard.type('Để có căn cứ lưu hồ sơ.');
	await expect(field(page, 'Khoản 2 Điều 1')).toHaveValue('Để có căn cứ lưu hồ sơ.');
	await expect(field(colleague.page, 'Khoản 2 Điều 1'), 'a colleague reads it without a reload').toHaveValue(
		'Để có căn cứ lưu hồ sơ.'
	);
	await expect(colleague.page.getByText('1 / 3 thay đổi đã có thuyết minh')).toBeVisible();

	// Both word the same one while one of them is without a network.
	await page.context().setOffline(true);
	await field(page, 'Khoản 1 Điều 2').fill('Rõ cách tính thời hạn.');
	await field(colleague.page, 'Khoản 1 Điều 2').fill('Theo ý kiến Sở Tài chính.');
	await colleague.page.keyboard.press('Tab');
	await expect(colleague.page.getByText('2 / 3 thay đổi đã có thuyết minh')).toBeVisible();
	await page.context().setOffline(false);
	const met = page.getByRole('alert').filter({ hasText: 'vừa viết lại ở đây' });
	await expect(met).toContainText('Theo ý kiến Sở Tài chính.');
	await expect(field(page, 'Khoản 1 Điều 2'), 'what was typed is still there').toHaveValue('Rõ cách tính thời hạn.');
	await met.getByRole('button', { name: 'Giữ bản của tôi' }).click();
	await expect(field(colleague.page, 'Khoản 1 Điều 2')).toHaveValue('Rõ cách tính thời hạn.');

	await colleague.page.getByRole('button', { name: 'Xuất' }).click();
	const [download] = await Promise.all([
		colleague.page.waitForEvent('download'),
		colleague.page.getByRole('menuitem', { name: 'Bản so sánh, thuyết minh (Word)' }).click()
	]);
	const xml = new TextDecoder().decode(readZip(await readFile(await download.path())).get('word/document.xml'));
	expect(xml).toContain('BẢN SO SÁNH, THUYẾT MINH');
	expect(xml).toContain('Để có căn cứ lưu hồ sơ.');
	expect(xml).toContain('Rõ cách tính thời hạn.');

	await shareWith(page.request, id, REVIEWER, 'viewer');
	const put = (from: Page, uid: string, revision: number) =>
		from.request.put('/api/compare/explanations', {
			data: { before: `version:${first}`, after: `version:${second}`, uid, text: 'X' },
			headers: { origin: new URL(baseURL!).origin, 'if-match': `"${revision}"` }
		});
	expect((await put(colleague.page, 'new', 0)).status(), 'a reader does not explain').toBe(403);
	const { items } = (await (
		await colleague.page.request.get(`/api/compare/explanations?before=version:${first}&after=version:${second}`)
	).json()) as { items: { uid: string; text: string; revision: number }[] };
	expect(items.map(({ text }) => text).sort(), 'but reads').toEqual(['Rõ cách tính thời hạn.', 'Để có căn cứ lưu hồ sơ.'].sort());
	expect((await put(colleague.page, items[0].uid, items[0].revision)).status()).toBe(403);
	const stale = await put(page, items[0].uid, 0);
	expect(stale.status()).toBe(409);
	expect(await stale.json()).toMatchObject({ present: { text: items[0].text } });
	await Promise.all([page.context().close(), colleague.context.close()]);
});

test('a lawyer opens the differences as revisions of Word, by the agency', async ({ browser, baseURL }) => {
	const { page, first, second } = await twoVersions(browser, baseURL!);
	const response = await page.request.get(
		`/api/compare?before=version:${first}&after=version:${second}&format=docx&as=revisions`,
		{
			headers: { 'sec-fetch-site': 'same-origin', referer: page.url() }
		}
	);
	expect(response.status()).toBe(200);
	const xml = new TextDecoder().decode(readZip(await response.body()).get('word/document.xml'));
	const inserted = [...xml.matchAll(/<w:ins [^>]*w:author="([^"]+)"[^>]*>((?:(?!<\/w:ins>).)*)<\/w:ins>/g)];
	expect(inserted.map(([, , runs]) => runs).join(' ')).toContain('bằng văn bản');
	expect(inserted.map(([, , runs]) => runs).join(' ')).toContain('Hết thời hạn, cơ quan chủ trì báo cáo.');
	expect(new Set(inserted.map(([, author]) => author))).toEqual(new Set(['Văn phòng Ủy ban nhân dân thành phố']));
	await page.context().close();
});
