import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { app } from '../server/app.ts';
import { bearerIn } from '../server/bearer.ts';
import { readWhole, SMALL_BODY_BYTES } from '../server/bounded-request.ts';
import { isAccessToken } from './access-tokens.server.ts';
import { excessOf, withFewRows, withFewTouched, withRowLimits } from './data-api-bounds.ts';
import { strangerBodyLimit } from './limits.server.ts';
import { admitProgram } from './program-door.server.ts';
import { onBehalfOf } from '../server/callers.ts';
import { identify, personOfOpenSession } from './session.server.ts';
import { claimAttempt, forgiveAttempt } from './sign-in.server.ts';

/** What a script may write at once. */
const LARGEST_REST_BYTES = 1024 * 1024;
/** Each row has its triggers: of documents, 1500 at once held the embedded database up for three seconds. */
const MOST_WRITTEN_ROWS = 100;
const STRANGER = Symbol('a stranger');
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

const text = v.optional(v.pipe(v.string(), v.excludes('\0')));
const TokenRequest = v.object({ email: text, password: text, refresh_token: text });

type Call = Pick<RequestEvent, 'url' | 'request' | 'getClientAddress'>;

/** Answers supabase-js calls of browsers and scripts in the sizes where this process is the data API; null for pages. */
export async function answerDataApi(event: Call): Promise<Response | null> {
	const { pathname, searchParams } = event.url;
	if (!DATA_API.test(pathname)) return null;
	const { backend } = app();
	const isRest = pathname.startsWith('/rest/v1/');
	const open = isRest || OPEN_AUTH[pathname] === event.request.method;
	if (!backend.answer || !open) return Response.json({ message: 'not found' }, { status: 404 });
	const excess = isRest ? excessOf(searchParams) : null;
	if (excess) return refusal(400, 'PGRST100', excess);
	const sent = isRest ? await asSession(event) : event.request;
	if (sent instanceof Response) return sent;
	const asker = isRest ? await askerOf(sent) : STRANGER;
	if (asker === null) return refusal(401, 'PT401', 'this session has ended');
	const wait = asker === STRANGER && sent.body ? strangerBodyLimit.attempt(event.getClientAddress()) : 0;
	if (wait > 0) return tryAgainIn(wait);
	const request = await readWhole(sent, isRest ? LARGEST_REST_BYTES : SMALL_BODY_BYTES).catch(refusalOfBody);
	if (request instanceof Response) return request;
	const call = { url: event.url, request, getClientAddress: event.getClientAddress };
	if (isRest && !(await isFewRows(request)))
		return refusal(400, 'PGRST102', `the body of this call is JSON: an object, or at most ${MOST_WRITTEN_ROWS} of them`);
	if (pathname === '/auth/v1/token' && !(await isTokenRequest(request))) {
		return Response.json(
			{ error_code: 'validation_failed', msg: 'email, password and refresh_token are texts' },
			{ status: 400 }
		);
	}
	if (pathname === '/auth/v1/token' && searchParams.get('grant_type') === 'password') return signInByApi(call, backend.answer);
	if (pathname === '/auth/v1/logout') return signOutByApi(call, backend.answer);
	const { answer } = backend;
	const bounded = isRest ? withBoundedRows(request) : request;
	return asker === STRANGER ? answer(bounded) : onBehalfOf(asker, () => answer(bounded));
}

/** The call with an end to the rows that it is answered with, if it reads, or that it touches by its conditions. */
function withBoundedRows(request: Request): Request {
	const url = new URL(request.url);
	const headers = new Headers(request.headers);
	const reads = request.method === 'GET' || request.method === 'HEAD' || url.pathname.startsWith('/rest/v1/rpc/');
	if (!reads) {
		headers.set('prefer', withFewTouched(headers.get('prefer'), MOST_WRITTEN_ROWS));
		return new Request(request, { headers });
	}
	const range = headers.get('range');
	if (range !== null) headers.set('range', withFewRows(range));
	url.search = withRowLimits(url.searchParams).toString();
	return new Request(url, new Request(request, { headers }));
}

// Lite takes CSV, too.
async function isFewRows(request: Request): Promise<boolean> {
	const body = await request.clone().text();
	if (body === '') return true;
	try {
		const rows: unknown = JSON.parse(body);
		return !Array.isArray(rows) || rows.length <= MOST_WRITTEN_ROWS;
	} catch {
		return false;
	}
}

// Lite would fail at anything else.
async function isTokenRequest(request: Request): Promise<boolean> {
	return v.is(
		TokenRequest,
		await request
			.clone()
			.json()
			.catch(() => null)
	);
}

/** The call with a session's token in the place of an access token; or why it is refused. */
async function asSession({ request, getClientAddress }: Call): Promise<Request | Response> {
	const bearer = bearerIn(request.headers.get('authorization'));
	if (!bearer || !isAccessToken(bearer)) return request;
	const admission = await admitProgram(app(), { bearer, method: request.method, address: getClientAddress() });
	if ('program' in admission) {
		const headers = new Headers(request.headers);
		headers.set('authorization', `Bearer ${admission.sessionToken}`);
		return new Request(request, { headers });
	}
	if (admission.refused === 429) return tryAgainIn(admission.seconds);
	return admission.refused === 401
		? refusal(401, 'PT401', 'this access token is wrong, revoked or over')
		: refusal(403, '42501', 'this access token may only read');
}

function refusal(status: number, code: string, message: string): Response {
	return Response.json({ code, message, details: null, hint: null }, { status });
}

// A session's token is good for an hour, whatever has become of its session. Where Supabase answers, private.check_session
// looks, before each request. Null for who is signed out.
async function askerOf({ headers }: Request): Promise<string | typeof STRANGER | null> {
	const authorization = headers.get('authorization');
	if (authorization === null) return STRANGER;
	const token = bearerIn(authorization);
	// supabase-js of a visitor bears the publishable key, which is no token and belongs to nobody.
	if (token !== null && !token.includes('.')) return STRANGER;
	return token === null ? null : personOfOpenSession(app().sql, token);
}

function refusalOfBody(error: unknown): Response {
	if (!isHttpError(error)) throw error;
	const message = error.status === 413 ? 'the body of this call is larger than allowed' : error.body.message;
	return Response.json({ message }, { status: error.status });
}

function tryAgainIn(seconds: number): Response {
	return Response.json(
		{ error_code: 'over_request_rate_limit', msg: `try again in ${seconds} s` },
		{ status: 429, headers: { 'retry-after': String(seconds) } }
	);
}

type Answer = (request: Request) => Promise<Response>;

async function signInByApi({ request, getClientAddress }: Call, answer: Answer): Promise<Response> {
	const { email } = (await request
		.clone()
		.json()
		.catch(() => ({}))) as { email?: unknown };
	const [address, account] = [getClientAddress(), String(email ?? '')];
	const wait = claimAttempt(address, account);
	if (wait > 0) return tryAgainIn(wait);
	const response = await answer(request);
	if (response.ok) forgiveAttempt(address, account);
	return response;
}

// A session that ends takes its live connections along, whichever way it ends.
async function signOutByApi({ request, url }: Call, answer: Answer): Promise<Response> {
	const token = bearerIn(request.headers.get('authorization'));
	const identity = token ? await identify(app(), token) : null;
	const response = await answer(request);
	if (response.ok && identity)
		app().sessions.end(identity.personId, url.searchParams.get('scope') === 'local' ? identity.sessionId : undefined);
	return response;
}
