import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { restoreDocument, trashDocument } from '$lib/documents/library/documents.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Puts the document into the trash. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await trashDocument(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

/** Takes it out again. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await restoreDocument(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PUT: { summary: 'Puts the document into the trash.', refusals: [403], answer: { status: 204, is: 'it is there' } },
	DELETE: { summary: 'Takes it out again.', refusals: [403], answer: { status: 204, is: 'it is back' } }
};
