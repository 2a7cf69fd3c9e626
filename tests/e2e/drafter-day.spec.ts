import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { readZip } from '../../src/lib/exports/zip-reader.ts';
import { provision, savedState } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';
import { wordsOf, wordsOfDocx } from '../support/printed-words.ts';

const TITLE = 'Về dùng chung dữ liệu của thành phố';

/** What the drafter means to have written: a line for each block, as it is printed. */
const BODY = [
	'Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;',
	'Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ.',
	'QUYẾT NGHỊ:',
	'Điều 1. Phạm vi điều chỉnh',
	'Nghị quyết này quy định việc dùng chung dữ liệu của thành phố.',
	'Điều 2. Trách nhiệm thực hiện',
	'1. Cơ quan chủ trì gồm:',
	'a) Sở Khoa học và Công nghệ;',
	'b) Sở Tài chính.',
	'2. Các cơ quan nêu tại điểm a khoản 1 Điều này báo cáo đúng hạn theo mẫu chung.[1]',
	'3. Kinh phí như sau:'
];
const TABLE = ['Nội dung\tKinh phí', 'Đường truyền\t1.250'];
const END = ['Điều 3. Hiệu lực thi hành', 'Nghị quyết này có hiệu lực từ ngày ký./.'];

/** Goes on to the next unfinished place and writes what belongs there. */
async function fill(page: Page, words: string, by: 'F8' | 'Tab' = 'F8'): Promise<void> {
	await page.keyboard.press(by);
	await page.keyboard.type(words);
}

async function exported(page: Page, format: string | RegExp): Promise<Buffer> {
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Xuất tệp', exact: true }).click();
	await page.getByRole('menuitem', { name: format }).click();
	return readFileSync(await (await download).path());
}

