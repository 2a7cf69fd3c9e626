import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, paperText, provision, savedState } from '../support/editor.ts';

/** What an input method sends while `tiếng` is typed in Telex: the whole word so far, each time anew. */
const STEPS = ['t', 'ti', 'tie', 'tiê', 'tiên', 'tiêng', 'tiếng'];

interface Live {
	editor: {
		state: {
			doc: { forEach(visit: (node: { textContent: string; nodeSize: number }, at: number) => void): void };
			tr: { insertText(text: string, at: number): unknown };
		};
		view: { dispatch(transaction: unknown): void };
	};
}

/** Composes a word and commits it, with something happening after each step. */
async function compose(page: Page, steps: string[], word: string, during?: (step: number) => Promise<void>): Promise<void> {
	const session = await page.context().newCDPSession(page);
	for (const [index, text] of steps.entries()) {
		await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
		await during?.(index);
	}
	await session.send('Input.insertText', { text: word });
	await session.detach();
}

/** Writes into the provision that begins with `start`, as a colleague would. */
async function write(page: Page, start: string, words: string, atStart: boolean): Promise<void> {
	await page.locator('.ProseMirror').evaluate(
		(element, wanted) => {
			const { state, view } = (element as unknown as Live).editor;
			let at = 0;
			state.doc.forEach((node, position) => {
				if (!at && node.textContent.includes(wanted.start)) at = wanted.atStart ? position + 1 : position + node.nodeSize - 1;
			});
			view.dispatch(state.tr.insertText(wanted.words, at));
		},
		{ start, words, atStart }
	);
}

test('a composed word is written once, whole, while a colleague writes before and behind it', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Bộ gõ');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, 'Sở Khoa học và Công nghệ', 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await drafter.bringToFront();
	await provision(drafter, 'Chuẩn bị nội dung').click();
	await drafter.keyboard.press('End');
	await drafter.keyboard.type(' ');

	await compose(drafter, STEPS, 'tiếng', async (step) => {
		if (step % 2 === 0) return;
		await write(codrafter, 'Chuẩn bị nội dung', `T${step} `, true);
		await expect(provision(drafter, `T${step} `)).toBeVisible();
	});
	await drafter.keyboard.type(' ');
	await compose(drafter, ['V', 'Vi', 'Viê', 'Việ', 'Việt'], 'Việt', async (step) => {
		if (step !== 2) return;
		await write(codrafter, 'Mời các bên', 'ngoài ', true);
		await expect(provision(drafter, 'ngoài Mời')).toBeVisible();
	});
	await expect(provision(drafter, 'Chuẩn bị nội dung')).toHaveText('T5 T3 T1 Chuẩn bị nội dung; tiếng Việt');
	await expect(provision(codrafter, 'Chuẩn bị nội dung')).toHaveText('T5 T3 T1 Chuẩn bị nội dung; tiếng Việt');
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	expect(await paperText(drafter)).toBe(await paperText(codrafter));
});

test('letters and tones that come apart are stored as one letter', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Tổ hợp');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('End');
	await page.keyboard.insertText(' tie\u0302\u0301ng');
	await page.keyboard.insertText(' e');
	await page.keyboard.insertText('\u0302');
	await compose(page, ['o', 'o\u0302'], 'o\u0302\u0323');
	await expect(provision(page, 'Lưu hồ sơ')).toHaveText('Lưu hồ sơ. tiếng êộ');
	expect(await paperText(page)).toContain('tiếng êộ');
});

test('a number typed through an input method makes the provision, brackets a placeholder; Backspace gives the letters back', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Gõ số');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Alt+Digit0');
	await compose(page, ['D', 'Đ', 'Đi', 'Điê', 'Điêu', 'Điều'], 'Điều');
	await page.keyboard.type(' 9. ');
	await page.keyboard.type('Điều mới');
	await expect(page.locator('[data-level=article]', { hasText: 'Điều mới' })).toBeVisible();

	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Alt+Digit0');
	await page.keyboard.type('a) ');
	await page.keyboard.press('Backspace');
	const paragraph = page.locator('.ProseMirror > p:not([data-provision])', { hasText: /^a\)/ });
	await expect(paragraph).toBeVisible();

	await page.keyboard.type('[số liệu]');
	await expect(paragraph.locator('[data-placeholder]')).toHaveText('[số liệu]');
	await page.keyboard.press('Backspace');
	await expect(paragraph.locator('[data-placeholder]')).toHaveCount(0);
	await expect(paragraph).toHaveText('a) [số liệu]');
	await expect(page.getByRole('button', { name: '1 chỗ chưa hoàn thiện' })).toBeVisible();
});

const UNFINISHED = `Điều 1. Phân công
1. Giao [tên cơ quan] chủ trì, [đơn vị] phối hợp.
2. Báo cáo [nội dung] trước ngày 15 tháng 12.
`;

