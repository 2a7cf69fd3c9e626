import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, savedState } from '../support/editor.ts';

const TEXT = [
	'ỦY BAN NHÂN DÂN TỈNH BÌNH SƠN',
	'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
	'Độc lập - Tự do - Hạnh phúc',
	'Số: 7/KH-UBND',
	'Bình Sơn, ngày 05 tháng 3 năm 2026',
	'KẾ HOẠCH',
	'Về văn bản có phụ lục',
	'Căn cứ Luật Tổ chức chính quyền địa phương;',
	'1. Nội dung thứ nhất.',
	'PHỤ LỤC',
	'DANH MỤC NHIỆM VỤ',
	'Nhiệm vụ thứ nhất của phụ lục.'
].join('\n');
const LINE = '(Kèm theo Kế hoạch số 7/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Bình Sơn)';

async function exported(page: Page, id: string, format: string): Promise<string> {
	const answer = await page.request.get(`/api/documents/${id}/export?format=${format}`, {
		headers: { 'sec-fetch-site': 'same-origin' }
	});
	return answer.text();
}

test('an appendix shows the line that is printed under its title, and lets it be changed before an export', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Văn bản có phụ lục', TEXT);
	const page = await openDocument(browser, 'drafter', id);
	const title = page.locator('.paper-body > [data-appendix]');
	await expect(title).toHaveAttribute('data-attached-to', LINE);
	expect(await title.evaluate((element) => getComputedStyle(element, '::after').content)).toContain(LINE);
	expect(await exported(page, id, 'txt')).toContain(`DANH MỤC NHIỆM VỤ\n${LINE}\n`);

	await title.click();
	await page.getByRole('button', { name: /^Loại khối/ }).click();
	await page.getByRole('menuitem', { name: 'Ghi dòng “(Kèm theo …)” vào phụ lục' }).click();
	await expect(title).not.toHaveAttribute('data-attached-to');
	const line = page.locator('.paper-body > p.attached-line');
	await expect(line).toHaveText(LINE);
	await expect(line).toHaveCSS('font-style', 'italic');
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.type(' ban hành');
	await expect(savedState(page)).toHaveText(/Đã lưu/);
	for (const format of ['txt', 'html']) {
		const text = await exported(page, id, format);
		expect(text).toContain(`${LINE.slice(0, -1)} ban hành)`);
		expect(text.match(/Kèm theo/g), 'once').toHaveLength(1);
	}
});
