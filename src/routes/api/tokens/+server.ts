import { NewAccessToken } from '$lib/accounts/access-tokens.ts';
import { createAccessToken, listAccessTokens } from '$lib/accounts/access-tokens.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The access tokens of who asks, without their secrets: `{items, next: null}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json({ items: await listAccessTokens(event.locals.supabase), next: null });
	});

/** `{name, scope, days}`: answers 201 `{id, token}`. The secret is in this answer and nowhere else. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		inSession(event);
		const made = await createAccessToken(event.locals.supabase, await readBody(NewAccessToken, event.request));
		return Response.json(made, { status: 201, headers: { location: `/api/tokens/${made.id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The access tokens of the person, without their secrets.',
		answer: { status: 200, is: '{items: [{id, name, scope, createdAt, expiresAt, lastUsedAt, isExpired}], next}' }
	},
	POST: {
		summary: 'Makes an access token. Its secret is in this answer and nowhere else.',
		body: NewAccessToken,
		for: 'session',
		refusals: [409],
		answer: { status: 201, is: '{id, token}' }
	}
};
