import { expect, test } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, provision, typeAtEnd } from '../support/editor.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

function text(): string {
	const lines = ['Điều 1. Mở đầu'];
	for (let index = 1; index <= 90; index++) lines.push(`${index}. Nội dung khoản thứ ${index} của văn bản dài.`);
	return [...lines, 'Điều 2. Kết thúc', '1. Khoản cuối cùng.'].join('\n');
}

test('one sees where a colleague works, and follows them until one scrolls', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Theo dõi', text());
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await typeAtEnd(codrafter, 'Mở đầu', ' chung');

	const dot = drafter.getByRole('treeitem', { name: /^Điều 1/ }).getByRole('img', { name: /Đang ở đây/ });
	await expect(dot, 'the outline shows where they are').toBeVisible();
	const avatar = drafter.getByRole('button', { name: /^Theo dõi / }).first();
	await avatar.click();
	await expect(avatar).toHaveAttribute('aria-pressed', 'true');
	await typeAtEnd(codrafter, 'Khoản cuối cùng', ' Viết ở cuối.');
	await expect(provision(drafter, 'Viết ở cuối.')).toBeInViewport();

	await drafter.locator('.desk').hover();
	await drafter.mouse.wheel(0, -4000);
	await expect(avatar).toHaveAttribute('aria-pressed', 'false');
	await typeAtEnd(codrafter, 'Khoản cuối cùng', ' Nữa.');
	await expect(provision(drafter, 'Mở đầu chung')).toBeInViewport();
});

test('a right that is taken and given back changes the page without a reload', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Đổi quyền');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	const body = codrafter.locator('.ProseMirror');
	await expect(body).toHaveAttribute('contenteditable', 'true');

	await shareWith(drafter.request, id, CO_DRAFTERS, 'viewer');
	await expect(body).toHaveAttribute('contenteditable', 'false', { timeout: 5_000 });
	await expect(codrafter.getByRole('button', { name: 'Đậm' })).toHaveCount(0);

	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	await expect(body).toHaveAttribute('contenteditable', 'true', { timeout: 5_000 });
	await typeAtEnd(codrafter, 'Lưu hồ sơ', ' Được viết lại.');
	await expect(provision(drafter, 'Được viết lại.')).toBeVisible();
});
