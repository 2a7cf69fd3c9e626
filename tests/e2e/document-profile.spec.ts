import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, paperText, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const TEXT = [
	'ỦY BAN NHÂN DÂN TỈNH',
	'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
	'Độc lập - Tự do - Hạnh phúc',
	'KẾ HOẠCH',
	'Về văn bản thử nghiệm',
	'Căn cứ Luật Tổ chức chính quyền địa phương;',
	'I. TÌNH HÌNH',
	'1. Kết quả đạt được.',
	'2. Hạn chế, yếu kém.',
	'II. NHIỆM VỤ',
	'1. Tiếp tục thực hiện Luật.'
].join('\n');

const section = (page: Page, label: string) => page.getByRole('treeitem', { name: new RegExp(`^${label}`) }).first();

test('another layout is seen by who has the document open, with its numbers and frame, and no word is lost', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Đổi thể thức', TEXT);
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, 'Sở Khoa học và Công nghệ', 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await expect(section(codrafter, 'I\\. ')).toBeVisible();
	await typeAtEnd(codrafter, 'Hạn chế', ' Viết trước khi đổi.');
	await expect(provision(drafter, 'Viết trước khi đổi.')).toBeVisible();
	const words = await paperText(drafter);

	await drafter.getByRole('button', { name: 'Trạng thái: Đang soạn thảo' }).click();
	await drafter.getByRole('menuitem', { name: 'Đổi (đang là Hành chính)' }).click();
	const dialog = drafter.getByRole('dialog', { name: 'Đổi thể thức' });
	await dialog.getByRole('button', { name: 'Đổi thể thức' }).click();
	await expect(dialog, 'it has this one already').toContainText('Văn bản đang theo thể thức này');
	await dialog.getByLabel('Thể thức', { exact: true }).selectOption('party-2026');
	await expect(dialog).toContainText('Số La Mã của mục in là “I-”');
	await expect(dialog).toContainText('Lời văn, bảng, chú thích');
	await dialog.getByRole('button', { name: 'Đổi thể thức' }).click();
	await expect(dialog).toBeHidden();

	for (const page of [drafter, codrafter]) {
		await expect(page.getByText('Thể thức nay là Văn bản của Đảng')).toBeVisible();
		await expect(section(page, 'I- ')).toBeVisible();
		await expect(page.locator('.paper')).toHaveAttribute('data-family', 'party');
		expect(await paperText(page)).toBe(words);
	}
	await codrafter.keyboard.type(' Viết sau khi đổi.');
	await expect(provision(drafter, 'Viết trước khi đổi. Viết sau khi đổi.'), 'the caret stays where it was').toBeVisible();
	await expect(savedState(codrafter)).toHaveText(/Đã lưu/);
	await expect(
		codrafter.getByRole('button', { name: /Trạng thái/ }),
		'who does not manage it is not offered another'
	).toHaveCount(0);
	const refused = await codrafter.request.patch(`/api/documents/${id}`, {
		data: { profile: 'nd30' },
		headers: { 'if-match': '"2"', origin: baseURL! }
	});
	expect(refused.status()).toBe(403);
});

test('the layout is chosen from the library too, and without scripts', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Đổi thể thức từ thư viện', TEXT);
	const { page } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}`);
	await page
		.getByRole('row', { name: 'Đổi thể thức từ thư viện' })
		.getByRole('button', { name: /Thao tác/ })
		.click();
	await page.getByRole('menuitem', { name: 'Đổi (đang là Hành chính)' }).click();
	const dialog = page.getByRole('dialog', { name: 'Đổi thể thức' });
	await dialog.getByLabel('Thể thức', { exact: true }).selectOption('party-2018');
	await dialog.getByRole('button', { name: 'Đổi thể thức' }).click();
	await expect(page.getByText('Đã đổi “Đổi thể thức từ thư viện” sang thể thức')).toBeVisible();

	const { page: plain } = await browserOf(browser, 'drafter', { javaScriptEnabled: false });
	await plain.goto(`/${WORKSPACE}/documents/${id}/details`);
	await expect(plain.getByLabel('Thể thức', { exact: true })).toHaveValue('party-2018');
	await plain.getByLabel('Thể thức', { exact: true }).selectOption('nd30');
	await plain.getByRole('button', { name: 'Đổi thể thức' }).click();
	await expect(plain.getByText('sang thể thức Hành chính')).toBeVisible();
	await expect(plain.getByLabel('Thể thức', { exact: true })).toHaveValue('nd30');
});
