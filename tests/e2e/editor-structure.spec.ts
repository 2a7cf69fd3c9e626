import { expect, test, type Page } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { openDocument, paperText, provision } from '../support/editor.ts';

/** The blocks from the one with `start` on, as `level: text`. */
async function blocks(page: Page, start: string, count: number): Promise<string[]> {
	const all = await page
		.locator('.ProseMirror > *')
		.evaluateAll((elements) =>
			elements.map(
				(element) => `${(element as HTMLElement).dataset.level ?? element.tagName.toLowerCase()}: ${element.textContent}`
			)
		);
	const from = all.findIndex((line) => line.includes(start));
	return all.slice(from, from + count);
}

test('a lawyer drafts with the keyboard alone', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Bàn phím');
	const page = await openDocument(browser, 'drafter', id);

	await test.step('from the address bar into the text and out again', async () => {
		for (let presses = 0; presses < 60; presses++) {
			await page.keyboard.press('Tab');
			if (await page.locator('.ProseMirror').evaluate((element) => element === document.activeElement)) break;
		}
		await expect(page.locator('.ProseMirror')).toBeFocused();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Tab');
		await expect(page.locator('.ProseMirror')).not.toBeFocused();
	});

	await test.step('jump, write, split', async () => {
		await page.keyboard.press('Control+g');
		await page.keyboard.type('2.1.đ');
		await page.keyboard.press('Enter');
		await expect(page.locator('.ProseMirror')).toBeFocused();
		await page.keyboard.press('End');
		await page.keyboard.press('Enter');
		await page.keyboard.type('Công khai kết quả:');
		await page.keyboard.press('Enter');
		await page.keyboard.type('trên cổng thông tin;');
		expect(await blocks(page, 'Lưu hồ sơ', 3)).toEqual([
			'point: Lưu hồ sơ.',
			'point: Công khai kết quả:',
			'indent: trên cổng thông tin;'
		]);
	});

	await test.step('levels and moves carry what belongs to a provision', async () => {
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Home');
		await page.keyboard.press('Shift+Tab');
		expect(await blocks(page, 'Công khai', 2)).toEqual(['clause: Công khai kết quả:', 'point: trên cổng thông tin;']);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Alt+ArrowUp');
		expect(await blocks(page, 'Công khai', 3)).toEqual([
			'point: Công khai kết quả:',
			'indent: trên cổng thông tin;',
			'point: Lưu hồ sơ.'
		]);
		await page.keyboard.press('Alt+ArrowDown');
		expect(await blocks(page, 'Lưu hồ sơ', 2)).toEqual(['point: Lưu hồ sơ.', 'point: Công khai kết quả:']);
	});

	await test.step('the slash menu makes a table, Tab walks through it', async () => {
		await page.keyboard.press('End');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+Alt+Digit0');
		await page.keyboard.type('/bang');
		await expect(page.getByRole('option', { name: /Chèn bảng/ })).toBeVisible();
		await page.keyboard.press('Enter');
		await page.keyboard.type('TT');
		await page.keyboard.press('Tab');
		await page.keyboard.type('Nhiệm vụ');
		await expect(page.locator('.ProseMirror th').nth(1)).toHaveText('Nhiệm vụ');
	});
});

test('the outline moves provisions by dragging and by keys, and shows where one is', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Mục lục');
	const page = await openDocument(browser, 'drafter', id);
	const tree = page.getByRole('tree');
	await tree
		.getByRole('treeitem', { name: /Điều 3/ })
		.dragTo(tree.getByRole('treeitem', { name: /Điều 1/ }), { targetPosition: { x: 60, y: 2 } });
	await expect(tree.getByRole('treeitem', { name: /^Điều 1 Hiệu lực thi hành/ })).toBeVisible();
	await expect(page.locator('.ProseMirror [data-level=article]').first()).toHaveText('Hiệu lực thi hành');

	await page.keyboard.press('Control+z');
	await expect(tree.getByRole('treeitem', { name: /^Điều 3 Hiệu lực thi hành/ })).toBeVisible();
	await tree.getByRole('treeitem', { name: /Điều 3/ }).focus();
	await page.keyboard.press('Alt+ArrowUp');
	await expect(tree.getByRole('treeitem', { name: /^Điều 2 Hiệu lực thi hành/ })).toBeVisible();

	await provision(page, 'Mời các bên').click();
	await expect(tree.getByRole('treeitem', { name: /^điểm b/ })).toHaveAttribute('aria-current', 'location');
});

