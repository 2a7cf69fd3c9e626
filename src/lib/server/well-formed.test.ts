import { expect, test } from 'vitest';
import { isWellFormed, withReadableForm } from './well-formed.ts';

test.each([
	['/ubnd/documents?q=%C4%90i%E1%BB%81u+1', true],
	['/api/documents/%00', false],
	['/api/documents?q=a%00b', false],
	['/rest/v1/%', false],
	['/rest/v1/documents?title=like.%ED%A0%80', false],
	['/auth/v1/x%0A%7B%22level%22%3A%22info%22%7D', true]
])('the address %s is well formed: %s', (address, expected) => {
	expect(isWellFormed(new URL(address, 'https://plenum.example'))).toBe(expected);
});

test.each([
	['of another type', 'text/plain', 'x'],
	['without a boundary', 'multipart/form-data', 'x'],
	['cut off', 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="title"\r\n\r\n'],
	['with a NUL', 'application/x-www-form-urlencoded', 'title=a%00b']
])('a form %s is refused with 400', async (_, type, body) => {
	const request = new Request('https://plenum.example', { method: 'POST', headers: { 'content-type': type }, body });
	await expect(withReadableForm(request).formData()).rejects.toMatchObject({ status: 400 });
});

test('a form is read, and one that was refused for its size still is', async () => {
	const post = (body: BodyInit) =>
		new Request('https://plenum.example', {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body,
			duplex: 'half'
		} as RequestInit);
	expect((await withReadableForm(post('title=Điều 1')).formData()).get('title')).toBe('Điều 1');
	const tooLarge = new ReadableStream({ pull: (controller) => controller.error(Object.assign(new Error(), { status: 413 })) });
	await expect(withReadableForm(post(tooLarge)).formData()).rejects.toMatchObject({ status: 413 });
});
