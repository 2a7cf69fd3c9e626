import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { newDocument, shareWith } from '../support/api.ts';
import { deleteProvision, openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';
import type { Thread } from '../../src/lib/comments/threads.ts';
import { readZip } from '../../src/lib/exports/zip-reader.ts';

const REVIEWERS = 'Sở Tài chính';
const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

const cards = (page: Page) => page.locator('[data-thread]');
const card = (page: Page, words: string) => cards(page).filter({ hasText: words });
/** The words that are marked in the text, by the highlight they are in. */
const marked = (page: Page, name: string) =>
	page.evaluate(
		(name) =>
			[...(CSS.highlights.get(name) ?? [])].map((each) => {
				const range = document.createRange();
				range.setStart(each.startContainer, each.startOffset);
				range.setEnd(each.endContainer, each.endOffset);
				return range.toString();
			}),
		name
	);

/** Selects words of a provision as the pointer does. */
async function selectWords(page: Page, provisionText: string, words: string): Promise<void> {
	await provision(page, provisionText).evaluate((block, words) => {
		const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const at = text.textContent!.indexOf(words);
			if (at >= 0) getSelection()!.setBaseAndExtent(text, at, text, at + words.length);
		}
	}, words);
}

test('a reviewer says what is wrong, drafters see it at once, answer and settle it, and it stays at its words', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý trực tiếp');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, REVIEWERS, 'commenter');
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const reviewer = await openDocument(browser, 'reviewer', id);
	const codrafter = await openDocument(browser, 'codrafter', id);

	await selectWords(reviewer, 'Việc thử nghiệm do Ủy ban', 'Ủy ban nhân dân');
	await reviewer.getByRole('button', { name: 'Góp ý', exact: true }).click();
	await expect(reviewer.getByRole('textbox', { name: 'Nội dung góp ý' })).toBeFocused();
	await expect.poll(() => marked(reviewer, 'layer-active')).toEqual(['Ủy ban nhân dân']);
	await reviewer.keyboard.type('Cần nêu rõ cấp nào.');
	await reviewer.keyboard.press('Control+Enter');

	for (const page of [reviewer, drafter, codrafter]) {
		await expect(card(page, 'Cần nêu rõ cấp nào.')).toContainText('khoản 2 Điều 1');
		await expect.poll(() => marked(page, page === reviewer ? 'layer-active' : 'layer-open')).toEqual(['Ủy ban nhân dân']);
	}
	await expect(drafter.locator('[data-row]', { hasText: 'Điều 1' })).toContainText('1 ý kiến đang mở');

	// The text goes on: in front of it, inside it, and a provision is put before it.
	await provision(codrafter, 'Việc thử nghiệm do').click();
	await codrafter.keyboard.press('Home');
	await codrafter.keyboard.type('Từ năm 2027, ');
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	await typeAtEnd(codrafter, 'Nghị quyết này quy định việc', ' Phạm vi như sau.');
	await codrafter.keyboard.press('Enter');
	await codrafter.keyboard.type('Các phường.');
	await expect(card(drafter, 'Cần nêu rõ cấp nào.')).toContainText('khoản 3 Điều 1');
	await expect.poll(() => marked(drafter, 'layer-open')).toEqual(['Ủy ban nhân dân']);

	// A click on the words opens the card; the drafter answers and settles.
	await provision(drafter, 'Việc thử nghiệm do').getByText('Ủy ban nhân dân').first().waitFor();
	const box = (await drafter.evaluate(() => {
		const [range] = [...CSS.highlights.get('layer-open')!];
		const live = document.createRange();
		live.setStart(range.startContainer, range.startOffset);
		live.setEnd(range.endContainer, range.endOffset);
		return live.getBoundingClientRect().toJSON() as { x: number; y: number; width: number; height: number };
	}))!;
	await drafter.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
	await expect(card(drafter, 'Cần nêu rõ cấp nào.')).toHaveAttribute('aria-current', 'true');
	await drafter.getByRole('textbox', { name: 'Trả lời' }).fill('Đã bổ sung cấp tỉnh.');
	await drafter.keyboard.press('Control+Enter');
	await expect(card(reviewer, 'Đã bổ sung cấp tỉnh.')).toBeVisible();
	await drafter.getByRole('button', { name: 'Đánh dấu đã xử lý' }).click();
	await expect(reviewer.locator('[data-open-threads]')).toHaveText('0 ý kiến đang mở');
	await expect(cards(codrafter)).toHaveCount(0);
	await expect.poll(() => marked(codrafter, 'layer-open')).toEqual([]);

	// It is found again in the list, opened again, and deleted words lose it without another place taking it.
	await reviewer.getByRole('button', { name: 'Mở lại' }).click();
	await expect(card(codrafter, 'Cần nêu rõ cấp nào.')).toBeVisible();
	await deleteProvision(codrafter, 'Từ năm 2027, Việc thử nghiệm');
	await reviewer.getByRole('radio', { name: 'Danh sách' }).check({ force: true });
	await reviewer.getByRole('button', { name: /^Mất chỗ/ }).click();
	await expect(card(reviewer, 'Cần nêu rõ cấp nào.')).toContainText('Mất chỗ');
	await provision(codrafter, 'Lưu hồ sơ').click();
	await codrafter.keyboard.press('Control+z');
	await expect(cards(reviewer)).toHaveCount(0);
	await expect.poll(() => marked(drafter, 'layer-active')).toEqual(['Ủy ban nhân dân']);
});

