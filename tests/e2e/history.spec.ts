import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { accessToken } from '../load/session.ts';
import { newDocument, shareWith } from '../support/api.ts';
import { openDocument, provision, savedState, typeAtEnd } from '../support/editor.ts';
import { WORKSPACE, type Person } from '../support/people.ts';

const CO_DRAFTERS = 'Sở Khoa học và Công nghệ';
const CODRAFTER = 'Trưởng phòng Chuyển đổi số';

/** Says that a person left a document two hours ago, as only they can. */
async function leftTwoHoursAgo(baseURL: string, person: Person, id: string): Promise<void> {
	const { publishableKey } = (await (await fetch(`${baseURL}/api/config`)).json()) as { publishableKey: string };
	const response = await fetch(`${baseURL}/rest/v1/document_visits?document_id=eq.${id}`, {
		method: 'PATCH',
		headers: {
			apikey: publishableKey,
			authorization: `Bearer ${await accessToken(baseURL, person)}`,
			'content-type': 'application/json'
		},
		body: JSON.stringify({ visited_at: new Date(Date.now() - 2 * 3_600_000).toISOString() })
	});
	expect(response.ok, await response.text()).toBe(true);
}

let bearer: string | undefined;

/** How many rows the history has, as the drafter is told. */
async function rowsOf(baseURL: string, id: string): Promise<number> {
	bearer ??= await accessToken(baseURL, 'drafter');
	const response = await fetch(`${baseURL}/api/documents/${id}/history`, { headers: { authorization: `Bearer ${bearer}` } });
	return ((await response.json()) as { items: unknown[] }).items.length;
}

test('who comes back sees what others changed meanwhile, by whom, and goes there', async ({ browser, baseURL }) => {
	const id = await newDocument(baseURL!, 'drafter', 'Lịch sử điều khoản');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	await typeAtEnd(drafter, 'Nghị quyết này quy định việc', ' Của tôi.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await expect.poll(() => rowsOf(baseURL!, id), 'their own edit is in the history').toBe(1);
	const left = drafter.waitForResponse((response) => response.request().method() === 'DELETE');
	await drafter.getByRole('link', { name: 'Văn bản', exact: true }).first().click();
	expect((await left).status()).toBe(204);
	await leftTwoHoursAgo(baseURL!, 'drafter', id);

	const codrafter = await openDocument(browser, 'codrafter', id);
	const news = /chỗ đã đổi từ lần trước/;
	await expect(codrafter.getByRole('button', { name: news }), 'nothing is new at the first visit').toHaveCount(0);
	await typeAtEnd(codrafter, 'Việc thử nghiệm do', ' Hằng năm có báo cáo.');
	await typeAtEnd(codrafter, 'Tổng hợp kết quả', ' bằng văn bản');
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	await expect.poll(() => rowsOf(baseURL!, id)).toBe(3);

	await drafter.goto(`/${WORKSPACE}/documents/${id}`);
	const button = drafter.getByRole('button', { name: '2 chỗ đã đổi từ lần trước' });
	await button.focus();
	await drafter.keyboard.press('Enter');
	const panel = drafter.getByRole('dialog', { name: 'Thay đổi từ lần trước' });
	const item = panel.getByRole('listitem').filter({ hasText: 'Khoản 2 Điều 1' });
	await expect(item).toContainText(CODRAFTER);
	await expect(item.locator('ins')).toContainText('Hằng năm có báo cáo.');
	await expect(panel.getByRole('listitem'), 'not what one changed oneself').toHaveCount(2);
	expect((await new AxeBuilder({ page: drafter }).include('[role=dialog]').analyze()).violations).toEqual([]);

	// The history of one of them, and back.
	await panel.getByRole('button', { name: 'Lịch sử: Khoản 2 Điều 1' }).click();
	await expect(panel.getByRole('heading', { name: 'Lịch sử: Khoản 2 Điều 1' })).toBeVisible();
	await expect(panel.getByRole('listitem')).toHaveCount(1);
	await panel.getByRole('button', { name: 'Về danh sách thay đổi' }).click();

	await panel.getByRole('button', { name: 'Điểm c khoản 1 Điều 2', exact: true }).click();
	await expect(panel).toHaveCount(0);
	await drafter.keyboard.press('End');
	await drafter.keyboard.type('!');
	await expect(provision(drafter, 'Tổng hợp kết quả'), 'the cursor is there').toContainText('!');

	// A reload makes nothing old.
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await drafter.reload();
	await expect(drafter.getByRole('button', { name: '2 chỗ đã đổi từ lần trước' })).toBeVisible();
});

test('the history of the provision in which the cursor is has all who changed it, on a phone too', async ({
	browser,
	baseURL
}) => {
	const id = await newDocument(baseURL!, 'drafter', 'Lịch sử một khoản');
	const drafter = await openDocument(browser, 'drafter', id);
	await shareWith(drafter.request, id, CO_DRAFTERS, 'editor');
	const codrafter = await openDocument(browser, 'codrafter', id);
	await typeAtEnd(codrafter, 'Việc thử nghiệm do', ' Một.');
	await expect(savedState(codrafter)).toHaveText('Đã lưu');
	await expect.poll(() => rowsOf(baseURL!, id)).toBe(1);
	await typeAtEnd(drafter, 'Việc thử nghiệm do', ' Hai.');
	await expect(savedState(drafter)).toHaveText('Đã lưu');
	await expect.poll(() => rowsOf(baseURL!, id)).toBe(2);

	await drafter.setViewportSize({ width: 390, height: 780 });
	await drafter.getByRole('button', { name: 'Lịch sử điều khoản này' }).click();
	const panel = drafter.getByRole('dialog', { name: 'Lịch sử: khoản 2 Điều 1' });
	await expect(panel.getByRole('listitem')).toHaveCount(2);
	await expect(panel.getByRole('listitem').first()).toContainText('Chuyên viên soạn thảo');
	await expect(panel.getByRole('listitem').last()).toContainText(CODRAFTER);
	const box = (await panel.boundingBox())!;
	expect(box.x >= 0 && box.x + box.width <= 390, 'inside the screen').toBe(true);
});
