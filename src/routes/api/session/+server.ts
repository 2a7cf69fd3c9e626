import { app } from '$lib/server/app.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * Who is signed in and until when (milliseconds since 1970); asking renews the cookie when its time is nearly over, and
 * keeps this session's open documents open. The sync client asks when the engine tells it to, and after a 4401: 200
 * means "go on", 401 "sign in again".
 */
export const GET: RequestHandler = ({ locals: { person, session } }) => {
	if (!person || !session) return Response.json({ message: 'not signed in' }, { status: 401 });
	if (session.id && session.expiresAt) app().sessions.renew(person.id, session.id, session.expiresAt);
	return Response.json({ person, expiresAt: session.expiresAt });
};

export const _operations: Operations = {
	GET: {
		summary: 'Who is signed in, and until when; renews the session of a cookie.',
		for: 'session',
		answer: { status: 200, is: '{person, expiresAt}' }
	}
};