test('words that are cut and pasted into another provision take their comment along, a copy does not', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý đi theo chữ');
	const drafter = await openDocument(browser, 'drafter', id);
	await selectWords(drafter, 'Việc thử nghiệm do Ủy ban', 'Ủy ban nhân dân');
	await drafter.keyboard.press('Control+Alt+m');
	await drafter.keyboard.type('Ghi rõ cấp.');
	await drafter.keyboard.press('Control+Enter');
	await expect(card(drafter, 'Ghi rõ cấp.')).toContainText('khoản 2 Điều 1');

	await selectWords(drafter, 'Việc thử nghiệm do Ủy ban', 'do Ủy ban nhân dân tổ chức');
	await drafter.keyboard.press('Control+c');
	await provision(drafter, 'Nghị quyết này quy định việc').click();
	await drafter.keyboard.press('End');
	await drafter.keyboard.press('Control+v');
	await expect(provision(drafter, 'Nghị quyết này quy định việc')).toContainText('do Ủy ban nhân dân tổ chức');
	await expect(card(drafter, 'Ghi rõ cấp.')).toContainText('khoản 2 Điều 1');
	await drafter.keyboard.press('Control+z');

	await selectWords(drafter, 'Việc thử nghiệm do Ủy ban', 'do Ủy ban nhân dân tổ chức');
	await drafter.keyboard.press('Control+x');
	await expect(provision(drafter, 'Việc thử nghiệm')).not.toContainText('Ủy ban');
	await provision(drafter, 'Nghị quyết này quy định việc').click();
	await drafter.keyboard.press('End');
	await drafter.keyboard.press('Control+v');
	await expect(card(drafter, 'Ghi rõ cấp.')).toContainText('khoản 1 Điều 1');
	await expect
		.poll(async () => [...(await marked(drafter, 'layer-active')), ...(await marked(drafter, 'layer-open'))])
		.toEqual(['Ủy ban nhân dân']);
	await expect(card(drafter, 'Ghi rõ cấp.')).not.toContainText('Mất chỗ');
});

