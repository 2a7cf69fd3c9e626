import { Placing } from '$lib/comments/input.ts';
import { getThread, placeThread } from '$lib/comments/threads.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{ranges}`: says anew what the thread is about, one that lost its place above all; answers with it. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const placing = await readBody(Placing, event.request);
		await placeThread(event.locals.supabase, app(), person.id, event.params.id, placing);
		return Response.json(await getThread(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	PUT: {
		summary: 'Gives a thread other passages.',
		body: Placing,
		refusals: [403],
		answer: { status: 200, is: 'the thread as it is then' }
	}
};
