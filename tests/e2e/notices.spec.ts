import { expect, test, type Page } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const AGENCY = 'Học viện Hành chính thành phố';

const bell = (page: Page) => page.getByRole('link', { name: /^Thông báo/ });
const work = (page: Page) => page.getByRole('link', { name: /^Việc của tôi/ });

async function unreadOf(page: Page): Promise<number> {
	const name = (await bell(page).getAttribute('aria-label')) ?? '';
	return Number(/\((\d+)/.exec(name)?.[1] ?? 0);
}

test('whoever a document is shared with hears of it at once, and has read it by opening it', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Đề án vừa được chia sẻ');
	const { page: drafter, context: first } = await browserOf(browser, 'drafter');
	const { page, context: second } = await browserOf(browser, 'outsider');
	await page.goto(`/${WORKSPACE}/people`);
	const before = await unreadOf(page);

	await shareWith(drafter.request, id, AGENCY, 'editor');
	await expect.poll(() => unreadOf(page), 'the bell counts it without a reload').toBe(before + 1);
	await bell(page).click();
	const row = page.getByRole('listitem').filter({ hasText: 'Đề án vừa được chia sẻ' });
	await expect(row).toContainText('Chuyên viên soạn thảo');
	await expect(row).toContainText('Chưa đọc');

	await work(page).click();
	await expect(page.getByRole('region', { name: /chưa mở/ }).or(page.locator('section', { hasText: 'chưa mở' }))).toContainText(
		'Đề án vừa được chia sẻ'
	);
	await page.getByRole('link', { name: 'Đề án vừa được chia sẻ' }).click();
	await expect(page).toHaveURL(new RegExp(id));
	await page.goto(`/${WORKSPACE}/notices`);
	await expect.poll(() => unreadOf(page)).toBe(before);
	await expect(row).not.toContainText('Chưa đọc');
	await page.goto(`/${WORKSPACE}/work?kind=co-draft`);
	await expect(page.getByRole('link', { name: 'Đề án vừa được chia sẻ' }), 'once opened it is a draft to work on').toBeVisible();

	await shareWith(drafter.request, id, AGENCY, null);
	await page.goto(`/${WORKSPACE}/notices`);
	await expect(row, 'what one may not see one is not told of').toHaveCount(0);
	await Promise.all([first.close(), second.close()]);
});

test('notices are marked one by one, all at once, and by programs', async ({ browser, baseURL }) => {
	const titles = ['Kế hoạch một', 'Kế hoạch hai', 'Kế hoạch ba'];
	const { page: drafter, context: first } = await browserOf(browser, 'drafter');
	for (const title of titles) await shareWith(drafter.request, await newDocument(baseURL!, 'drafter', title), AGENCY, 'viewer');
	const { page, context } = await browserOf(browser, 'outsider');
	await page.goto(`/${WORKSPACE}/notices?unread=true`);
	await page.getByRole('button', { name: 'Đánh dấu đã đọc: Kế hoạch một' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Kế hoạch một' })).toHaveCount(0);

	const address = `/api/notices?workspace=${WORKSPACE}`;
	const unread = (await (await page.request.get(`${address}&unread=true&limit=1`)).json()) as {
		items: { id: string; about: { title: string }; actor: { name: string } }[];
		next: string;
		unread: number;
	};
	expect(unread.items).toMatchObject([{ about: { title: 'Kế hoạch ba' }, actor: { name: 'Chuyên viên soạn thảo' } }]);
	const older = await (await page.request.get(`${address}&unread=true&limit=1&after=${encodeURIComponent(unread.next)}`)).json();
	expect(older).toMatchObject({ items: [{ about: { title: 'Kế hoạch hai' } }], unread: unread.unread });
	const mark = (data: object) => page.request.patch('/api/notices', { data, headers: { origin: baseURL! } });
	expect((await mark({ workspace: WORKSPACE, ids: [unread.items[0].id] })).status()).toBe(204);
	expect((await mark({ workspace: WORKSPACE, ids: [] })).status(), 'to mark none is a mistake').toBe(422);
	await page.reload();
	await expect(page.getByRole('listitem').filter({ hasText: 'Kế hoạch ba' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Đánh dấu đã đọc hết' }).click();
	await expect(page.getByText('Bạn đã đọc hết')).toBeVisible();
	await Promise.all([first.close(), context.close()]);
});

test('who wants to hear nothing of a kind hears nothing', async ({ browser, baseURL }) => {
	const { page: drafter, context: first } = await browserOf(browser, 'drafter');
	const { page, context } = await browserOf(browser, 'reviewer');
	const choose = async (label: string) => {
		await page.goto(`/${WORKSPACE}/settings/notices`);
		await page.getByLabel(/chia sẻ văn bản với tôi/).selectOption({ label });
		await page.getByRole('button', { name: 'Lưu' }).click();
		await expect(page.getByText('Đã lưu cách nhận thông báo')).toBeVisible();
	};
	await choose('Không nhận');
	const items = (await (await page.request.get('/api/notices/choices')).json()) as { items: object[] };
	expect(items.items).toContainEqual({ kind: 'document-shared', channel: 'never' });
	expect(items.items).toContainEqual({ kind: 'comment-mention', channel: 'application' });
	await shareWith(drafter.request, await newDocument(baseURL!, 'drafter', 'Không ai báo'), 'Sở Tài chính', 'viewer');
	await choose('Hiện trong Plenum');
	await shareWith(drafter.request, await newDocument(baseURL!, 'drafter', 'Có báo'), 'Sở Tài chính', 'viewer');
	await page.goto(`/${WORKSPACE}/notices`);
	await expect(page.getByRole('listitem').filter({ hasText: 'Có báo' })).toHaveCount(1);
	await expect(page.getByRole('listitem').filter({ hasText: 'Không ai báo' })).toHaveCount(0);
	await Promise.all([first.close(), context.close()]);
});

test('"my work" of a program is that of the page, and of nobody else', async ({ browser, baseURL }) => {
	await newDocument(baseURL!, 'drafter', 'Bản thảo của riêng Văn phòng');
	const { page, context } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}/work`);
	await expect(page.getByRole('link', { name: 'Bản thảo của riêng Văn phòng' })).toBeVisible();
	const titles = async (of: Page) => {
		const { items } = (await (await of.request.get(`/api/work?workspace=${WORKSPACE}`)).json()) as {
			items: { about: { title: string } }[];
		};
		return items.map(({ about }) => about.title);
	};
	expect(await titles(page)).toContain('Bản thảo của riêng Văn phòng');
	const { page: guest, context: others } = await browserOf(browser, 'guest');
	expect(await titles(guest)).not.toContain('Bản thảo của riêng Văn phòng');
	await guest.goto(`/${WORKSPACE}/work`);
	await expect(guest.getByRole('heading', { name: 'Việc của tôi' })).toBeVisible();
	await Promise.all([context.close(), others.close()]);
});
