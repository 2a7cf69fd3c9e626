import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { findImage } from '$lib/documents/library/files.server.ts';
import { app } from '$lib/server/app.ts';
import { serveFile } from '$lib/server/files/serve-file.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** An image of a document, for those who may read the document; a `Range` of it when one is asked for. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const image = await findImage(app(), person.id, event.params.id);
		if (!image) throw new Refusal(404);
		return serveFile(app().files, image, event.request);
	});

export const _operations: Operations = {
	GET: {
		summary: 'An image of a document, whole or a stretch (Range).',
		answer: { status: 200, is: 'the image', contentType: 'image/*' }
	}
};
