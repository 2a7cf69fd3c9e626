import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { changesSince } from '$lib/versions/history/history.server.ts';
import { ChangesQuery } from '$lib/versions/history/input.ts';
import type { RequestHandler } from './$types';

/** What others changed in the document since a moment, each provision once: `{items, next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { since } = readQuery(ChangesQuery, event.url);
		const items = await changesSince(event.locals.supabase, event.params.id, since);
		return Response.json({ items, next: null }, { headers: { 'cache-control': 'private, no-store' } });
	});

export const _operations: Operations = {
	GET: {
		summary:
			'What others changed in a document since a moment, each provision once, from how it was then to how it is, and by whom; the last 500.',
		query: ChangesQuery,
		refusals: [422],
		answer: { status: 200, is: '{items, next}' }
	}
};
