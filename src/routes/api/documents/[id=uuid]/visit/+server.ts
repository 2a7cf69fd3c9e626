import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { recordVisit } from '$lib/documents/library/documents.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Notes that the person has the document open: it leads their recent ones. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await recordVisit(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PUT: { summary: 'Notes that the person has the document open.', refusals: [403], answer: { status: 204, is: 'noted' } }
};
