import { inSession } from '$lib/accounts/in-session.server.ts';
import { endSession } from '$lib/accounts/open-sessions.server.ts';
import { app } from '$lib/server/app.ts';
import { answering } from '$lib/server/edge/answering.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Signs the person out there, with its live connections. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		const person = inSession(event);
		if (!(await endSession(event.locals.supabase, app(), person.id, event.params.id))) throw new Refusal(404);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: { summary: 'Signs the person out there.', for: 'session', answer: { status: 204, is: 'signed out' } }
};
