import { expect, test } from '@playwright/test';
import { browserOf, WORKSPACE } from '../support/people.ts';

test('without a mail server mails wait where owners see them live, hand over a link, cancel and send again', async ({
	browser
}) => {
	const address = `bao-chi-${Date.now()}@bao.test`;
	const { page: owner } = await browserOf(browser, 'owner');
	await owner.goto(`/${WORKSPACE}/settings/mail`);
	await expect(owner.getByText('Chưa có máy chủ thư')).toBeVisible();

	const { page: drafter } = await browserOf(browser, 'drafter');
	const made = await drafter.request.post('/api/documents', {
		data: { workspace: WORKSPACE, kind: 'plan', profile: 'nd30', title: 'Kế hoạch gửi thư' }
	});
	const { id: document } = (await made.json()) as { id: string };
	const invited = await drafter.request.post(`/api/documents/${document}/invitations`, {
		data: { organisation: 'Báo Thành phố', role: 'viewer', email: address }
	});
	expect(await invited.json()).toMatchObject({ mailed: false });

	const row = owner.getByRole('row', { name: address });
	// The state stands under the mail on a phone, in a column of its own otherwise.
	const state = (word: string) => row.getByText(word).filter({ visible: true });
	await expect(state('Đang chờ gửi')).toBeVisible();
	await expect(row.getByText('Kế hoạch gửi thư')).toBeVisible();
	await row.getByRole('button', { name: `Tạo liên kết để sao chép: ${address}` }).click();
	const link = await owner.getByLabel('Liên kết trong thư').inputValue();
	await owner.screenshot({ path: 'test-results/outbox/mail-1440.png', fullPage: true });
	const guest = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
	await guest.goto(link);
	await expect(guest.getByText('Kế hoạch gửi thư')).toBeVisible();

	const { workspaceId } = (await (await owner.request.get(`/api/documents/${document}`)).json()) as { workspaceId: string };
	const list = async (request: typeof owner.request) => {
		const answer = await request.get(`/api/outbox?workspace=${workspaceId}&state=queued&limit=200`);
		return ((await answer.json()) as { items: { id: string; address: string }[] }).items;
	};
	expect(await list(drafter.request), 'members see no mails').toEqual([]);
	const mail = (await list(owner.request)).find((listed) => listed.address === address)!;
	const change = (request: typeof owner.request, to: string) => request.patch(`/api/outbox/${mail.id}`, { data: { state: to } });
	expect((await change(drafter.request, 'cancelled')).status()).toBe(404);
	expect((await change(owner.request, 'sent')).status()).toBe(422);
	expect((await change(owner.request, 'cancelled')).status()).toBe(204);
	const late = await change(owner.request, 'cancelled');
	expect([late.status(), await late.json()]).toEqual([
		409,
		{ message: expect.stringContaining('không còn chờ gửi'), field: null }
	]);
	await expect(state('Đã hủy')).toBeVisible();
	await row.getByRole('button', { name: `Gửi lại: ${address}` }).click();
	await expect(state('Đang chờ gửi')).toBeVisible();
	const copied = await owner.request.post(`/api/outbox/${mail.id}/link`);
	expect([copied.status(), await copied.json()]).toEqual([201, { link: expect.stringContaining('/invitation/') }]);

	const access = (await (await drafter.request.get(`/api/documents/${document}/access`)).json()) as {
		invitations: { id: string }[];
	};
	await drafter.request.delete(`/api/documents/${document}/invitations/${access.invitations[0].id}`);
	await expect(state('Đã hủy')).toBeVisible();
	await expect(row.getByRole('button')).toHaveCount(0);
	expect((await owner.request.post(`/api/outbox/${mail.id}/link`)).status()).toBe(409);
	expect((await change(owner.request, 'queued')).status(), 'what it is about is over').toBe(409);
});