test('day of a drafter: a resolution is typed from nothing, copied out and back, saved, exported, and is what was meant', async ({
	browser
}) => {
	const { page, context } = await browserOf(browser, 'drafter');
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { keyboard } = page;

	await test.step('a blank document is made with the keyboard', async () => {
		await page.goto(`/${WORKSPACE}`);
		await page.getByRole('button', { name: 'Văn bản mới' }).press('Enter');
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByLabel('Tên văn bản')).toBeFocused();
		await keyboard.type(TITLE);
		await keyboard.press('Tab');
		await keyboard.press('ArrowUp');
		await expect(dialog.getByRole('radio', { name: /^Văn bản khác/ })).toBeChecked();
		await keyboard.press('Enter');
		await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/);
		await expect(page.locator('.ProseMirror')).toBeFocused();
		await expect(savedState(page)).toHaveText('Đã lưu');
	});

	await test.step('the header is filled, from one place to fill in to the next', async () => {
		await fill(page, 'An Hải');
		await fill(page, 'NGHỊ QUYẾT');
	});

	await test.step('legal bases, enacting line and provisions are typed as they are printed', async () => {
		await keyboard.press('F8');
		await keyboard.type(`${BODY[0]}\n${BODY[1]}\n\n${BODY[2]}\n`);
		await keyboard.type('Phạm vi điều chỉnh\nNghị quyết này quy định việc dùng chung dữ liệu của thành phố.\n\n');
		await keyboard.type('Trách nhiệm thực hiện\n1. Cơ quan chủ trì gồm:\n');
		await keyboard.type('[cơ quan chủ trì];\n[cơ quan tài chính].');
		await keyboard.press('Enter');
		await keyboard.press('Shift+Tab');
	});

	await test.step('a reference, bold, italic and a footnote', async () => {
		await keyboard.type('Các cơ quan nêu tại @điểm a khoản 1 điều 2');
		await expect(page.getByRole('option').first()).toContainText('điểm a khoản 1 Điều 2');
		await keyboard.press('Enter');
		await keyboard.type(' báo cáo ');
		await keyboard.press('Control+b');
		await keyboard.type('đúng hạn');
		await keyboard.press('Control+b');
		await keyboard.type(' theo ');
		await keyboard.press('Control+i');
		await keyboard.type('mẫu chung');
		await keyboard.press('Control+i');
		await keyboard.type('.');
		await keyboard.press('Control+Alt+f');
		await keyboard.type('Mẫu do Sở Tài chính ban hành.');
		await keyboard.press('Enter');
		await keyboard.press('Enter');
		await keyboard.type('Kinh phí như sau:');
	});

	await test.step('a table by the mouse, and on behind it', async () => {
		await page.getByRole('button', { name: 'Chèn bảng' }).click();
		await page.getByRole('gridcell', { name: '2 hàng × 2 cột' }).click();
		for (const cell of ['Nội dung', 'Kinh phí', 'Đường truyền', '1.250']) {
			await keyboard.type(cell);
			if (cell !== '1.250') await keyboard.press('Tab');
		}
		await keyboard.press('ArrowDown');
		await keyboard.type('Điều 3. Hiệu lực thi hành\nNghị quyết này có hiệu lực từ ngày ký./.');
	});

	await test.step('what is unfinished is walked through and filled', async () => {
		await provision(page, 'Cơ quan chủ trì gồm').click();
		await fill(page, 'Sở Khoa học và Công nghệ');
		await fill(page, 'Sở Tài chính');
		await expect(provision(page, 'Sở Tài chính')).toHaveText('Sở Tài chính.');
	});

	await test.step('a part goes out as plain text, is cut and comes back as it was', async () => {
		const before = await structure(page);
		await selectFrom(page, 'Trách nhiệm thực hiện', 'Các cơ quan nêu tại');
		await keyboard.press('Control+c');
		const mail = await context.newPage();
		await mail.setContent('<textarea aria-label="Thư" rows="12" cols="80"></textarea>');
		const letter = mail.getByLabel('Thư');
		await letter.press('Control+v');
		await expect(letter).toHaveValue([...BODY.slice(5, 10), NOTE].join('\n'));

		await page.bringToFront();
		await keyboard.press('Control+x');
		await expect(provision(page, 'Các cơ quan nêu tại')).toHaveCount(0);
		await keyboard.press('Control+v');
		await expect(provision(page, 'Các cơ quan nêu tại điểm a khoản 1 Điều này')).toBeVisible();
		expect(await structure(page)).toEqual(before);

		await mail.bringToFront();
		await letter.fill(BODY.slice(5, 9).join('\n'));
		await letter.press('Control+a');
		await letter.press('Control+c');
		await page.bringToFront();
		await selectFrom(page, 'Trách nhiệm thực hiện', 'Sở Tài chính.');
		await keyboard.press('Control+v');
		await expect(provision(page, 'Sở Tài chính.')).toBeVisible();
		expect(
			(await structure(page)).map(({ kind, words }) => [kind, words]),
			'from letters alone: the same provisions'
		).toEqual(before.map(({ kind, words }) => [kind, words]));
		await keyboard.press('Control+z');
		expect(await structure(page)).toEqual(before);
		await mail.close();
	});

	await test.step('what is left open is filled, walked to with a key', async () => {
		for (const words of ['Ủy ban nhân dân thành phố', 'Các sở, ban, ngành', 'TH', 'Nguyễn Văn An']) await fill(page, words);
		await keyboard.press('F8');
		await expect(page.getByText('Văn bản không còn chỗ nào chưa hoàn thiện.')).toBeVisible();
		await keyboard.press('Control+s');
		await expect(page.getByText('Đã lưu. Mọi thay đổi của bạn đã được ghi vào cơ sở dữ liệu.')).toBeVisible();
	});

	await test.step('every file says what was written, with its numbers and its looks', async () => {
		const lines = [...BODY, ...TABLE, ...END];
		const text = (await exported(page, 'Văn bản thuần')).toString();
		const kept = text.split('\n').filter((line) => lines.includes(line));
		expect(kept, text).toEqual(lines);
		expect(text.trimEnd().endsWith(NOTE), text).toBe(true);

		const docx = await exported(page, 'Tệp Word');
		expect(wordsOfDocx(docx)).toEqual(wordsOf(text));
		const runs = new TextDecoder().decode(readZip(docx).get('word/document.xml'));
		expect(runs).toMatch(/<w:b\/>(?:(?!<\/w:r>).)*>đúng hạn</su);
		expect(runs).toMatch(/<w:i\/>(?:(?!<\/w:r>).)*>mẫu chung</su);

		const html = (await exported(page, 'Trang web')).toString();
		expect(html).toContain('<b>đúng hạn</b> theo <i>mẫu chung</i>');
		expect(html).toMatch(/<a href="#\w+">điểm a khoản 1 Điều này<\/a>/u);

		const { content } = JSON.parse((await exported(page, /json/)).toString()) as { content: { content: unknown[] } };
		expect(content.content).toEqual(await documentOf(page));
	});
});

const NOTE = '[1] Mẫu do Sở Tài chính ban hành.';

interface Live {
	editor: { getJSON(): { content: { type: string; attrs?: Record<string, unknown>; content?: unknown[] }[] } };
}

async function documentOf(page: Page): Promise<unknown[]> {
	return page.locator('.ProseMirror').evaluate((element) => (element as unknown as Live).editor.getJSON().content);
}

/** The blocks: their kind, their letters, and the rest of them without what is new in every copy. */
async function structure(page: Page): Promise<{ kind: string; words: string; inside: string }[]> {
	return page.locator('.ProseMirror').evaluate((element) =>
		(element as unknown as Live).editor.getJSON().content.map((block) => ({
			kind: String(block.attrs?.level ?? block.type),
			words: JSON.stringify(block.content ?? []).replaceAll(/.*?"text":"([^"]*)"|.*/gu, '$1'),
			inside: JSON.stringify(block.content ?? [], (key, value: unknown) => (/^(uid|target)$/u.test(key) ? undefined : value))
		}))
	);
}

/** From the beginning of one provision to the end of another, with the mouse. */
async function selectFrom(page: Page, from: string, to: string): Promise<void> {
	await provision(page, from).click();
	await page.keyboard.press('Home');
	const { width, height } = (await provision(page, to).boundingBox())!;
	await provision(page, to).click({ modifiers: ['Shift'], position: { x: width - 4, y: height - 4 } });
}