test('what was written offline is kept over a reload, and is there once when the network is back', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý khi mất mạng');
	const page = await openDocument(browser, 'drafter', id);
	await selectWords(page, 'Chuẩn bị nội dung', 'nội dung');
	await page.keyboard.press('Control+Alt+m');
	await page.keyboard.type('Nội dung nào?');
	await page.reload();
	await expect(page.getByRole('textbox', { name: 'Nội dung góp ý' })).toHaveValue('Nội dung nào?');
	await page.context().setOffline(true);
	await page.getByRole('textbox', { name: 'Nội dung góp ý' }).press('Control+Enter');
	await expect(page.locator('[data-opening]')).toContainText('Chưa gửi');
	await page.context().setOffline(false);
	await expect(card(page, 'Nội dung nào?')).toContainText('điểm a khoản 1 Điều 2');
	await expect(page.locator('[data-opening]')).toHaveCount(0);
	const { total } = (await (await page.request.get(`/api/documents/${id}/threads`)).json()) as { total: number };
	expect(total).toBe(1);
});

test('on a phone a thread is read, answered and opened in a sheet, with the text in view', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý trên điện thoại');
	const page = await openDocument(browser, 'drafter', id);
	await page.setViewportSize({ width: 390, height: 844 });
	await selectWords(page, 'Mời các bên tham gia', 'các bên');
	await page.getByRole('button', { name: 'Góp ý', exact: true }).click();
	await page.getByRole('textbox', { name: 'Nội dung góp ý' }).fill('Những bên nào?');
	await page.getByRole('button', { name: 'Gửi' }).click();
	const sheet = page.getByRole('dialog', { name: 'Ý kiến' });
	await expect(card(page, 'Những bên nào?')).toBeVisible();
	await sheet.getByRole('textbox', { name: 'Trả lời' }).fill('Các sở liên quan.');
	await sheet.getByRole('button', { name: 'Gửi' }).click();
	await expect(card(page, 'Các sở liên quan.')).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
	expect(violations.map((violation) => violation.id)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	await page.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);
	await page.getByRole('button', { name: '1 ý kiến đang mở' }).click();
	await expect(card(page, 'Những bên nào?')).toBeVisible();

	// The words that it is about are read above the sheet.
	await card(page, 'Những bên nào?').getByRole('button', { name: 'điểm b khoản 1 Điều 2' }).click();
	await expect
		.poll(async () => {
			const [words, over] = [await provision(page, 'Mời các bên').boundingBox(), await sheet.boundingBox()];
			return words !== null && over !== null && words.y > 90 && words.y + words.height <= over.y;
		})
		.toBe(true);
});

test('a text goes to a meeting as a Word file with what was said of it at its words', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý trong Word');
	const page = await openDocument(browser, 'drafter', id);
	await selectWords(page, 'Việc thử nghiệm do', 'Ủy ban nhân dân');
	await page.keyboard.press('Control+Alt+m');
	await page.keyboard.type('Cấp nào?');
	await page.keyboard.press('Control+Enter');
	await page.getByRole('textbox', { name: 'Trả lời' }).fill('Cấp tỉnh.');
	await page.keyboard.press('Control+Enter');
	await expect(card(page, 'Cấp tỉnh.')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Xuất tệp', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Kèm ý kiến' }).click();
	const files = readZip(readFileSync(await (await download).path()));
	const read = (name: string) => new TextDecoder().decode(files.get(name));
	const [, commented] = /commentRangeStart w:id="0"(.*)commentRangeEnd w:id="0"/su.exec(read('word/document.xml'))!;
	expect([...commented.matchAll(/<w:t[^>]*>([^<]*)/gu)].map(([, words]) => words).join('')).toBe('Ủy ban nhân dân');
	expect(read('word/comments.xml')).toMatch(/Chuyên viên soạn thảo.*Cấp nào\?.*Cấp tỉnh\./su);
});

