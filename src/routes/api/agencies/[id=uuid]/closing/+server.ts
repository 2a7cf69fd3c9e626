import { closeAgency } from '$lib/accounts/agencies.server.ts';
import { Closing } from '$lib/accounts/input.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{successorId?}`: closes the agency from today on; the successor takes over its members, documents and rights. 204. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { successorId } = await readBody(Closing, event.request);
		await closeAgency(event.locals.supabase, event.params.id, successorId);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PUT: {
		summary: 'Closes an agency for good, or merges it with a successor, which takes over members, documents and rights.',
		body: Closing,
		refusals: [403, 409],
		answer: { status: 204, is: 'closed' }
	}
};
