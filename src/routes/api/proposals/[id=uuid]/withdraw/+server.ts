import { withdrawProposal, getProposal } from '$lib/comments/proposals/proposals.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Who proposed it takes it back. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		await withdrawProposal(event.locals.supabase, app(), person.id, event.params.id);
		return Response.json(await getProposal(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	POST: {
		summary: 'Takes back what one proposed oneself.',

		refusals: [403, 409],
		answer: { status: 200, is: 'the proposal as it is then' }
	}
};