test('who deletes a comment is asked first, and leaves a trace', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Xóa góp ý');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('Control+Alt+m');
	await page.keyboard.type('Ghi nhầm.');
	await page.keyboard.press('Control+Enter');
	const written = card(page, 'Ghi nhầm.');
	await expect(written).toHaveAttribute('aria-current', 'true');
	const dialog = page.getByRole('dialog', { name: 'Xóa ý kiến này?' });
	for (const answer of ['Hủy', 'Xóa']) {
		await written.getByRole('button', { name: 'Sửa hoặc xóa ý kiến của bạn' }).click();
		await page.getByRole('menuitem', { name: 'Xóa' }).click();
		await expect(dialog).toBeVisible();
		await dialog.getByRole('button', { name: answer }).click();
		await expect(dialog).toHaveCount(0);
		if (answer === 'Hủy') await expect(written).toBeVisible();
	}
	await expect(written).toHaveCount(0);
	await expect(cards(page)).toContainText('Người viết đã gỡ nội dung này.');
	await expect(page.locator('[data-open-threads]')).toHaveText('0 ý kiến đang mở');
});

test('the keyboard alone opens a thread, walks through all, answers, settles and comes back to the text', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Góp ý bằng bàn phím');
	const page = await openDocument(browser, 'drafter', id);
	for (const [line, words] of [
		['Tổng hợp kết quả', 'Tổng hợp khi nào?'],
		['Lưu hồ sơ', 'Lưu ở đâu?']
	]) {
		await provision(page, line).click();
		await page.keyboard.press('Home');
		await page.keyboard.press('Control+Shift+ArrowRight');
		await page.keyboard.press('Control+Alt+m');
		await page.keyboard.type(words);
		await page.keyboard.press('Control+Enter');
		await expect(card(page, words)).toHaveAttribute('aria-current', 'true');
	}
	// Who cannot see the marks hears of them.
	await expect(page.locator('[data-comments-here]')).toHaveText('Đoạn này có 1 ý kiến: Chuyên viên soạn thảo');
	await page.keyboard.press('Control+Alt+j');
	await expect(card(page, 'Tổng hợp khi nào?')).toHaveAttribute('aria-current', 'true');
	await page.keyboard.press('Control+Alt+j');
	await expect(card(page, 'Lưu ở đâu?')).toHaveAttribute('aria-current', 'true');
	await page.getByRole('radio', { name: 'Danh sách' }).focus();
	await page.keyboard.press('Space');
	const list = page.getByRole('region', { name: 'Ý kiến' });
	await list.getByRole('button', { name: 'điểm c khoản 1 Điều 2' }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('r');
	await page.keyboard.type('Trước ngày 15.');
	await page.keyboard.press('Control+Enter');
	await expect(card(page, 'Trước ngày 15.')).toBeVisible();
	await list.getByRole('button', { name: 'điểm c khoản 1 Điều 2' }).focus();
	await page.keyboard.press('e');
	await expect(cards(page)).toHaveCount(1);
	await page.keyboard.press('Escape');
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
	expect(violations.map((violation) => violation.id)).toEqual([]);

	// A link to a thread leads to it, settled or not.
	const { items } = (await (await page.request.get(`/api/documents/${id}/threads?state=resolved`)).json()) as {
		items: { id: string }[];
	};
	await page.goto(`/${WORKSPACE}/documents/${id}?thread=${items[0].id}`);
	await expect.poll(() => marked(page, 'layer-active')).toEqual(['Tổng']);
});

