import { NewThread, ThreadSearch } from '$lib/comments/input.ts';
import { listThreads, openThread } from '$lib/comments/threads.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody, readQuery } from '$lib/server/edge/input.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The threads of the document, the newest first, each with where it stands: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const search = readQuery(ThreadSearch, event.url);
		return Response.json(await listThreads(event.locals.supabase, app(), event.params.id, search));
	});

/** Opens a thread: `{ranges: [{uid, quote?, prefix?, suffix?}], body, assigneeId?}`; answers 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const input = await readBody(NewThread, event.request);
		const attempt = {
			personId: person.id,
			route: event.route.id,
			key: idempotencyKey(event.request),
			input: { document: event.params.id, ...input }
		};
		const { id } = await once<{ id: string }>(app().sql, attempt, (remember) =>
			openThread(event.locals.supabase, app(), person.id, event.params.id, input, remember)
		);
		return Response.json({ id }, { status: 201, headers: { location: `/api/threads/${id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The threads of a document, with where each stands in the text now.',
		query: ThreadSearch,
		answer: { status: 200, is: '{items, next, total}' }
	},
	POST: {
		summary: 'Opens a thread about passages of a document, or about the whole of it.',
		body: NewThread,
		idempotent: true,
		refusals: [403],
		answer: { status: 201, is: '{id}' }
	}
};
