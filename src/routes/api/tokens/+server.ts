import { NewAccessToken } from '$lib/accounts/access-tokens.ts';
import { createAccessToken, listAccessTokens } from '$lib/accounts/access-tokens.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
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
