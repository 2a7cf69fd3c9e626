import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { listHistory } from '$lib/versions/history/history.server.ts';
import { HistorySearch } from '$lib/versions/history/input.ts';
import type { RequestHandler } from './$types';

/** Who changed what of the document and when, the newest first: `{items, next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const search = readQuery(HistorySearch, event.url);
		const history = await listHistory(event.locals.supabase, event.params.id, search);
		return Response.json(history, { headers: { 'cache-control': 'private, no-store' } });
	});

export const _operations: Operations = {
	GET: {
		summary:
			'Who changed which provision of a document and when, from what wording to what; of one provision with what stands in it: `uid`. A row holds what one person did to it within ten minutes, the newest first.',
		query: HistorySearch,
		refusals: [422],
		answer: { status: 200, is: '{items, next}' }
	}
};
