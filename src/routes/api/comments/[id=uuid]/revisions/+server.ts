import { listRevisions } from '$lib/comments/comments.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What a comment said before it was changed: `{items, next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await listRevisions(event.locals.supabase, event.params.id));
	});

export const _operations: Operations = {
	GET: {
		summary: 'What a comment said each time before its author changed it, the last first.',
		answer: { status: 200, is: '{items: [{body, replacedAt}], next}, at most 100' }
	}
};
