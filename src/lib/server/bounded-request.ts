import { error } from '@sveltejs/kit';
import { ReadableStream as WebStream } from 'node:stream/web';
import { isNestedBeyond } from './json-depth.ts';

/** What a form, a JSON request or a sign-in may hold: some pages of text. */
export const SMALL_BODY_BYTES = 64 * 1024;

/** No form of ours has a tenth of it; taking an encoded form apart costs more the more fields it has. */
const MOST_FIELDS = 200;
const MOST_LEVELS = 100;
const ENCODED_FORM = /^application\/x-www-form-urlencoded\b/i;
const AMPERSAND = 0x26;

/**
 * The same request, whose body is counted while it is read, whatever its headers say of its length. Reading on beyond
 * `mostBytes`, or beyond 200 fields of an encoded form, throws an HttpError 413, which pages show as such.
 */
export function boundedRequest(request: Request, mostBytes: number): Request {
	const { body, headers } = request;
	if (!body) return request;
	const mostFields = ENCODED_FORM.test(headers.get('content-type') ?? '') ? MOST_FIELDS : Infinity;
	return withBody(request, counted(body, Number(headers.get('content-length')), mostBytes, mostFields));
}

/** The same request, whose body nobody gets to read: whoever tries gets an HttpError 429. */
export function deferredRequest(request: Request): Request {
	return request.body ? withBody(request, tooEarly()) : request;
}

/**
 * The same request with its body, JSON, in memory: for readers that would make something else of an error.
 * @throws HttpError 413, 400 when it is nested more than 100 levels deep
 */
export async function readWhole(request: Request, mostBytes: number): Promise<Request> {
	if (!request.body) return request;
	const body = await boundedRequest(request, mostBytes).bytes();
	if (isNestedBeyond(MOST_LEVELS, body)) error(400, 'nested too deeply');
	return new Request(request, { method: request.method, body });
}

async function* counted(body: ReadableStream<Uint8Array>, announced: number, mostBytes: number, mostFields: number) {
	refuseBeyond(announced, mostBytes);
	let bytes = 0;
	let fields = 1;
	// Cancelling the body would close the connection before the answer is sent; the server reads past what is left over.
	for await (const chunk of body.values({ preventCancel: true })) {
		refuseBeyond((bytes += chunk.byteLength), mostBytes);
		if (mostFields < Infinity) {
			for (const byte of chunk) if (byte === AMPERSAND) fields++;
			refuseBeyond(fields, mostFields);
		}
		yield chunk;
	}
}

// eslint-disable-next-line require-yield
async function* tooEarly(): AsyncGenerator<Uint8Array> {
	error(429, 'too many requests');
}

function refuseBeyond(amount: number, most: number): void {
	if (amount > most) error(413, 'too much was sent');
}

function withBody(request: Request, chunks: AsyncIterable<Uint8Array>): Request {
	return new Request(request, { body: WebStream.from(chunks), duplex: 'half' } as RequestInit);
}
