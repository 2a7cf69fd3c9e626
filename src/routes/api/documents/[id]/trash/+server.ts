import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { restoreDocument, trashDocument } from '$lib/documents/library/documents.server.ts';
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
