import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { StandingProposal } from '../../src/lib/comments/proposals/proposals.ts';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const REVIEWERS = 'Sở Tài chính';
const ORGANISED = 'Việc thử nghiệm do';

const card = (page: Page, words: string) => page.locator('[data-thread]').filter({ hasText: words });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

async function twoOf(browser: Parameters<typeof openDocument>[0], baseURL: string, title: string) {
	const id = await newDocument(baseURL, 'drafter', title);
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, REVIEWERS, 'commenter');
	return { id, drafter, reviewer: await openDocument(browser, 'reviewer', id) };
}

/** Where somebody who may not type puts the cursor. */
async function pointAt(page: Page, text: string): Promise<void> {
	await provision(page, text).evaluate((block) => getSelection()!.collapse(block.firstChild, 1));
}

test('a reviewer proposes wording from the text, sees it kept over a reload, and a drafter takes it with one click', async ({
	browser,
	baseURL
}) => {
	const { drafter, reviewer } = await twoOf(browser, baseURL!, 'Đề xuất sửa');
	await pointAt(reviewer, ORGANISED);
	await reviewer.getByRole('button', { name: 'Đề xuất sửa' }).click();
	await expect(field(reviewer, 'Câu chữ đề xuất')).toBeFocused();
	await reviewer.keyboard.press('End');
	await reviewer.keyboard.press('Backspace');
	await reviewer.keyboard.type(' trong hai năm.');
	await field(reviewer, 'Lý do').fill('Cần thời hạn.');
	const { violations } = await new AxeBuilder({ page: reviewer })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
		.analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);

	await reviewer.reload();
	await expect(field(reviewer, 'Câu chữ đề xuất')).toHaveText('Việc thử nghiệm do Ủy ban nhân dân tổ chức trong hai năm.');
	await expect(field(reviewer, 'Lý do')).toHaveValue('Cần thời hạn.');
	await field(reviewer, 'Lý do').press('Control+Enter');

	const proposed = card(drafter, 'Cần thời hạn.');
	await expect(proposed).toContainText('khoản 2 Điều 1');
	await expect(proposed.locator('[data-redline] ins')).toContainText('trong hai năm');
	await expect(provision(drafter, ORGANISED)).not.toContainText('hai năm');
	await proposed.getByRole('button', { name: 'khoản 2 Điều 1' }).click();
	await proposed.getByRole('button', { name: 'Tiếp thu', exact: true }).click();
	for (const page of [drafter, reviewer])
		await expect(provision(page, ORGANISED)).toHaveText('Việc thử nghiệm do Ủy ban nhân dân tổ chức trong hai năm.');
	await expect(reviewer.locator('[data-open-threads]')).toHaveText('0 ý kiến đang mở');
});