test('references follow renumbering; one whose target is deleted is listed, as is a provision without words', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Dẫn chiếu');
	const page = await openDocument(browser, 'drafter', id);
	await provision(page, 'Nghị quyết này quy định').click();
	await page.keyboard.press('End');
	await page.keyboard.type(' Xem @Điều 3');
	await expect(page.getByRole('option').first()).toContainText('Điều 3');
	await page.keyboard.press('Enter');
	const reference = page.locator('.ProseMirror [data-reference]').first();
	await expect(reference).toHaveText('Điều 3');

	await provision(page, 'Phạm vi điều chỉnh').click();
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await expect(reference, 'an empty Điều came before it').toHaveText('Điều 4');

	await provision(page, 'Hiệu lực thi hành').click();
	await page.keyboard.press('Home');
	await page.keyboard.press('Shift+End');
	await page.keyboard.press('Delete');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await expect(reference).toHaveClass(/broken/);
	await expect(reference, 'it keeps what it last printed').toHaveText('Điều 4');
	await page.getByRole('button', { name: '2 chỗ chưa hoàn thiện' }).click();
	const list = page.getByRole('dialog', { name: 'Kiểm tra văn bản' });
	await expect(list.getByRole('listitem')).toHaveText([/Chưa có nội dung\s*Điều 1/, /Dẫn chiếu hỏng: Điều 4\s*khoản 1 Điều 2/]);
	await list.getByRole('button', { name: /Dẫn chiếu hỏng/ }).click();
	await expect(page.locator('.ProseMirror'), 'the keyboard is where the reference is').toBeFocused();
});

test('arrow keys walk through the fields of the header, and nothing typed on the way makes another field', async ({
	browser,
	baseURL
}) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Đầu văn bản'));
	const fields = page.locator('.ProseMirror [data-document-header] [data-field]');
	const count = await fields.count();
	await fields.first().click();
	for (let nth = 0; nth < count; nth++) {
		await page.keyboard.press('End');
		await page.keyboard.type('⁂');
		await page.keyboard.press('ArrowDown');
	}
	await expect(fields).toHaveCount(count);
	const texts = await fields.allTextContents();
	expect(texts.filter((text) => text.endsWith('⁂') && text.indexOf('⁂') === text.length - 1)).toHaveLength(count);
});

test('the frame is emptied by Ctrl A, never lost; what is missing or taken out comes back filled', async ({
	browser,
	baseURL
}) => {
	const page = await openDocument(browser, 'drafter', await newDocument(baseURL!, 'drafter', 'Nghị quyết về chuyển đổi số'));
	const paper = page.locator('.ProseMirror');
	const header = paper.locator('[data-document-header]');
	const signature = paper.locator('[data-signature]');
	const put = async (words: string, part: string) => {
		await provision(page, 'Phạm vi điều chỉnh').click();
		await page.keyboard.press('End');
		await page.keyboard.type(` /${words}`);
		await page.getByRole('option', { name: part }).click();
	};

	await test.step('an import without a signature gets one', async () => {
		await put('chữ ký', 'Thêm chữ ký');
		await expect(signature).toContainText('[Họ và tên]');
	});
	const before = (await header.textContent()) ?? '';

	await test.step('Ctrl A and a letter', async () => {
		await page.keyboard.press('Control+a');
		await page.keyboard.type('Mới');
		await expect(header).toHaveText('');
		await expect(signature).toHaveText('');
		await expect(paper.locator(':scope > p')).toHaveText(['Mới']);
		await expect(async () => {
			await page.keyboard.press('Control+z');
			await expect(header).toHaveText(before, { timeout: 500 });
		}).toPass();
	});

	await test.step('everything cut and pasted is what it was', async () => {
		const whole = await paperText(page);
		await page.keyboard.press('Control+a');
		await page.keyboard.press('Control+x');
		await expect(header).toHaveText('');
		await expect(paper.locator(':scope > p')).toHaveText(['']);
		await page.keyboard.press('Control+v');
		await expect(header).toHaveText(before);
		expect(await paperText(page)).toBe(whole);
	});

	await test.step('out by the menu of blocks, back by the menu that opens with /', async () => {
		await header.locator('[data-field]').last().click();
		await page.getByRole('button', { name: /^Loại khối/ }).click();
		await page.getByRole('menuitem', { name: 'Bỏ phần đầu văn bản' }).click();
		await expect(header).toHaveCount(0);
		await put('phần đầu', 'Thêm phần đầu văn bản');
		await expect(paper.locator(':scope > *').first()).toHaveAttribute('data-document-header', '');
		await expect(header).toContainText('NGHỊ QUYẾT');
	});
});
