import { revokeAccessToken } from '$lib/accounts/access-tokens.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { answering } from '$lib/server/edge/answering.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Revokes a token at once, with its live sockets. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		inSession(event);
		if (!(await revokeAccessToken(event.locals.supabase, event.params.id))) throw new Refusal(404);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: { summary: 'Revokes an access token at once.', for: 'session', answer: { status: 204, is: 'revoked' } }
};
