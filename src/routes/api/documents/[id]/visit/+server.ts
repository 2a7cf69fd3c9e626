import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { recordVisit } from '$lib/documents/library/documents.server.ts';
import type { RequestHandler } from './$types';

/** Notes that the person has the document open: it leads their recent ones. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await recordVisit(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});
