import { cancelExport, getExport } from '$lib/documents/library/exports.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
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
