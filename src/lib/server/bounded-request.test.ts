import { expect, test } from 'vitest';
import { boundedRequest, deferredRequest, readWhole } from './bounded-request.ts';

const FORM = 'application/x-www-form-urlencoded';

/** A request whose body arrives in these chunks; `taken` counts those that were asked for. */
function sent(chunks: string[], headers: Record<string, string> = {}): Request & { taken: number } {
	let taken = 0;
	const pull = (controller: ReadableStreamDefaultController) => {
		const chunk = chunks[taken++];
		if (chunk === undefined) controller.close();
		else controller.enqueue(new TextEncoder().encode(chunk));
	};
	const body = new ReadableStream({ pull }, { highWaterMark: 0 });
	const request = new Request('http://plenum.test/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
	return Object.defineProperty(request, 'taken', { get: () => taken }) as Request & { taken: number };
}

test('a body of up to the limit is read as it came', async () => {
	expect(await boundedRequest(sent(['1234', '5678']), 8).text()).toBe('12345678');
	expect(await (await readWhole(sent(['[1,', '2]']), 8)).json()).toEqual([1, 2]);
	expect(await boundedRequest(new Request('http://plenum.test/'), 8).text()).toBe('');
});

test.each(['text', 'json', 'formData', 'arrayBuffer', 'blob'] as const)(
	'whoever reads a longer one as %s is told 413',
	async (as) => {
		await expect(boundedRequest(sent(['1234', '56789'], { 'content-type': FORM }), 8)[as]()).rejects.toMatchObject({
			status: 413
		});
	}
);

test('what is too long is not read to its end, whatever it says of its length', async () => {
	const request = sent(
		Array.from({ length: 1000 }, () => '12345678'),
		{ 'content-length': '4' }
	);
	await expect(readWhole(request, 8)).rejects.toMatchObject({ status: 413 });
	expect(request.taken).toBeLessThan(10);
});

test('what says that it is too long is not read at all', async () => {
	const request = sent(['1234'], { 'content-length': '9' });
	await expect(boundedRequest(request, 8).text()).rejects.toMatchObject({ status: 413 });
	expect(request.taken).toBe(0);
});

test('an encoded form has at most 200 fields', async () => {
	const form = (fields: number) =>
		boundedRequest(
			sent([Array.from({ length: fields }, (_, index) => `f${index}=`).join('&')], { 'content-type': FORM }),
			65_536
		).formData();
	expect([...(await form(200))]).toHaveLength(200);
	await expect(form(201)).rejects.toMatchObject({ status: 413 });
	expect(await boundedRequest(sent(['&'.repeat(300)], { 'content-type': 'text/plain' }), 65_536).text()).toHaveLength(300);
});

test('a request that is deferred is not read, and whoever tries is told 429', async () => {
	const request = sent(['1234']);
	await expect(deferredRequest(request).formData()).rejects.toMatchObject({ status: 429 });
	expect(request.taken).toBe(0);
});
