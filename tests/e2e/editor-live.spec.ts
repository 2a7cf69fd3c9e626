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

test('a text that is submitted closes for everybody, and says why, until it is returned with a reason', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Chỉ đọc');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await drafter.getByRole('button', { name: 'Trạng thái: Đang soạn thảo' }).click();
	await drafter.getByRole('menuitemcheckbox', { name: 'Đã trình' }).click();
	const asked = drafter.getByRole('dialog', { name: 'Chuyển sang “Đã trình”?' });
	await expect(asked).toContainText('Văn bản thành chỉ đọc đối với mọi người');
	await asked.getByRole('button', { name: 'Chuyển trạng thái' }).click();

	for (const page of [drafter, codrafter]) {
		const body = page.locator('.ProseMirror');
		await expect(body).toHaveAttribute('contenteditable', 'false', { timeout: 2_000 });
		await expect(body).toHaveAttribute('aria-readonly', 'true');
		await expect(page.getByText('Văn bản đã trình nên chỉ đọc.').first()).toBeVisible();
	}
	await expect(codrafter.getByText('hãy đề nghị cơ quan chủ trì trả lại')).toBeVisible();

	await drafter.getByRole('button', { name: 'Trả lại để soạn tiếp' }).click();
	const question = drafter.getByRole('dialog', { name: 'Trả lại để soạn tiếp?' });
	await question.getByRole('button', { name: 'Trả lại để soạn tiếp' }).click();
	await expect(question).toContainText('Hãy nêu lý do');
	await question.getByLabel('Lý do').fill('Thiếu căn cứ');
	await question.getByRole('button', { name: 'Trả lại để soạn tiếp' }).click();
	await expect(codrafter.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'true', { timeout: 5_000 });
	await typeAtEnd(codrafter, 'Lưu hồ sơ', ' Được viết lại.');
	await expect(provision(drafter, 'Được viết lại.')).toBeVisible();
});
