import { decide } from '$lib/comments/comments.server.ts';
import { Settling } from '$lib/comments/input.ts';
import { getThread } from '$lib/comments/threads.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{sentence?}`: opens a settled thread again; answers with it. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { sentence } = await readBody(Settling, event.request);
		await decide(event.locals.supabase, event.params.id, { kind: 'reopened', sentence });
		return Response.json(await getThread(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	POST: {
		summary: 'Opens a settled thread again.',
		body: Settling,
		refusals: [403, 409],
		answer: { status: 200, is: 'the thread as it is then' }
	}
};
