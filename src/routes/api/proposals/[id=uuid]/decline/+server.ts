import { Declining } from '$lib/comments/proposals/input.ts';
import { declineProposal, getProposal } from '$lib/comments/proposals/proposals.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{reason}`: writes down that it is not taken, and why. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { reason } = await readBody(Declining, event.request);
		await declineProposal(event.locals.supabase, app(), person.id, event.params.id, reason);
		return Response.json(await getProposal(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	POST: {
		summary: 'Writes down that a proposal is not taken, and why.',
		body: Declining,
		refusals: [403, 409],
		answer: { status: 200, is: 'the proposal as it is then' }
	}
};
