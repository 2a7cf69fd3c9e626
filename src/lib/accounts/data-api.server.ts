import type { RequestEvent } from '@sveltejs/kit';
import { app } from '../server/app.ts';
import { signInLimit } from './limits.server.ts';

// Accounts come by invitation, so sign-up is not among these; neither is anything that sends mail or administers users.
const OPEN_PATHS = /^\/(rest\/v1\/|auth\/v1\/(token|user|logout|health|settings|\.well-known\/jwks\.json)$)/;
const DATA_API = /^\/(auth|rest|storage)\/v1(\/|$)/;

/** Answers supabase-js calls of browsers and scripts in the sizes where this process is the data API; null for pages. */
export async function answerDataApi(event: Pick<RequestEvent, 'url' | 'request' | 'getClientAddress'>): Promise<Response | null> {
	if (!DATA_API.test(event.url.pathname)) return null;
	const { backend } = app();
	if (!backend.answer || !OPEN_PATHS.test(event.url.pathname)) return Response.json({ message: 'not found' }, { status: 404 });
	if (event.url.pathname === '/auth/v1/token' && event.url.searchParams.get('grant_type') === 'password') {
		const wait = signInLimit.attempt(event.getClientAddress());
		if (wait > 0) return Response.json({ error_code: 'over_request_rate_limit', msg: `try again in ${wait} s` }, { status: 429, headers: { 'retry-after': String(wait) } });
	}
	return backend.answer(event.request);
}
