import { answer } from '$lib/comments/comments.server.ts';
import { Words } from '$lib/comments/input.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { idempotencyKey } from '$lib/server/edge/preconditions.ts';
import { once } from '$lib/server/idempotency.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{body}`: answers in the thread; 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const thread = event.params.id;
		const { body } = await readBody(Words, event.request);
		const { sql } = app();
		const attempt = { personId: person.id, route: event.route.id, key: idempotencyKey(event.request), input: { thread, body } };
		const { id } = await once<{ id: string }>(sql, attempt, (remember) =>
			answer(event.locals.supabase, sql, person.id, thread, body, remember)
		);
		return Response.json({ id }, { status: 201, headers: { location: `/api/threads/${thread}` } });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Answers in a thread.',
		body: Words,
		idempotent: true,
		refusals: [403],
		answer: { status: 201, is: '{id}' }
	}
};
