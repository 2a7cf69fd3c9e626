import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, provision, savedState } from '../support/editor.ts';

/** What Word puts on the clipboard: styles of its own, numbers as text, a list by CSS, an empty paragraph. */
const WORD = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>p.MsoNormal {font-size:30pt;color:red}</style></head><body>
<p class=MsoNormal style='font-size:30pt'><b>Điều 7. Trách nhiệm thi hành</b><o:p></o:p></p>
<p class=MsoNormal>1. Văn phòng chủ trì, <i style='color:blue'>phối hợp</i> với các sở:</p>
<p class=MsoNormal>a) Theo dõi, đôn đốc;</p>
<p class=MsoNormal>b) Báo cáo kết quả.</p>
<p class=MsoNormal>&nbsp;</p>
<p class=MsoNormal>2. Các sở thực hiện Nghị quyết này.</p>
</body></html>`;

async function paste(page: Page, data: Record<string, string>): Promise<void> {
	await page.locator('.ProseMirror').evaluate((element, contents) => {
		const clipboardData = new DataTransfer();
		for (const [type, text] of Object.entries(contents)) clipboardData.setData(type, text);
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, data);
}

async function after(page: Page, start: string, count: number): Promise<string[]> {
	const all = await page
		.locator('.ProseMirror > *')
		.evaluateAll((elements) =>
			elements.map(
				(element) => `${(element as HTMLElement).dataset.level ?? element.tagName.toLowerCase()}: ${element.textContent}`
			)
		);
	return all.slice(all.findIndex((line) => line.includes(start)) + 1).slice(0, count);
}

async function emptyLineAfter(page: Page, text: string): Promise<void> {
	await provision(page, text).click();
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Alt+Digit0');
}

test('what comes from Word keeps its structure and drops its looks', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Dán từ Word');
	const page = await openDocument(browser, 'drafter', id);
	await emptyLineAfter(page, 'Lưu hồ sơ');
	await paste(page, { 'text/html': WORD, 'text/plain': 'Điều 7. Trách nhiệm thi hành' });
	await expect(provision(page, 'Các sở thực hiện')).toBeVisible();
	expect(await after(page, 'Lưu hồ sơ', 5)).toEqual([
		'article: Trách nhiệm thi hành',
		'clause: Văn phòng chủ trì, phối hợp với các sở:',
		'point: Theo dõi, đôn đốc;',
		'point: Báo cáo kết quả.',
		'clause: Các sở thực hiện Nghị quyết này.'
	]);
	await expect(provision(page, 'phối hợp').locator('em')).toHaveText('phối hợp');
	expect(await page.locator('.ProseMirror [style*=color], .ProseMirror [class*=Mso]').count()).toBe(0);
	await expect(savedState(page)).toHaveText('Đã lưu');
	await page.keyboard.press('Control+z');
	await expect(provision(page, 'Các sở thực hiện')).toHaveCount(0);
});

test('plain legal text makes provisions; one line stays text; a copy gets uids of its own', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Dán văn bản thuần');
	const page = await openDocument(browser, 'drafter', id);
	await emptyLineAfter(page, 'Lưu hồ sơ');
	await paste(page, { 'text/plain': '3. Khoản dán thứ nhất gồm:\na) Điểm dán;\nb) Điểm nữa.' });
	await expect(provision(page, 'Điểm nữa')).toBeVisible();
	expect(await after(page, 'Lưu hồ sơ', 3)).toEqual(['clause: Khoản dán thứ nhất gồm:', 'point: Điểm dán;', 'point: Điểm nữa.']);

	await provision(page, 'Điểm nữa').click();
	await page.keyboard.press('End');
	await paste(page, { 'text/plain': ' Thêm ngay sau.' });
	await expect(provision(page, 'Điểm nữa. Thêm ngay sau.')).toBeVisible();

	await page.keyboard.press('Control+a');
	const copied = await page.locator('.ProseMirror').evaluate((element) => {
		const clipboardData = new DataTransfer();
		element.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
		return { 'text/html': clipboardData.getData('text/html'), 'text/plain': clipboardData.getData('text/plain') };
	});
	await provision(page, 'Lưu hồ sơ').click();
	await page.keyboard.press('End');
	await paste(page, copied);
	await expect(page.locator('.ProseMirror [data-level]', { hasText: 'Điểm dán;' })).toHaveCount(2);
	const uids = await page
		.locator('.ProseMirror [data-level]')
		.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.uid));
	expect(new Set(uids).size).toBe(uids.length);
	expect(uids.every(Boolean)).toBe(true);
});

test('a pasted picture is kept with the document', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Dán hình');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Lưu hồ sơ').click();
	await page.locator('.ProseMirror').evaluate(async (element) => {
		const canvas = document.createElement('canvas');
		canvas.width = canvas.height = 40;
		canvas.getContext('2d')!.fillRect(5, 5, 20, 20);
		const blob = await new Promise<Blob>((made) => canvas.toBlob((each) => made(each!), 'image/png'));
		const clipboardData = new DataTransfer();
		clipboardData.items.add(new File([blob], 'so-do.png', { type: 'image/png' }));
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	const image = page.locator('.ProseMirror img');
	await expect(image).toHaveAttribute('src', /^\/api\/files\//);
	await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(40);
	await image.click();
	await page.getByRole('button', { name: 'Sửa hình ảnh' }).click();
	await page.getByLabel('Mô tả hình').fill('Sơ đồ tổ chức');
	await page.getByRole('button', { name: 'Lưu', exact: true }).click();
	await expect(page.getByRole('img', { name: 'Sơ đồ tổ chức' })).toBeVisible();
});