test('places to fill in are counted, gone through and written over: by keys, an input method and a phone', async ({
	browser,
	baseURL
}) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Chỗ trống', UNFINISHED));
	const first = provision(page, 'chủ trì');
	await expect(first).toHaveText('Giao [tên cơ quan] chủ trì, [đơn vị] phối hợp.');
	await page.getByRole('button', { name: 'Xuất tệp', exact: true }).click();
	await page.getByRole('menuitem', { name: /Word/ }).click();
	const warning = page.getByRole('dialog', { name: 'Văn bản còn 3 chỗ chưa hoàn thiện' });
	await expect(warning.getByRole('listitem')).toHaveText(['3 chỗ trống cần điền']);
	await warning.getByRole('button', { name: 'Tới chỗ đầu tiên' }).click();
	await expect(page.getByText('[tên cơ quan]', { exact: true })).toHaveClass(/selectednode/);

	await page.keyboard.type('Sở Nội vụ');
	await expect(first).toHaveText('Giao Sở Nội vụ chủ trì, [đơn vị] phối hợp.');
	await page.getByText('[đơn vị]', { exact: true }).click();
	await compose(page, STEPS, 'tiếng');
	await expect(first).toHaveText('Giao Sở Nội vụ chủ trì, tiếng phối hợp.');
	await page.keyboard.press('F8');
	await expect(page.getByText('Chỗ 1 trong 1: [nội dung], khoản 2 Điều 1')).toBeAttached();
	await page.locator('.ProseMirror').evaluate(() => document.execCommand('insertText', false, 'kết quả'));
	await expect(provision(page, 'Báo cáo')).toHaveText('Báo cáo kết quả trước ngày 15 tháng 12.');
	await expect(page.getByRole('button', { name: /chưa hoàn thiện/ })).toBeHidden();
	await page.keyboard.press('F8');
	await expect(page.getByText('Văn bản không còn chỗ nào chưa hoàn thiện.')).toBeVisible();
});

test('typed from zero, a resolution becomes what an import makes of it', async ({ browser, baseURL }) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Gõ từ đầu'));
	const paper = page.locator('.ProseMirror');
	await provision(page, 'Phạm vi điều chỉnh').click();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('Căn cứ Luật Tổ chức chính quyền địa phương;\n');
	await page.keyboard.press('Enter');
	await page.keyboard.type('QUYẾT NGHỊ:\nPhạm vi. Đối tượng');
	const article = paper.locator('[data-level=article]').first();
	await expect(article, 'a full stop changes nothing while one types').toHaveClass(/title/);
	await page.keyboard.type('\nNghị quyết này quy định một việc.\n');
	await page.keyboard.type('9. Một việc khác.');
	await expect(page.getByText('Số “9.” được đánh lại thành “1.”')).toBeVisible();
	await page.getByRole('button', { name: 'Giữ số 9' }).click();

	const kinds = await paper.locator(':scope > p').evaluateAll((lines) =>
		lines.map((line) => {
			const { level, legalBasis, enactingLine, number } = (line as HTMLElement).dataset;
			const kind = level ?? (legalBasis === '' ? 'basis' : enactingLine === '' ? 'enacting' : 'text');
			return `${kind}${number ? ` ${number}` : ''}: ${line.textContent}`;
		})
	);
	expect(kinds).toEqual([
		'basis: Căn cứ Luật Tổ chức chính quyền địa phương;',
		'enacting: QUYẾT NGHỊ:',
		'article: Phạm vi. Đối tượng',
		'text: Nghị quyết này quy định một việc.',
		'clause 9: Một việc khác.'
	]);

	await article.click();
	await page.getByRole('button', { name: /^Loại khối/ }).click();
	await page.getByRole('menuitem', { name: 'Điều không có tên' }).click();
	await expect(article).not.toHaveClass(/title/);
	await page.keyboard.press('Control+z');
	await expect(article).toHaveClass(/title/);
});

test.describe('keys that come faster than the browser draws', () => {
	test('Enter splits where the caret is, though the browser has not said yet that it moved', async ({ browser, baseURL }) => {
		const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Phím nhanh'));
		await provision(page, 'Lưu hồ sơ.').click();
		await page.keyboard.press('Home');
		await page.locator('.ProseMirror').evaluate((element) => {
			getSelection()!.modify('move', 'forward', 'lineboundary');
			element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
		});
		await page.keyboard.type('sau');
		expect(await paperText(page)).toContain('Lưu hồ sơ.\nsau');
	});

	test('letters typed into a new provision before it is drawn stay in order', async ({ browser, baseURL }) => {
		const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Phím nhanh'));
		await provision(page, 'Lưu hồ sơ.').click();
		await page.keyboard.press('End');
		await page.locator('.ProseMirror').evaluate(async (element) => {
			element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
			for (const letter of 'mới') {
				document.execCommand('insertText', false, letter);
				await Promise.resolve();
			}
		});
		expect(await paperText(page)).toContain('Lưu hồ sơ.\nmới\n');
	});
});
