import type { RequestEvent } from '@sveltejs/kit';
import { app } from '../server/app.ts';
import { accessTokenOf, identify, isOpenSession } from './session.server.ts';
import { claimAttempt, forgiveAttempt } from './sign-in.server.ts';

const DATA_API = /^\/(auth|rest|storage)\/v1(\/|$)/;

// Accounts come by invitation, so sign-up is not among these; neither is anything that sends mail, administers users, or
// changes an account (PUT /user): pages ask for the present password first.
const OPEN_AUTH: Record<string, string> = {
	'/auth/v1/token': 'POST',
	'/auth/v1/user': 'GET',
	'/auth/v1/logout': 'POST',
	'/auth/v1/health': 'GET',
	'/auth/v1/settings': 'GET',
	'/auth/v1/.well-known/jwks.json': 'GET'
};

type Call = Pick<RequestEvent, 'url' | 'request' | 'getClientAddress'>;

/** Answers supabase-js calls of browsers and scripts in the sizes where this process is the data API; null for pages. */
export async function answerDataApi(event: Call): Promise<Response | null> {
	const { pathname, searchParams } = event.url;
	if (!DATA_API.test(pathname)) return null;
	const { backend } = app();
	const open = pathname.startsWith('/rest/v1/') || OPEN_AUTH[pathname] === event.request.method;
	if (!backend.answer || !open) return Response.json({ message: 'not found' }, { status: 404 });
	if (pathname === '/auth/v1/token' && searchParams.get('grant_type') === 'password') return signInByApi(event, backend.answer);
	if (pathname === '/auth/v1/logout') return signOutByApi(event, backend.answer);
	if (pathname.startsWith('/rest/v1/') && (await isSignedOut(event.request))) {
		return Response.json({ code: 'PT401', message: 'this session has ended', details: null, hint: null }, { status: 401 });
	}
	return backend.answer(event.request);
}

// An access token is good for an hour, whatever has become of its session. Where Supabase answers, private.check_session
// looks, before each request.
async function isSignedOut({ headers }: Request): Promise<boolean> {
	const authorization = headers.get('authorization');
	if (authorization === null) return false;
	const token = accessTokenOf({ headers: { authorization } });
	// supabase-js of a visitor bears the publishable key, which is no token and belongs to nobody.
	if (token !== null && !token.includes('.')) return false;
	return token === null || !(await isOpenSession(app().sql, token));
}

type Answer = (request: Request) => Promise<Response>;

async function signInByApi({ request, getClientAddress }: Call, answer: Answer): Promise<Response> {
	const { email } = (await request.clone().json().catch(() => ({}))) as { email?: unknown };
	const [address, account] = [getClientAddress(), String(email ?? '')];
	const wait = claimAttempt(address, account);
	if (wait > 0) return Response.json({ error_code: 'over_request_rate_limit', msg: `try again in ${wait} s` }, { status: 429, headers: { 'retry-after': String(wait) } });
	const response = await answer(request);
	if (response.ok) forgiveAttempt(address, account);
	return response;
}

// A session that ends takes its live connections along, whichever way it ends.
async function signOutByApi({ request, url }: Call, answer: Answer): Promise<Response> {
	const token = accessTokenOf({ headers: { authorization: request.headers.get('authorization') ?? '' } });
	const identity = token ? await identify(app().backend, token) : null;
	const response = await answer(request);
	if (response.ok && identity) app().sync.endSessions(identity.personId, url.searchParams.get('scope') === 'local' ? identity.sessionId : undefined);
	return response;
}
