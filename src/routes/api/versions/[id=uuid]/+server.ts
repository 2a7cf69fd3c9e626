import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { getVersion } from '$lib/versions/versions.server.ts';
import type { RequestHandler } from './$types';

/** One version: who, when, why, and its hash. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getVersion(event.locals.supabase, event.params.id));
	});

export const _operations: Operations = {
	GET: { summary: 'A version: who froze it, when, and its hash.', answer: { status: 200, is: 'the version' } }
};