test('where the provision changed since, what can be merged is merged and the rest is chosen, by keys alone', async ({
	browser,
	baseURL
}) => {
	const { id, drafter, reviewer } = await twoOf(browser, baseURL!, 'Đề xuất gặp sửa đổi');
	const uid = await provision(reviewer, ORGANISED).getAttribute('data-uid');
	const made = await reviewer.request.post(`/api/documents/${id}/proposals`, {
		data: { uid, kind: 'replace', content: 'Việc thí điểm do Sở Tài chính tổ chức hằng năm.', reason: 'Đúng thẩm quyền.' },
		headers: { origin: baseURL! }
	});
	expect(made.status()).toBe(201);
	const { id: proposal } = (await made.json()) as { id: string };
	await provision(drafter, ORGANISED).evaluate((block) =>
		getSelection()!.setBaseAndExtent(block.firstChild!, 19, block.firstChild!, 34)
	);
	await drafter.keyboard.type('Văn phòng');
	await expect(provision(drafter, 'Văn phòng')).toHaveText('Việc thử nghiệm do Văn phòng tổ chức.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');

	const refused = await drafter.request.post(`/api/proposals/${proposal}/accept`, { data: {}, headers: { origin: baseURL! } });
	expect(refused.status()).toBe(409);
	const { was, is, proposed } = (await refused.json()) as Record<string, [{ text: string }]>;
	expect([was, is, proposed].map(([{ text }]) => text)).toEqual([
		'Việc thử nghiệm do Ủy ban nhân dân tổ chức.',
		'Việc thử nghiệm do Văn phòng tổ chức.',
		'Việc thí điểm do Sở Tài chính tổ chức hằng năm.'
	]);

	// One click on the card leads to the three wordings.
	await card(drafter, 'Đúng thẩm quyền.').getByRole('button', { name: 'khoản 2 Điều 1' }).click();
	await card(drafter, 'Đúng thẩm quyền.').getByRole('button', { name: 'Tiếp thu', exact: true }).click();
	await expect(drafter.getByRole('heading', { name: 'Đề xuất cho khoản 2 Điều 1' })).toBeVisible();
	await expect(drafter.locator('[data-side]')).toHaveCount(3);
	await expect(drafter.getByText('Chưa thể tiếp thu: còn 1 chỗ phải chọn')).toBeVisible();
	await expect(drafter.getByRole('button', { name: 'Tiếp thu bản gộp' })).toBeDisabled();
	await drafter.keyboard.press('2');
	await expect(drafter.locator('[data-merged]')).toHaveText('Việc thí điểm do Sở Tài chính tổ chức hằng năm.');
	await drafter.keyboard.press('1');
	await expect(drafter.locator('[data-merged]')).toHaveText('Việc thí điểm do Văn phòng tổ chức hằng năm.');
	await drafter.keyboard.press('Control+Enter');
	await expect(drafter.locator('[data-state="accepted"]')).toHaveText('Tiếp thu, có sửa');
	await expect(provision(reviewer, 'Việc thí điểm')).toHaveText('Việc thí điểm do Văn phòng tổ chức hằng năm.');
	const kept = (await (await reviewer.request.get(`/api/proposals/${proposal}`)).json()) as StandingProposal;
	expect(kept).toMatchObject({ state: 'accepted', isChanged: true, proposedBy: { agency: REVIEWERS } });
});

test('a proposal is declined with a reason, withdrawn by who made it, and read without scripts', async ({ browser, baseURL }) => {
	const { id, drafter, reviewer } = await twoOf(browser, baseURL!, 'Đề xuất không tiếp thu');
	const uid = await provision(reviewer, 'Lưu hồ sơ').getAttribute('data-uid');
	const propose = async (body: object) => {
		const data = { uid, ...body };
		const made = await reviewer.request.post(`/api/documents/${id}/proposals`, { data, headers: { origin: baseURL! } });
		expect(made.status(), await made.text()).toBe(201);
		return ((await made.json()) as { id: string }).id;
	};
	const deleted = await propose({ kind: 'delete', reason: 'Trùng quy chế.' });
	await propose({ kind: 'insert-after', content: 'Lưu bản điện tử.', level: 'point', reason: 'Thêm bản điện tử.' });

	const shown = card(drafter, 'Trùng quy chế.');
	await expect(shown.locator('[data-redline] del')).toContainText('Lưu hồ sơ.');
	await shown.getByRole('button', { name: 'điểm đ khoản 1 Điều 2' }).click();
	await shown.getByRole('button', { name: 'Không tiếp thu…' }).click();
	const dialog = drafter.getByRole('dialog', { name: 'Không tiếp thu đề xuất' });
	await dialog.getByRole('button', { name: 'Không tiếp thu' }).click();
	await expect(dialog.getByText('Hãy nêu lý do không tiếp thu')).toBeVisible();
	await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Quy chế không bao quát hồ sơ giấy.');
	await dialog.getByRole('button', { name: 'Không tiếp thu' }).click();
	await expect(shown).toContainText('Không tiếp thu');
	await expect(drafter.locator('[data-open-threads]')).toHaveText('1 ý kiến đang mở');
	await expect(provision(drafter, 'Lưu hồ sơ')).toBeVisible();

	const { page } = await browserOf(browser, 'reviewer', { javaScriptEnabled: false });
	await page.goto(`/${WORKSPACE}/documents/${id}/proposals/${deleted}`);
	await expect(page.getByText('Quy chế không bao quát hồ sơ giấy.')).toBeVisible();
	await page.goto(`/${WORKSPACE}/documents/${id}/proposals`);
	await expect(page.getByRole('listitem').filter({ hasText: 'Lưu bản điện tử.' })).toContainText('Chờ quyết định');
	await page.getByRole('link', { name: 'điểm đ khoản 1 Điều 2' }).first().click();
	await page.getByRole('button', { name: 'Rút đề xuất' }).click();
	await expect(page.locator('[data-state="withdrawn"]')).toBeVisible();
	await typeAtEnd(drafter, 'Lưu hồ sơ', ' Hết.');
	await expect(provision(drafter, 'Lưu bản điện tử')).toHaveCount(0);
});

