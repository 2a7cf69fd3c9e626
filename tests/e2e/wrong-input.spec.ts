import { expect, test } from '@playwright/test';
import { newDocument } from '../support/api.ts';
import { storageOf, WORKSPACE } from '../support/people.ts';

test.use({ storageState: storageOf('owner') });

const NO_ID = ['x', '1', '%00', '%', '%ED%A0%80', 'a%0Ab', '00000000-0000-0000-0000-000000000000', 'a'.repeat(3000)];
const NO_TEXT = ['null', '1', '"\\u0000"', '"\\ud800"', '[]', '{}', 'true', '1e400', `"${'a'.repeat(30_000)}"`];

/** Each answers what nobody can mean with the fault of the one who asks: never 5xx, never a stack. */
test('wrong types, ids and bytes are the fault of the one who asks', async ({ request, baseURL }) => {
	test.setTimeout(180_000);
	const id = await newDocument(baseURL!, 'owner', 'Văn bản thử kiểu dữ liệu');
	const wrong: string[] = [];
	const ask = async (method: string, path: string, data?: string, type = 'application/json') => {
		const response = await request.fetch(path, {
			method,
			data,
			headers: data === undefined ? {} : { 'content-type': type, origin: baseURL! },
			maxRedirects: 0
		});
		const text = await response.text();
		if (response.status() >= 500 || /\n {4}at /.test(text))
			wrong.push(`${method} ${path.slice(0, 80)} ${data?.slice(0, 80)}: ${response.status()}`);
	};
	for (const noId of NO_ID) {
		for (const path of ['', '/access', '/export']) await ask('GET', `/api/documents/${noId}${path}`);
		for (const [method, path] of [
			['PATCH', ''],
			['DELETE', ''],
			['PUT', '/access'],
			['DELETE', '/access'],
			['PUT', '/trash'],
			['DELETE', '/trash'],
			['PUT', '/visit']
		]) {
			await ask(method, `/api/documents/${noId}${path}`, `{"title":"x","personId":"${noId}","role":"viewer"}`);
		}
		for (const query of ['workspace', 'q', 'view', 'state', 'kind', 'agency', 'sort', 'page'])
			await ask('GET', `/api/documents?${query}=${noId}`);
		for (const path of [
			'/api/files/',
			'/',
			'/x/documents/',
			'/invitation/',
			'/setup?token=',
			'/reset-password?token=',
			'/rest/v1/',
			'/rest/v1/rpc/',
			'/auth/v1/'
		])
			await ask('GET', path + noId);
		await ask('GET', `/api/documents/${id}/access?candidates=${noId}`);
		await ask('GET', `/api/documents/${id}/export?format=${noId}`);
	}
	for (const noText of NO_TEXT) {
		for (const field of ['title', 'state', 'leadAgencyId']) await ask('PATCH', `/api/documents/${id}`, `{"${field}":${noText}}`);
		for (const field of ['agencyId', 'personId', 'role'])
			await ask('PUT', `/api/documents/${id}/access`, `{"role":"viewer","${field}":${noText}}`);
		for (const field of ['kind', 'profile', 'title', 'workspace', 'agencyId']) {
			await ask(
				'POST',
				'/api/documents',
				`{"kind":"resolution","profile":"nd30","title":"x","${field}":${noText}}`.replace(new RegExp(`"${field}":"[^"]*",`), '')
			);
		}
		await ask('POST', '/api/documents', noText);
		await ask('PATCH', '/api/session/preferences', noText);
		await ask('PATCH', '/api/session/preferences', `{"locale":${noText}}`);
	}
	for (const path of [
		'/sign-in',
		'/setup?token=x',
		'/forgotten-password',
		'/reset-password?token=x',
		'/invitation/x',
		'/api/documents/import',
		`/api/documents/${id}/files`
	]) {
		for (const type of [
			'application/json',
			'text/plain',
			'multipart/form-data',
			'multipart/form-data; boundary=x',
			'application/x-www-form-urlencoded'
		]) {
			for (const body of [
				'{',
				'--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n',
				'email=%00&password=%00&file=%00&profile=%00'
			])
				await ask('POST', path, body, type);
		}
	}
	expect(wrong).toEqual([]);
});

test('what cannot be an id, and an address that is none, are said to programs in JSON and to people inside the shell', async ({
	page,
	request
}) => {
	for (const path of ['documents/none', 'documents/none/access', 'files/0', 'agencies/none/closing', 'nothing/here']) {
		const answer = await request.get(`/api/${path}`, { headers: { 'accept-language': 'vi' } });
		expect([answer.status(), await answer.json()], path).toEqual([
			404,
			{ message: expect.stringMatching(/^Không tìm thấy/), field: null }
		]);
	}
	for (const path of ['documents/none', 'documents/none/details', 'nothing/here']) {
		expect((await page.goto(`/${WORKSPACE}/${path}`))!.status(), path).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không tìm thấy trang này');
		await expect(page.getByRole('navigation').first(), 'the way on stays in sight').toBeVisible();
	}
});
