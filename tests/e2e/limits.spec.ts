import { Agent, request as httpRequest } from 'node:http';
import { expect, test } from '@playwright/test';
import { accessToken } from '../load/session.ts';
import { browserOf, WORKSPACE } from '../support/people.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Sends the chunks without saying how long they are together; answers the status and the text. */
function sendChunked(
	address: string,
	headers: Record<string, string>,
	chunks: Iterable<string>
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const sending = httpRequest(
			address,
			{ method: 'POST', headers: { origin: new URL(address).origin, ...headers } },
			async (response) => {
				let text = '';
				for await (const chunk of response) text += chunk;
				resolve({ status: response.statusCode!, text });
			}
		);
		sending.once('error', reject);
		for (const chunk of chunks) sending.write(chunk);
		sending.end();
	});
}

test('a form that is too large is refused with a page that says so, whether or not it tells its length', async ({
	request,
	baseURL
}) => {
	const headers = { 'content-type': FORM, accept: 'text/html' };
	const told = await request.post('/sign-in', {
		headers: { ...headers, origin: baseURL! },
		data: `email=&password=&x=${'x'.repeat(8_000_000)}`
	});
	expect(told.status()).toBe(413);
	expect(await told.text()).toContain('Nội dung gửi lên quá lớn');
	const chunked = await sendChunked(
		`${baseURL}/sign-in`,
		headers,
		Array.from({ length: 100 }, () => 'x'.repeat(100_000))
	);
	expect(chunked.status).toBe(413);
	expect(chunked.text).toContain('Nội dung gửi lên quá lớn');
	const manyFields = await request.post('/sign-in', { headers: { ...headers, origin: baseURL! }, data: 'a&'.repeat(10_000) });
	expect(manyFields.status()).toBe(413);
	const usual = await request.post('/sign-in', { headers: { ...headers, origin: baseURL! }, data: 'email=&password=' });
	expect(usual.status()).toBe(422);
});

test('a connection goes on after an answer that did not wait for the whole body', async ({ baseURL }) => {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const ports = new Set<number | undefined>();
	for (const body of ['x'.repeat(3_000_000), 'x'.repeat(3_000_000), 'x']) {
		const status = await new Promise((resolve, reject) => {
			const headers = { origin: baseURL!, 'content-type': 'application/json' };
			const sending = httpRequest(`${baseURL}/api/documents`, { method: 'POST', agent, headers }, (response) =>
				response.resume().once('end', () => resolve(response.statusCode))
			);
			sending.once('error', reject).once('socket', (socket) => socket.once('connect', () => ports.add(socket.localPort)));
			sending.end(body);
		});
		expect(status).toBe(401);
	}
	expect(ports.size).toBe(1);
	agent.destroy();
});

test('a program is told in its language, and a large file is read only of who is signed in', async ({
	browser,
	request,
	baseURL
}) => {
	const authorization = `Bearer ${await accessToken(baseURL!, 'drafter')}`;
	for (const [language, sentence] of [
		['vi', 'Hãy rút ngắn'],
		['en', 'Shorten what you entered']
	]) {
		const headers = { authorization, cookie: `plenum_locale=${language}` };
		const refused = await request.post('/api/documents', { headers, data: { title: 'x'.repeat(70_000) } });
		expect(refused.status()).toBe(413);
		expect(await refused.json()).toEqual({ field: null, message: expect.stringContaining(sentence) });
	}
	const { page } = await browserOf(browser, 'drafter');
	const large = { file: { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.alloc(5_000_000, 'a') }, profile: 'nd30' };
	expect((await request.post('/api/documents/import', { headers: { origin: baseURL! }, multipart: large })).status()).toBe(401);
	const held = await page.request.post('/api/documents/import', { headers: { origin: baseURL! }, multipart: large });
	expect(held.status()).toBe(413);
	expect(await held.json()).toMatchObject({ field: 'file', message: expect.stringContaining('1.500.000 ký tự') });
});

test('of what devices hand over of a text, one is read at a time and some wait', async ({ request, baseURL }) => {
	const authorization = `Bearer ${await accessToken(baseURL!, 'drafter')}`;
	const made = await request.post('/api/documents', {
		headers: { authorization },
		data: { workspace: WORKSPACE, kind: 'plan', profile: 'nd30', title: 'Kế hoạch gửi muộn' }
	});
	const { id } = (await made.json()) as { id: string };
	// Without a type a request has no body to SvelteKit, and nothing to wait for.
	const headers = { authorization, 'content-type': 'application/octet-stream' };
	const sending = Array.from({ length: 22 }, () => {
		const one = httpRequest(`${baseURL}/api/documents/${id}/late-work?epoch=1`, { method: 'POST', headers });
		one.on('error', () => {}); // hung up below
		one.write('x'); // and no end
		return one;
	});
	// One and the twenty that may wait for it; the last finds no place.
	const answered = sending.map((one) => new Promise((resolve) => one.once('response', ({ statusCode }) => resolve(statusCode))));
	expect(await Promise.race(answered)).toBe(429);
	for (const one of sending) one.destroy();
});

test('who enters too much into a form keeps it and is told', async ({ browser }) => {
	const { page } = await browserOf(browser, 'drafter');
	await page.goto(`/${WORKSPACE}/settings`);
	const name = page.locator('input[name=fullName]');
	await name.fill('x'.repeat(70_000));
	await page.locator('form', { has: name }).locator('button[type=submit]').click();
	await expect(page.getByText('Hãy rút ngắn nội dung vừa nhập rồi gửi lại.')).toBeVisible();
	expect(await name.inputValue()).toHaveLength(70_000);
});
