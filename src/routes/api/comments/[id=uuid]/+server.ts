import { changeComment, deleteComment } from '$lib/comments/comments.server.ts';
import { Words } from '$lib/comments/input.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{body}`: changes the words of one's own comment. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { body } = await readBody(Words, event.request);
		await changeComment(event.locals.supabase, event.params.id, body);
		return new Response(null, { status: 204 });
	});

/** Takes the words of one's own comment away; who said something and when stays. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await deleteComment(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Changes the words of one’s own comment; what it said before is kept.',
		body: Words,
		refusals: [403, 409],
		answer: { status: 204, is: 'changed' }
	},
	DELETE: {
		summary: 'Takes the words of one’s own comment away.',
		refusals: [403],
		answer: { status: 204, is: 'deleted' }
	}
};
