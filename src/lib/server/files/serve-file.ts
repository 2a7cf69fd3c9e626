import { ReadableStream as WebStream } from 'node:stream/web';
import type { ByteRange } from './home.ts';
import type { Files, StoredFile } from './files.ts';

/** Types that a browser may show in place; all others are saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * Answers with a file that the person may have, or the stretch of it that was asked for. It never changes under its
 * address. Nothing in it can act in this site's name.
 */
export function serveFile(files: Files, file: StoredFile, request: Request): Response {
	const etag = `"${file.sha256}"`;
	const headers = new Headers({
		'content-type': file.contentType,
		'content-disposition': disposition(file),
		// Kept, but asked about each time: whoever comes to the computer next has no right to it.
		'cache-control': 'private, no-cache',
		'accept-ranges': 'bytes',
		etag,
		vary: 'cookie, authorization',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox",
		'cross-origin-resource-policy': 'same-origin'
	});
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	const isSame = (request.headers.get('if-range') ?? etag) === etag;
	const range = isSame ? rangeOf(request.headers.get('range'), file.sizeBytes) : null;
	if (range === 'unsatisfiable') {
		headers.set('content-range', `bytes */${file.sizeBytes}`);
		return new Response(null, { status: 416, headers });
	}
	if (range) headers.set('content-range', `bytes ${range.from}-${range.to}/${file.sizeBytes}`);
	headers.set('content-length', String(range ? range.to - range.from + 1 : file.sizeBytes));
	const body = WebStream.from(files.read(file.id, range ?? undefined)) as unknown as ReadableStream<Uint8Array>;
	return new Response(body, { status: range ? 206 : 200, headers });
}

/** One stretch, as RFC 9110 writes it; several at once are answered with the whole. Null when none is asked for. */
export function rangeOf(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
	const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
	if (!asked || (asked[1] === '' && asked[2] === '')) return null;
	const from = asked[1] === '' ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
	const to = asked[1] === '' || asked[2] === '' ? size - 1 : Math.min(size - 1, Number(asked[2]));
	return from > to || from >= size ? 'unsatisfiable' : { from, to };
}

function disposition({ contentType, name }: StoredFile): string {
	const kind = SHOWN.has(contentType) ? 'inline' : 'attachment';
	return name
		? `${kind}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
		: kind;
}
