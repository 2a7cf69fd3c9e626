import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, paperText, provision, savedState } from '../support/editor.ts';

type Copied = Record<'text/html' | 'text/plain', string>;

async function copy(page: Page, type: 'copy' | 'cut' = 'copy'): Promise<Copied> {
	return page.locator('.ProseMirror').evaluate((element, type) => {
		const clipboardData = new DataTransfer();
		element.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
		return { 'text/html': clipboardData.getData('text/html'), 'text/plain': clipboardData.getData('text/plain') };
	}, type);
}

async function paste(page: Page, data: Copied): Promise<void> {
	await page.locator('.ProseMirror').evaluate((element, contents) => {
		const clipboardData = new DataTransfer();
		for (const [type, text] of Object.entries(contents)) clipboardData.setData(type, text);
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, data);
}

/** Selects from the beginning of one provision to the end of another. */
async function select(page: Page, from: string, to: string): Promise<void> {
	await provision(page, from).click();
	await page.keyboard.press('Home');
	await provision(page, to).click({ modifiers: ['Shift'] });
	await page.keyboard.press('Shift+End');
}

/** Makes a reference to a provision of the words that cite it. */
async function makeReference(page: Page, words: string, to: string): Promise<void> {
	await page.locator('.ProseMirror').evaluate(
		(element, { words, to }) => {
			const { editor } = element as unknown as { editor: import('@tiptap/core').Editor };
			const { state } = editor;
			let target: string | null = null;
			let from = -1;
			state.doc.descendants((node, position) => {
				if (node.type.name === 'provision' && node.textContent.includes(to)) target = node.attrs.uid;
				if (node.isText && node.text!.includes(words)) from = position + node.text!.indexOf(words);
			});
			const reference = state.schema.nodes.reference!.create({ target, text: words });
			editor.view.dispatch(state.tr.replaceWith(from, from + words.length, reference));
		},
		{ words, to }
	);
}

/** The document without what is new in every copy. */
async function contentOf(page: Page): Promise<unknown[]> {
	return page.locator('.ProseMirror').evaluate((element) => {
		const { editor } = element as unknown as { editor: { getJSON(): { content: unknown[] } } };
		return JSON.parse(
			JSON.stringify(editor.getJSON().content, (key, value) => (key === 'uid' || key === 'target' ? undefined : value))
		);
	});
}

test('what is copied carries its numbers, references, footnotes and the frame, in any program', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Sao chép'));
	await makeReference(page, 'điểm b khoản 1 Điều 2', 'Mời các bên');
	await provision(page, 'Chuẩn bị nội dung').click();
	await page.keyboard.press('End');
	await page.keyboard.press('Control+Alt+f');
	await page.keyboard.type('Ghi chú của người soạn.');
	await page.keyboard.press('Control+Enter');
	await provision(page, 'Phạm vi điều chỉnh').click();
	await page.keyboard.press('Control+a');
	const { 'text/plain': text, 'text/html': html } = await copy(page);
	const lines = text.split('\n');
	for (const line of [
		'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
		'Độc lập - Tự do - Hạnh phúc',
		'Chương I',
		'QUY ĐỊNH CHUNG',
		'Điều 1. Phạm vi điều chỉnh',
		'1. Nghị quyết này quy định việc thử nghiệm.',
		'đ) Lưu hồ sơ.',
		'2. Cơ quan phối hợp thực hiện theo quy định tại điểm b khoản 1 Điều này.'
	])
		expect(lines, text).toContain(line);
	expect(text).toContain('a) Chuẩn bị nội dung;[1]');
	expect(lines.at(-1)).toBe('[1] Ghi chú của người soạn.');

	// A program that knows nothing of Plenum, such as a mail.
	const mail = await page.context().newPage();
	await mail.setContent('<div id="mail"></div>');
	const read = await mail.locator('#mail').evaluate((element, html) => {
		element.innerHTML = html;
		const article = [...element.querySelectorAll('p')].find((each) => each.textContent.startsWith('Điều 1.'))!;
		return { text: (element as HTMLElement).innerText, weight: getComputedStyle(article.querySelector('b, span')!).fontWeight };
	}, html);
	expect(read.text).toContain('Điều 1. Phạm vi điều chỉnh');
	expect(read.text).toContain('điểm b khoản 1 Điều này');
	expect(read.weight).toBe('700');
});

test('a part of a line is copied without its number, a whole one with it', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Sao chép một dòng'));
	await select(page, 'Lưu hồ sơ', 'Lưu hồ sơ');
	expect((await copy(page))['text/plain']).toBe('đ) Lưu hồ sơ.');
	await page.keyboard.press('Home');
	for (let letter = 0; letter < 3; letter++) await page.keyboard.press('Shift+ArrowRight');
	expect((await copy(page))['text/plain']).toBe('Lưu');
	await select(page, 'Mời các bên', 'Tổng hợp');
	expect((await copy(page))['text/plain']).toBe('b) Mời các bên tham gia;\nc) Tổng hợp kết quả;');
});

test('what is cut and pasted back is what it was, with its structure and references', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Cắt và dán'));
	await makeReference(page, 'điểm b khoản 1 Điều 2', 'Mời các bên');
	await makeReference(page, 'ngày ký', 'Trách nhiệm');
	const before = await contentOf(page);
	await select(page, 'Trách nhiệm', 'Cơ quan phối hợp');
	const cut = await copy(page, 'cut');
	expect(cut['text/plain']).toContain('Điều 2. Trách nhiệm\n1. Cơ quan chủ trì');
	await expect(provision(page, 'Lưu hồ sơ')).toHaveCount(0);
	await paste(page, cut);
	await expect(provision(page, 'Cơ quan phối hợp thực hiện theo quy định tại điểm b khoản 1 Điều này')).toBeVisible();
	await expect(page.locator('[data-reference].broken')).toHaveCount(0);
	await expect(provision(page, 'Hiệu lực thi hành').locator('+ p')).toHaveText('Nghị quyết này có hiệu lực từ Điều 2.');
	expect(await contentOf(page)).toEqual(before);
	await page.keyboard.type(' Viết tiếp.');
	await expect(provision(page, 'Điều này. Viết tiếp.')).toBeVisible();
	await expect(savedState(page)).toHaveText('Đã lưu');
});

test('after a paste from elsewhere one goes on writing behind it', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Viết tiếp'));
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await paste(page, { 'text/html': '', 'text/plain': 'e) Điểm dán thứ nhất;\ng) Điểm dán thứ hai' });
	await expect(provision(page, 'Điểm dán thứ hai')).toBeVisible();
	await page.keyboard.type(' và viết tiếp.');
	expect(await paperText(page)).toContain('Điểm dán thứ hai và viết tiếp.');
});
