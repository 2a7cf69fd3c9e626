import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page, type WebSocketRoute } from '@playwright/test';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, savedState, typeAtEnd } from '../support/editor.ts';
import { browserOf, PEOPLE, WORKSPACE } from '../support/people.ts';

const PAGE = `/${WORKSPACE}/settings/rooms`;
const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';

const row = (page: Page, id: string) => page.locator('tr', { has: page.locator(`[data-room="${id}"]`) });
const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);

test('the owner sees who is in a document and what is saved, live, until all have left', async ({ browser, baseURL }) => {
	test.slow();
	const id = await newDocument(baseURL!, 'drafter', 'Phòng có người');
	const { page: owner, context } = await browserOf(browser, 'owner');
	await owner.goto(PAGE);
	await expect(owner.getByRole('heading', { name: 'Phòng soạn thảo trực tuyến' })).toBeVisible();
	await expect(row(owner, id)).toHaveCount(0);

	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'viewer');
	await expect(row(owner, id)).toContainText('1 được sửa · 0 chỉ đọc · 1 kết nối');
	await expect(row(owner, id)).toContainText('Chưa sửa từ khi mở');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await expect(row(owner, id)).toContainText('1 được sửa · 1 chỉ đọc · 2 kết nối');
	await expect(row(owner, id)).toContainText('Sở KH&CN');
	await expect(row(owner, id)).toContainText('1 bản ghi');

	await typeAtEnd(drafter, 'Lưu hồ sơ', ' Thêm.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await expect(row(owner, id)).toContainText('vừa xong');
	await expect(row(owner, id)).not.toContainText(' 1 bản ghi');
	await expect(figure(owner, 'database')).toContainText('Ghi bình thường');
	await expect(figure(owner, 'waits')).toContainText(/[\d,]+ (ms|giây) \/ [\d,]+ (ms|giây)/);

	for (const width of [1440, 390]) {
		await owner.setViewportSize({ width, height: 900 });
		const { violations } = await new AxeBuilder({ page: owner })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
			.analyze();
		expect(
			violations.map((violation) => violation.id),
			`${width} px`
		).toEqual([]);
		expect(
			await owner.evaluate(() => document.documentElement.scrollWidth - innerWidth),
			'the page scrolls sideways'
		).toBeLessThanOrEqual(0);
		await expect(owner.getByRole('button', { name: 'Ngắt kết nối mọi người: Phòng có người' })).toBeVisible();
	}
	await owner.setViewportSize({ width: 1440, height: 900 });

	await row(owner, id).getByRole('link', { name: 'Phòng có người' }).focus();
	await owner.keyboard.press('Enter');
	await expect(owner).toHaveURL(`/${WORKSPACE}/documents/${id}`);
	await owner.goBack();
	await codrafter.context().close();
	await expect(row(owner, id)).toContainText('1 được sửa · 0 chỉ đọc · 1 kết nối');
	await drafter.context().close();
	await expect(row(owner, id)).toHaveCount(0);
	await context.close();
});

test('disconnecting everybody asks first, brings all back with what they wrote, and is in the trail', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Ngắt kết nối thử');
	const drafter = await openDocument(browser, 'drafter', id);
	const { page: owner, context } = await browserOf(browser, 'owner');
	await owner.goto(PAGE);
	const sockets: string[] = [];
	drafter.on('websocket', (socket) => sockets.push(socket.url()));
	await row(owner, id).getByRole('button', { name: 'Ngắt kết nối mọi người: Ngắt kết nối thử' }).click();
	const dialog = owner.getByRole('dialog');
	await expect(dialog).toContainText('1 kết nối sẽ đóng và tự nối lại ngay');
	await dialog.getByRole('button', { name: 'Hủy' }).click();
	expect(sockets).toEqual([]);

	await typeAtEnd(drafter, 'Lưu hồ sơ', ' Viết lúc bị ngắt.');
	await row(owner, id)
		.getByRole('button', { name: /Ngắt kết nối mọi người/ })
		.click();
	await owner.getByRole('dialog').getByRole('button', { name: 'Ngắt kết nối mọi người' }).click();
	await expect(owner.getByText('Họ đang tự nối lại')).toBeVisible();
	await expect.poll(() => sockets.length).toBe(1);
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await expect(row(owner, id)).toContainText('1 kết nối');
	await owner.goto(`/${WORKSPACE}/audit?group=documents`);
	await expect(owner.locator('tr', { hasText: 'Ngắt kết nối thử' }).first()).toContainText('Ngắt kết nối mọi người khỏi văn bản');
	await drafter.context().close();
	await context.close();
});

