import { Accepting } from '$lib/comments/proposals/input.ts';
import { acceptProposal, getProposal } from '$lib/comments/proposals/proposals.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{content?, base?, reason?}`: does to the live text what is proposed; answers the proposal. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const input = await readBody(Accepting, event.request);
		await acceptProposal(event.locals.supabase, app(), person.id, event.params.id, input);
		return Response.json(await getProposal(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	POST: {
		summary:
			'Does to the live text what is proposed, as an edit of who proposed it. Where the provision has other words by now and no `content` is given: 409 `{was, is, proposed, base, parts}`.',
		body: Accepting,
		refusals: [403, 409],
		answer: { status: 200, is: 'the proposal as it is then' }
	}
};