test('who is named in a comment or given one hears of it, and has it among their work until it is settled', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Giao xử lý góp ý');
	const page = await openDocument(browser, 'drafter', id);
	await shareWith(page.request, id, CO_DRAFTERS, 'editor');
	await provision(page, 'Chuẩn bị nội dung').click();
	await page.keyboard.press('Control+Alt+m');
	await page.keyboard.type('Nhờ @chuyen doi');
	await expect(page.getByRole('option', { name: /Trưởng phòng Chuyển đổi số/ })).toBeVisible();
	await page.keyboard.press('Enter');
	await page.keyboard.type('cho ý kiến.');
	await page.keyboard.press('Control+Enter');
	await expect(card(page, 'Nhờ @Trưởng phòng Chuyển đổi số cho ý kiến.')).toBeVisible();
	await page.getByRole('button', { name: 'Việc khác với ý kiến này' }).click();
	await page.getByRole('menuitem', { name: 'Giao xử lý' }).click();
	const dialog = page.getByRole('dialog', { name: 'Giao xử lý ý kiến' });
	await dialog.getByRole('combobox', { name: 'Giao cho' }).click();
	await page.keyboard.type('chuyen doi');
	await page.getByRole('option', { name: /Trưởng phòng Chuyển đổi số/ }).click();
	await dialog.getByRole('button', { name: 'Giao xử lý' }).click();
	await expect(card(page, 'Giao cho Trưởng phòng Chuyển đổi số')).toBeVisible();

	const { page: codrafter } = await browserOf(browser, 'codrafter');
	await codrafter.goto(`/${WORKSPACE}/notices`);
	await expect(codrafter.getByText('đã nhắc đến bạn trong một ý kiến về Giao xử lý góp ý')).toBeVisible();
	await expect(codrafter.getByText('đã giao bạn xử lý một ý kiến về Giao xử lý góp ý')).toBeVisible();
	await codrafter.goto(`/${WORKSPACE}/work?kind=thread-assigned`);
	await codrafter.getByRole('link', { name: 'Giao xử lý góp ý' }).click();
	await expect(card(codrafter, 'cho ý kiến.')).toHaveAttribute('aria-current', 'true');
	await codrafter.getByRole('button', { name: 'Việc khác với ý kiến này' }).click();
	await codrafter.getByRole('menuitem', { name: 'Đánh dấu đã xử lý kèm lời…' }).click();
	const settling = codrafter.getByRole('dialog', { name: 'Đánh dấu ý kiến đã xử lý?' });
	await settling.getByRole('textbox', { name: 'Đã xử lý thế nào' }).fill('Đã bổ sung tại khoản 1.');
	await settling.getByRole('button', { name: 'Đánh dấu đã xử lý' }).click();
	await expect(card(codrafter, 'Đã bổ sung tại khoản 1.')).toBeVisible();
	await expect(codrafter.locator('[data-open-threads]')).toHaveText('0 ý kiến đang mở');
	await codrafter.goto(`/${WORKSPACE}/work?kind=thread-assigned`);
	await expect(codrafter.getByRole('link', { name: 'Giao xử lý góp ý' })).toHaveCount(0);
	await page.goto(`/${WORKSPACE}/notices`);
	await expect(page.getByText('đã đánh dấu xử lý một ý kiến bạn tham gia về Giao xử lý góp ý')).toBeVisible();
});

test('the sample has comments of every state and kind of place, and who does not see the document sees none', async ({
	browser
}) => {
	const { page } = await browserOf(browser, 'reviewer');
	const { items: documents } = (await (await page.request.get(`/api/documents?workspace=${WORKSPACE}`)).json()) as {
		items: { id: string; title: string }[];
	};
	const { id } = documents.find(({ title }) => title === 'Nghị quyết về chuyển đổi số thành phố đến năm 2030')!;
	const { items } = (await (await page.request.get(`/api/documents/${id}/threads?limit=200`)).json()) as { items: Thread[] };
	expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['open', 'resolved']));
	expect(new Set(items.map(({ anchor }) => anchor?.state))).toEqual(new Set(['exact', 'changed', 'deleted', undefined]));
	expect(items.some(({ isHidden, comments }) => isHidden && comments.length === 0)).toBe(true);
	const { page: outsider } = await browserOf(browser, 'outsider');
	expect((await outsider.request.get(`/api/documents/${id}/threads`)).status()).toBe(404);
	expect((await outsider.request.get(`/api/documents/${id}/people`)).status()).toBe(404);
});
