import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { lawText } from '../load/law-text.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';
import { openDocument, provisions } from '../support/editor.ts';

/** As a browser says that a page of ours asks. */
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

test('a law of 220 articles comes in by the dialog, opens, and goes out as Word with the same articles', async ({ browser }) => {
	const { page } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}`);
	await page.getByRole('button', { name: 'Nhập tệp' }).click();
	const dialog = page.getByRole('dialog');
	await dialog
		.locator('input[type=file]')
		.setInputFiles({ name: 'luat.txt', mimeType: 'text/plain', buffer: Buffer.from(lawText().text, 'utf8') });
	await dialog.getByRole('button', { name: 'Nhập văn bản' }).click();
	await expect(dialog.getByText('220 điều', { exact: true })).toBeVisible({ timeout: 20_000 });
	await expect(dialog.getByText('17 chương', { exact: true })).toBeVisible();
	await dialog
		.getByRole('button', { name: 'Mở văn bản' })
		.or(dialog.getByRole('link', { name: 'Mở văn bản' }))
		.click();
	await page.waitForURL(/\/documents\//);
	await expect(provisions(page).first()).toBeVisible({ timeout: 30_000 });
	expect(await page.locator('.ProseMirror [data-level=article]').count()).toBe(220);

	const id = page.url().split('/').at(-1)!;
	const docx = await page.request.get(`/api/documents/${id}/export?format=docx`, { headers: OWN_PAGE });
	expect(docx.headers()['content-type']).toContain('officedocument.wordprocessingml');
	const again = await page.request.post('/api/documents/import', {
		headers: { origin: new URL(page.url()).origin },
		multipart: {
			file: { name: 'luat.docx', mimeType: 'application/octet-stream', buffer: await docx.body() },
			profile: 'nd30',
			title: 'Luật trở lại'
		}
	});
	expect(again.status(), await again.text()).toBe(201);
	expect(((await again.json()) as { report: { counts: { article: number; chapter: number } } }).report.counts).toMatchObject({
		article: 220,
		chapter: 17
	});
});

test('every format comes out of the live document, with its title as file name', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Nghị quyết xuất tệp');
	const page = await openDocument(browser, 'drafter', id);
	for (const format of ['docx', 'txt', 'html', 'json']) {
		const response = await page.request.get(`/api/documents/${id}/export?format=${format}`, { headers: OWN_PAGE });
		expect(response.status()).toBe(200);
		expect(response.headers()['cache-control']).toBe('private, no-store');
		expect(response.headers()['content-disposition']).toContain(encodeURIComponent('Nghị quyết xuất tệp'));
		if (format === 'txt') expect(await response.text()).toContain('đ) Lưu hồ sơ.');
		if (format === 'json') expect(Object.keys((await response.json()) as object).sort()).toEqual(['content', 'profile', 'title']);
	}
	expect((await page.request.get(`/api/documents/${id}/export?format=exe`, { headers: OWN_PAGE })).status()).toBe(422);
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Xuất tệp' }).click();
	await page.getByRole('menuitem', { name: /Word/ }).click();
	const file = await download;
	expect(file.suggestedFilename()).toMatch(/\.docx$/);
	expect(
		readFileSync(await file.path())
			.subarray(0, 2)
			.toString()
	).toBe('PK');
});

test('a file that is not what it says is refused with a sentence, and nothing is made', async ({ browser, baseURL }) => {
	const { page } = await browserOf(browser, 'drafter');
	const send = (name: string, buffer: Buffer) =>
		page.request.post('/api/documents/import', {
			headers: { origin: baseURL! },
			multipart: { file: { name, mimeType: 'application/octet-stream', buffer }, profile: 'nd30' }
		});
	const executable = await send('nghi-quyet.docx', Buffer.from('MZ\x90\0\x03\0\0\0', 'binary'));
	expect(executable.status()).toBe(415);
	expect(((await executable.json()) as { message: string }).message.length).toBeGreaterThan(20);
	const foreign = await page.request.post('/api/documents/import', {
		headers: { origin: 'https://evil.example' },
		multipart: { file: { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }, profile: 'nd30' }
	});
	expect(foreign.status()).toBe(403);
});

test('a link from elsewhere exports nothing and notes nothing; opening and exporting here do', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Nghị quyết có người gửi liên kết');
	const { page: owner } = await browserOf(browser, 'owner');
	const exports = async () => {
		await owner.goto(`/${WORKSPACE}/audit?group=exports`);
		return owner.locator('tr', { hasText: 'Nghị quyết có người gửi liên kết' }).count();
	};
	for (const site of ['cross-site', 'none']) {
		const refused = await owner.request.get(`/api/documents/${id}/export?format=txt`, { headers: { 'sec-fetch-site': site } });
		expect(refused.status()).toBe(403);
		expect(((await refused.json()) as { message: string }).message).toContain('xuất từ đó');
	}
	expect(await exports()).toBe(0);
	expect((await owner.request.get(`/api/documents/${id}/export?format=txt`, { headers: OWN_PAGE })).ok()).toBe(true);
	expect(await exports()).toBe(1);

	const visitedAt = async () =>
		((await (await owner.request.get(`/api/documents/${id}`)).json()) as { visitedAt: string | null }).visitedAt;
	const answer = await owner.request.get(`/${WORKSPACE}/documents/${id}`);
	expect(answer.headers()['cache-control']).toBe('private, no-store');
	expect(await visitedAt(), 'a page that was only fetched was not visited').toBeNull();
	const visited = owner.waitForResponse((response) => response.url().endsWith('/visit'));
	await owner.goto(`/${WORKSPACE}/documents/${id}`);
	expect((await visited).status()).toBe(200);
	expect(await visitedAt()).not.toBeNull();
});
