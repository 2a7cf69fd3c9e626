import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { listRestorations } from '$lib/versions/restorations.server.ts';
import type { RequestHandler } from './$types';

/** What was restored in the document, the last first: `{items, next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await listRestorations(event.locals.supabase, event.params.id));
	});

export const _operations: Operations = {
	GET: {
		summary: 'What was restored in a document from its versions, by whom, and whether it was taken back; the last hundred.',
		answer: { status: 200, is: '{items, next}' }
	}
};
