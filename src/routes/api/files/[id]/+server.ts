import { answering, signedIn } from '$lib/documents/library/api.server.ts';
import { findImage } from '$lib/documents/library/files.server.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

const DAY_SECONDS = 86_400;

/** An image of a document, for those who may read the document. It never changes under its address. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const image = await findImage(app().sql, person.id, event.params.id);
		if (!image) throw new Refusal(404);
		return new Response(image.bytes as Uint8Array<ArrayBuffer>, {
			headers: {
				'content-type': image.contentType,
				'content-length': String(image.bytes.byteLength),
				'cache-control': `private, max-age=${DAY_SECONDS}, immutable`,
				vary: 'cookie, authorization',
				'x-content-type-options': 'nosniff',
				'content-security-policy': "default-src 'none'; sandbox",
				'cross-origin-resource-policy': 'same-origin'
			}
		});
	});
