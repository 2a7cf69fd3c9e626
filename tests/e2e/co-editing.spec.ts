import { expect, test } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, paperText, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

test('two agencies type in one resolution at the same time, see each other, and both are saved', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Cùng soạn');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);

	await Promise.all([
		typeAtEnd(drafter, 'Nghị quyết này quy định việc thử nghiệm', ' Bên A viết ở đây.'),
		typeAtEnd(codrafter, 'Chuẩn bị nội dung', ' Bên B viết ở đây.')
	]);
	await expect(provision(codrafter, 'Bên A viết ở đây.')).toBeVisible();
	await expect(provision(drafter, 'Bên B viết ở đây.')).toBeVisible();
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	expect(await paperText(drafter)).toBe(await paperText(codrafter));
	await expect(drafter.getByText(/Sở KH&CN/).first(), 'the caret of a colleague says whose it is').toBeAttached();

	await codrafter.keyboard.press('Control+z');
	await expect(provision(drafter, 'Bên B viết ở đây.')).toHaveCount(0);
	await expect(provision(drafter, 'Bên A viết ở đây.'), 'undo touches only one’s own edits').toBeVisible();
});

test('a third agency with the commenter’s right reads along and cannot change a letter', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Chỉ đọc');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, 'Sở Tài chính', 'commenter');
	const reviewer = await openDocument(browser, 'reviewer', id);
	await expect(savedState(reviewer)).toHaveText('Chỉ đọc');
	const before = await paperText(reviewer);
	await typeAtEnd(reviewer, 'Lưu hồ sơ', 'KHÔNG ĐƯỢC');
	await typeAtEnd(drafter, 'Lưu hồ sơ', ' Đã sửa.');
	await expect(provision(reviewer, 'Đã sửa.')).toBeVisible();
	expect(await paperText(reviewer)).toBe(before.replace('Lưu hồ sơ.', 'Lưu hồ sơ. Đã sửa.'));
});

test('what is typed without network survives a reload and arrives when the network is back', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Mất mạng');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);

	await codrafter.context().setOffline(true);
	await typeAtEnd(codrafter, 'Mời các bên tham gia', ' Viết khi mất mạng.');
	await expect(savedState(codrafter)).toHaveText(/Ngoại tuyến \(\d+ thay đổi giữ trên máy này\)/, { timeout: 45_000 });
	await typeAtEnd(drafter, 'Tổng hợp kết quả', ' Viết khi còn mạng.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');

	await codrafter.context().setOffline(false);
	await codrafter.reload();
	await expect(provision(codrafter, 'Viết khi mất mạng.')).toBeVisible();
	await expect(provision(codrafter, 'Viết khi còn mạng.')).toBeVisible();
	await expect(provision(drafter, 'Viết khi mất mạng.')).toBeVisible();
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	expect(await paperText(drafter)).toBe(await paperText(codrafter));
});

test('a change of right and its removal reach the open document at once', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Đổi quyền');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'viewer');
	await expect(savedState(codrafter)).toHaveText('Chỉ đọc', { timeout: 2_000 });
	await expect(codrafter.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'false');
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	await expect(codrafter.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'true', { timeout: 2_000 });
	await shareWith(drafter.request, id, CO_DRAFTERS, null);
	await expect(codrafter.getByText('Bạn không còn quyền xem văn bản này')).toBeVisible({ timeout: 2_000 });
	expect((await codrafter.goto(`/${WORKSPACE}/documents/${id}`))!.status(), 'what is hidden is not found').toBe(404);
});

test('a document put in the trash closes for those who have it open', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Vào thùng rác');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	const { page: owner } = await browserOf(browser, 'owner');
	expect((await owner.request.put(`/api/documents/${id}/trash`)).ok()).toBe(true);
	await expect(codrafter.getByText('Văn bản này đã bị xóa hoặc chuyển vào thùng rác')).toBeVisible({ timeout: 2_000 });
});

test('somebody without access does not learn that the main document exists', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Kín với người ngoài');
	const { page: outsider } = await browserOf(browser, 'outsider');
	expect((await outsider.goto(`/${WORKSPACE}/documents/${id}`))!.status()).toBe(404);
	expect(
		(
			await outsider.request.get(`/api/documents/${id}/export?format=txt`, { headers: { 'sec-fetch-site': 'same-origin' } })
		).status()
	).toBe(404);
	expect((await outsider.request.put(`/api/documents/${id}/trash`)).status()).toBe(404);
});
