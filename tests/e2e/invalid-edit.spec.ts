import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { newDocument } from '../support/api.ts';
import { openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';

const LINE = 'Cơ quan chủ trì có trách nhiệm';

test('a page with an edit that the server does not take gives its text back and opens afresh', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Thay đổi không hợp lệ');
	const page = await openDocument(browser, 'drafter', id);
	const colleague = await openDocument(browser, 'drafter', id);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await typeAtEnd(page, LINE, ' Viết trước.');
	await expect(savedState(page)).toHaveText('Đã lưu');
	// What no page writes, bytes as what is known of a block, and then what the person writes before the server has said so.
	await page.locator('.ProseMirror').evaluate((element) => {
		const { editor } = element as unknown as {
			editor: { state: Record<string, unknown>; commands: { insertContent(text: string): boolean } };
		};
		const name = Object.keys(editor.state).find((key) => key.startsWith('shared-text'))!;
		const { shared } = editor.state[name] as { shared: { model: { doc: { getMap(name: string): Map<string, unknown> } } } };
		shared.model.doc.getMap('blocks').set('x', new Uint8Array([1]));
		editor.commands.insertContent(' Viết sau đó.');
	});

	const notice = page.getByRole('alert').filter({ hasText: 'Máy chủ không nhận một thay đổi' });
	await expect(notice).toBeVisible();
	await expect(page.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'false');
	await page.reload();
	await expect(notice, 'what is kept on the device is still refused').toBeVisible();

	await notice.getByRole('button', { name: 'Sao chép nội dung của tôi' }).click();
	await expect(notice.getByText('Đã sao chép')).toBeVisible();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain(' Viết trước. Viết sau đó.');
	expect(copied, 'printed with its numbers').toMatch(/^Điều 1\./m);
	const download = page.waitForEvent('download');
	await notice.getByRole('button', { name: 'Tải về tệp .txt' }).click();
	expect(readFileSync(await (await download).path(), 'utf8')).toBe(copied);
	expect((await download).suggestedFilename()).toBe('Thay đổi không hợp lệ.txt');

	await notice.getByRole('button', { name: 'Mở lại bản trên máy chủ' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Mở lại bản trên máy chủ' }).click();
	await expect(savedState(page)).toHaveText('Đã lưu');
	await expect(notice).toHaveCount(0);
	await typeAtEnd(page, LINE, ' Viết lại.');
	await expect(savedState(page)).toHaveText('Đã lưu');
	await expect(provision(colleague, 'Viết trước. Viết lại.')).toBeVisible();
	await expect(provision(colleague, 'Viết sau đó.')).toHaveCount(0);
});
