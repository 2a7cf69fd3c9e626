import { listSessions } from '$lib/accounts/open-sessions.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Where the person is signed in: `{items: [{id, userAgent, signedInAt, lastUsedAt, isCurrent}], next: null}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { supabase, session } = event.locals;
		return Response.json({ items: await listSessions(supabase, session?.id ?? null), next: null });
	});

export const _operations: Operations = {
	GET: {
		summary: 'Where the person is signed in.',
		answer: { status: 200, is: '{items: [{id, userAgent, signedInAt, lastUsedAt, isCurrent}], next}' }
	}
};
