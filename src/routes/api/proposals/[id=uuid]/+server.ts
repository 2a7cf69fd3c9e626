import { getProposal } from '$lib/comments/proposals/proposals.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** A proposal, and how the live text stands to it. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getProposal(event.locals.supabase, app(), event.params.id));
	});

export const _operations: Operations = {
	GET: {
		summary:
			'A proposal, and how the live text stands to it: `stands` as-then, changed or gone, what `is` there, and for changed words the three wordings in `parts`.',
		answer: { status: 200, is: 'the proposal, {…, stands, number, is, base, parts}' }
	}
};
