import { decide } from '$lib/comments/comments.server.ts';
import { Assigning } from '$lib/comments/input.ts';
import { getThread } from '$lib/comments/threads.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** One thread, with where it stands in the text now. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getThread(event.locals.supabase, app(), event.params.id));
	});

/** `{assigneeId}`: gives the thread to somebody who can answer there, or to nobody; answers with it. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { assigneeId } = await readBody(Assigning, event.request);
		await decide(event.locals.supabase, event.params.id, { kind: 'assigned', assignee_id: assigneeId });
		return Response.json(await getThread(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	GET: { summary: 'A thread and where it stands in the text now.', answer: { status: 200, is: 'the thread' } },
	PATCH: {
		summary: 'Assigns a thread to somebody, or to nobody.',
		body: Assigning,
		refusals: [403],
		answer: { status: 200, is: 'the thread as it is then' }
	}
};
