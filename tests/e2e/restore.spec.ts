import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Editor } from '@tiptap/core';
import { newDocument, shareWith } from '../support/api.ts';
import { deleteProvision, openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { WORKSPACE } from '../support/people.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';
const REVIEWERS = 'Sở Tài chính';
const CLAUSE = 'Việc thử nghiệm do';

const versions = (id: string) => `/${WORKSPACE}/documents/${id}/versions`;
const provisions = (page: Page) => page.locator('.ProseMirror > [data-level]').allInnerTexts();

/** The uid of the provision that begins with these words. */
async function uidOf(page: Page, words: string): Promise<string> {
	return page.locator('.ProseMirror').evaluate((element, words) => {
		const { state } = (element as unknown as { editor: Pick<Editor, 'state'> }).editor;
		return String(state.doc.children.find((node) => node.textContent.startsWith(words))!.attrs.uid);
	}, words);
}

test('a manager restores a frozen draft while others type, comments stay, and takes it back', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Khôi phục dự thảo');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	await shareWith(drafter.request, id, REVIEWERS, 'commenter');
	const codrafter = await openDocument(browser, 'codrafter', id);
	const before = await provisions(drafter);
	const frozen = await drafter.request.post(`/api/documents/${id}/versions`, { data: { label: 'Dự thảo lần 1' } });
	const version = (await frozen.json()) as { id: string };
	const uid = await uidOf(drafter, CLAUSE);
	const thread = await drafter.request.post(`/api/documents/${id}/threads`, {
		data: { uid, quote: 'Ủy ban nhân dân', body: 'Ghi rõ cấp.' }
	});
	expect(thread.status()).toBe(201);
	const { id: threadId } = (await thread.json()) as { id: string };

	await typeAtEnd(codrafter, CLAUSE, ' Câu thêm sau.');
	await deleteProvision(codrafter, 'Nghị quyết này quy định việc');
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	const changed = await provisions(codrafter);
	expect(changed).not.toEqual(before);

	// Only a manager restores the whole text; a reviewer nothing.
	const restore = (page: Page, data: object) => page.request.post(`/api/versions/${version.id}/restore`, { data });
	expect((await restore(codrafter, {})).status()).toBe(403);
	const reviewer = await openDocument(browser, 'reviewer', id);
	expect((await restore(reviewer, { uid })).status()).toBe(403);
	expect((await restore(codrafter, { uid: 'nowhere' })).status()).toBe(422);

	// An offline page merges what it has into what was restored meanwhile.
	await codrafter.context().setOffline(true);
	await typeAtEnd(codrafter, 'Trách nhiệm', ' (ngoại tuyến)');

	const page = await drafter.context().newPage();
	await page.goto(`${versions(id)}/${version.id}`);
	await page.getByRole('combobox', { name: 'Khôi phục' }).selectOption({ label: 'Cả văn bản' });
	await page.getByRole('button', { name: 'Khôi phục', exact: true }).click();
	// The whole text is asked about once more.
	await page.getByRole('dialog').getByRole('button', { name: 'Khôi phục', exact: true }).click();
	await expect(page.getByText('Đã khôi phục cả văn bản theo Dự thảo lần 1.')).toBeVisible();
	await expect.poll(() => provisions(drafter)).toEqual(before);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(await (await drafter.request.get(`/api/threads/${threadId}`)).json()).toMatchObject({
		anchor: { uid, state: 'exact' }
	});
	await codrafter.context().setOffline(false);
	await expect.poll(async () => (await provisions(drafter)).join('\n')).toContain('(ngoại tuyến)');
	await typeAtEnd(drafter, CLAUSE, ' Câu của người soạn.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');

	// The list says what happened; taking it back leaves what was typed since.
	await page.goto(versions(id));
	const row = page.getByRole('listitem').filter({ hasText: 'Khôi phục cả văn bản từ Dự thảo lần 1' });
	await expect(row).toContainText('Chuyên viên soạn thảo');
	await expect(page.getByText('Hệ thống tự lưu')).toBeVisible();
	await row.getByRole('button', { name: /^Hoàn tác/ }).click();
	await expect(row).toContainText('Đã hoàn tác bởi');
	await expect(row.getByRole('button')).toHaveCount(0);
	await expect.poll(async () => (await provisions(drafter)).join('\n')).not.toContain('Nghị quyết này quy định việc');
	const after = (await provisions(codrafter)).join('\n');
	expect(after).toContain('Câu thêm sau.');
	expect(after).toContain('Câu của người soạn.');
	expect(after).toContain('(ngoại tuyến)');
});

test('an editor restores one provision alone', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Khôi phục một điều khoản');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const frozen = await drafter.request.post(`/api/documents/${id}/versions`, { data: { label: 'Dự thảo lần 1' } });
	const version = (await frozen.json()) as { id: string };
	await typeAtEnd(drafter, CLAUSE, ' Câu thêm sau.');
	await typeAtEnd(drafter, 'Nghị quyết này quy định việc', ' Giữ lại.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');

	const codrafter = await openDocument(browser, 'codrafter', id);
	await codrafter.goto(`${versions(id)}/${version.id}`);
	const choice = codrafter.getByRole('combobox', { name: 'Khôi phục' });
	await expect(choice.getByRole('option', { name: 'Cả văn bản' })).toHaveCount(0);
	const label = await choice.locator('option', { hasText: CLAUSE }).textContent();
	await choice.selectOption({ label: label! });
	await codrafter.getByRole('button', { name: 'Khôi phục', exact: true }).click();
	await expect(codrafter.getByText('Đã khôi phục khoản 2 Điều 1 theo Dự thảo lần 1.')).toBeVisible();
	await expect(provision(drafter, CLAUSE)).not.toContainText('Câu thêm sau.');
	await expect(provision(drafter, 'Nghị quyết này quy định việc')).toContainText('Giữ lại.');

	// Again there is nothing to do, which is said.
	await choice.selectOption({ label: label! });
	await codrafter.getByRole('button', { name: 'Khôi phục', exact: true }).click();
	await expect(codrafter.getByText('Không có gì để khôi phục')).toBeVisible();
});
