import { cancelExport, getExport } from '$lib/documents/library/exports.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** How far an export of the person is: `{id, of, format, state, progress, askedAt, expiresAt}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getExport(event.locals.supabase, event.params.id));
	});

/** Gives it up: what runs stops, what was made goes. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await cancelExport(app(), event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'How far the making of a file is.',
		answer: { status: 200, is: '{id, of, format, state, progress, askedAt, expiresAt}' }
	},
	DELETE: { summary: 'Gives it up.', answer: { status: 204, is: 'given up' } }
};