test('who comments proposes, who edits decides, and nobody else learns of it', async ({ browser, baseURL }) => {
	const { id, drafter, reviewer } = await twoOf(browser, baseURL!, 'Quyền đề xuất');
	const uid = await provision(drafter, 'Lưu hồ sơ').getAttribute('data-uid');
	await shareWith(drafter.request, id, 'Sở Nội vụ', 'viewer');
	const requests = {
		drafter: drafter.request,
		reviewer: reviewer.request,
		viewer: (await browserOf(browser, 'viewer')).context.request,
		outsider: (await browserOf(browser, 'outsider')).context.request
	};
	type Who = keyof typeof requests;
	const call = (who: Who, path: string, data: object) => requests[who].post(path, { data, headers: { origin: baseURL! } });
	const wording = { uid, kind: 'replace', content: 'Lưu hồ sơ giấy.' };
	const made: Record<string, string> = {};
	for (const [who, status] of [
		['drafter', 201],
		['reviewer', 201],
		['viewer', 403],
		['outsider', 404]
	] as const) {
		const answer = await call(who, `/api/documents/${id}/proposals`, wording);
		expect(answer.status(), who).toBe(status);
		if (status === 201) made[who] = ((await answer.json()) as { id: string }).id;
	}
	const state = async () =>
		((await (await requests.drafter.get(`/api/proposals/${made.reviewer}`)).json()) as StandingProposal).state;
	for (const [who, status] of [
		['reviewer', 403],
		['viewer', 403],
		['outsider', 404]
	] as const) {
		for (const verb of ['accept', 'decline']) {
			const answer = await call(who, `/api/proposals/${made.reviewer}/${verb}`, { reason: 'Không' });
			expect(answer.status(), `${who} ${verb}`).toBe(status);
		}
		expect(await state(), who).toBe('open');
	}
	for (const [who, status] of [
		['drafter', 403],
		['viewer', 403],
		['outsider', 404]
	] as const)
		expect((await call(who, `/api/proposals/${made.reviewer}/withdraw`, {})).status(), who).toBe(status);
	expect((await requests.viewer.get(`/api/proposals/${made.reviewer}`)).status()).toBe(200);
	expect((await requests.outsider.get(`/api/proposals/${made.reviewer}`)).status()).toBe(404);
	expect((await requests.outsider.get(`/api/documents/${id}/proposals`)).status()).toBe(404);
	expect((await call('drafter', `/api/proposals/${made.reviewer}/decline`, { reason: ' ' })).status()).toBe(422);
	expect((await call('drafter', `/api/proposals/${made.reviewer}/accept`, {})).status()).toBe(200);
	expect((await call('drafter', `/api/proposals/${made.reviewer}/decline`, { reason: 'Muộn' })).status()).toBe(409);
	expect((await call('reviewer', `/api/proposals/${made.reviewer}/withdraw`, {})).status()).toBe(409);
	await expect(provision(drafter, 'Lưu hồ sơ giấy.')).toBeVisible();
});
