import { Revocation } from '$lib/accounts/input.ts';
import { setRevoked } from '$lib/accounts/invitations.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{revoked}`: revokes an invitation with all its links, or takes the revocation back. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { revoked } = await readBody(Revocation, event.request);
		await setRevoked(event.locals.supabase, event.params.id, revoked);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Revokes an invitation with all its links, or takes the revocation back.',
		body: Revocation,
		refusals: [403, 409],
		answer: { status: 204, is: 'done' }
	}
};
