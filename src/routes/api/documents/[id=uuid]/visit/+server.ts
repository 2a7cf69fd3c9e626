import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { recordVisit } from '$lib/documents/library/documents.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * Notes that the person has the document open: it leads their recent ones. Answers `{previous}`: when they were there before
 * this visit, null at the first. Who comes back within ten minutes is still at the same visit.
 */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json({ previous: await recordVisit(event.locals.supabase, event.params.id) });
	});

/** Notes that the person leaves the document: what others change from now on is new to them. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await recordVisit(event.locals.supabase, event.params.id, { leaving: true });
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PUT: {
		summary: 'Notes that the person has the document open, and tells when they were there before this visit.',
		refusals: [403],
		answer: { status: 200, is: '{previous}' }
	},
	DELETE: { summary: 'Notes that the person leaves the document.', refusals: [403], answer: { status: 204, is: 'noted' } }
};