test('figures that cannot be refreshed say so, and a page nobody looks at hears nothing', async ({ browser }) => {
	const { page: owner, context } = await browserOf(browser, 'owner');
	let isCut = false;
	let socket: WebSocketRoute | undefined;
	const heard: string[] = [];
	await owner.routeWebSocket(/\/live$/, (route) => {
		if (isCut) return void route.close({ code: 1013 });
		socket = route;
		route.connectToServer().onMessage((message) => {
			heard.push(String(message));
			route.send(message);
		});
	});
	await owner.goto(PAGE);
	const freshness = owner.locator('[data-freshness]');
	const top = () => figure(owner, 'connections').boundingBox();
	await expect(freshness).toContainText('Số liệu lúc');
	await expect.poll(() => heard.some((message) => message.includes('"data"'))).toBe(true);
	const place = await top();
	isCut = true;
	await socket!.close({ code: 1013 });
	await expect(freshness).toContainText(/Không làm mới được từ \d\d:\d\d:\d\d/);
	expect(await top(), 'nothing jumps').toEqual(place);
	isCut = false;
	await expect(freshness).toContainText('Số liệu lúc');

	await look(owner, 'hidden');
	await expect.poll(() => heard.at(-1)).toContain('"left"');
	const before = heard.length;
	await expect
		.poll(() => owner.evaluate(() => performance.now()))
		.toBeGreaterThan((await owner.evaluate(() => performance.now())) + 5_000);
	expect(heard.slice(before).filter((message) => message.includes('"data"'))).toEqual([]);
	await look(owner, 'visible');
	await expect.poll(() => heard.slice(before).some((message) => message.includes('"data"'))).toBe(true);

	const [topic] = /rooms:[\w-]+/.exec(heard.join(''))!;
	socket!.send(JSON.stringify({ left: topic, reason: 'no access' }));
	await expect(freshness).toContainText('Bạn không còn quyền xem trang này');
	await context.close();
});

test('nobody but owners gets the page or its action', async ({ browser, baseURL }) => {
	test.slow();
	const id = await newDocument(baseURL!, 'drafter', 'Không cho người khác');
	for (const person of PEOPLE.filter((name) => name !== 'owner')) {
		const { page, context } = await browserOf(browser, person);
		await page.goto(`/${WORKSPACE}/settings`);
		await expect(page.getByRole('link', { name: 'Hồ sơ của tôi' })).toBeVisible();
		expect(await page.getByRole('link', { name: 'Phòng soạn thảo' }).count(), `${person} is not offered it`).toBe(0);
		expect((await page.goto(PAGE))!.status(), `${person}: page`).toBe(404);
		const act = await page.request.post(`${PAGE}?/disconnect`, {
			form: { document: id },
			headers: { origin: baseURL!, accept: 'application/json', 'x-sveltekit-action': 'true' }
		});
		expect(JSON.stringify(await act.json()), `${person}: action`).toMatch(/"type":"error".*404/);
		await context.close();
	}
});

async function look(page: Page, state: 'visible' | 'hidden'): Promise<void> {
	await page.evaluate((value) => {
		Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
		document.dispatchEvent(new Event('visibilitychange'));
	}, state);
}
