import { sequence } from '@sveltejs/kit/hooks';
import { isRedirect, type Handle, type HandleServerError, type RequestEvent } from '@sveltejs/kit';
import { isAccessToken } from '$lib/accounts/access-tokens.server.ts';
import { admitProgram } from '$lib/accounts/program-door.server.ts';
import { bearerClient, bearerOf, identify, SESSION_COOKIE, sessionClient } from '$lib/accounts/session.server.ts';
import { answerDataApi } from '$lib/accounts/data-api.server.ts';
import { strangerBodyLimit } from '$lib/accounts/limits.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { LIMITS } from '$lib/collab/protocol.ts';
import { LARGEST_FORM_BYTES } from '$lib/documents/library/upload.server.ts';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server.js';
import { app } from '$lib/server/app.ts';
import { answering } from '$lib/server/edge/answering.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import { onBehalfOf } from '$lib/server/callers.ts';
import { networkOf } from '$lib/server/network-of.ts';
import { boundedRequest, deferredRequest, SMALL_BODY_BYTES } from '$lib/server/bounded-request.ts';
import { isForeignWrite } from '$lib/server/same-origin.ts';
import { isWellFormed, withReadableForm } from '$lib/server/well-formed.ts';

const THEMES = ['light', 'dark', 'system'] as const;

/** A device hands over all that it has of a text. */
const LARGEST_BYTES: typeof LARGEST_FORM_BYTES = {
	...LARGEST_FORM_BYTES,
	'/api/documents/[id=uuid]/late-work': () => LIMITS.documentBytes
};

/** Of every answer that does not say otherwise. */
const USUAL_HEADERS = {
	// Whoever comes to the computer next finds nothing in its cache.
	'cache-control': 'private, no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()'
};

/** Until it is known who asks, all of a network are one. */
const takeTurns: Handle = ({ event, resolve }) => onBehalfOf(networkOf(event.getClientAddress()), () => resolve(event));

const takeOwnTurns: Handle = ({ event, resolve }) =>
	event.locals.person ? onBehalfOf(event.locals.person.id, () => resolve(event)) : resolve(event);

const observe: Handle = async ({ event, resolve }) => {
	event.locals.requestId = crypto.randomUUID();
	const began = performance.now();
	const response = await resolve(event);
	const { metrics, log } = app();
	metrics.requests.inc({ status: `${Math.floor(response.status / 100)}xx` });
	metrics.requestSeconds.observe((performance.now() - began) / 1000);
	log.debug(
		{
			requestId: event.locals.requestId,
			route: event.route.id,
			status: response.status,
			ms: Math.round(performance.now() - began)
		},
		'request'
	);
	for (const [name, value] of Object.entries(USUAL_HEADERS)) if (!response.headers.has(name)) response.headers.set(name, value);
	if (event.url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
	return response;
};

const wellFormed: Handle = ({ event, resolve }) =>
	isWellFormed(event.url) ? resolve(event) : Response.json({ message: 'this address cannot be read' }, { status: 400 });

const ownPagesOnly: Handle = ({ event, resolve }) =>
	isForeignWrite(event.request, event.url.origin)
		? Response.json({ message: 'requests from other sites are refused' }, { status: 403 })
		: resolve(event);

/** A program that calls an address which /api does not have, or names what cannot be an id, is answered as everywhere there. */
const answerUnknownAddress: Handle = ({ event, resolve }) =>
	event.url.pathname.startsWith('/api/') && !event.route.id?.startsWith('/api/')
		? answering(async () => {
				throw new Refusal(404);
			})
		: resolve(event);

const dataApi: Handle = async ({ event, resolve }) => (await answerDataApi(event)) ?? resolve(event);

const session: Handle = async ({ event, resolve }) => {
	const { backend } = app();
	const bearer = event.request.headers.has('authorization')
		? bearerOf({ headers: Object.fromEntries(event.request.headers) })
		: null;
	event.locals.isProgram = bearer !== null && isAccessToken(bearer);
	if (bearer && event.locals.isProgram) return (await enterAsProgram(event, bearer)) ?? resolve(event);
	event.locals.supabase = bearer
		? bearerClient(backend, bearer)
		: sessionClient(
				backend,
				{ getAll: () => event.cookies.getAll(), set: (name, value, options) => event.cookies.set(name, value, options) },
				event.url.protocol === 'https:',
				event.request.headers.get('user-agent')
			);
	const hasCookie = event.cookies.getAll().some(({ name }) => name.startsWith(SESSION_COOKIE));
	// Renews a token of the cookie that has expired.
	const token = bearer ?? (hasCookie ? (await event.locals.supabase.auth.getSession()).data.session?.access_token : null);
	const identity = token ? await identify(app(), token) : null;
	event.locals.person = identity && { id: identity.personId, email: identity.email };
	event.locals.session = identity && { id: identity.sessionId ?? null, expiresAt: identity.expiresAt ?? null };
	return resolve(event);
};

/** Programs with an access token act at /api only, and there not for longer than the token is good. Answers why not, or null. */
async function enterAsProgram(event: RequestEvent, bearer: string): Promise<Response | null> {
	const { request, locals, url } = event;
	const refuse = (status: number, message: string, headers = {}) => Response.json({ message, field: null }, { status, headers });
	if (!url.pathname.startsWith('/api/')) return refuse(403, m.accounts_token_refused_page());
	const admission = await admitProgram(app(), { bearer, method: request.method, address: event.getClientAddress() });
	if ('program' in admission) {
		const { program, sessionToken } = admission;
		locals.supabase = bearerClient(app().backend, sessionToken);
		locals.person = { id: program.personId, email: program.email };
		locals.session = null;
		return null;
	}
	if (admission.refused === 429) return refuse(429, m.errors_429_text(), { 'retry-after': String(admission.seconds) });
	return admission.refused === 401 ? refuse(401, m.accounts_token_refused()) : refuse(403, m.accounts_token_refused_write());
}

/** Bodies are small, but on routes that take files, and there only of people who are signed in. */
const bodies: Handle = ({ event, resolve }) => {
	const { request, locals, route } = event;
	const isDeferred = request.body !== null && !locals.person && strangerBodyLimit.attempt(event.getClientAddress()) > 0;
	const mostBytes = (locals.person && LARGEST_BYTES[route.id ?? '']?.(app().config)) || SMALL_BODY_BYTES;
	event.request = withReadableForm(isDeferred ? deferredRequest(request) : boundedRequest(request, mostBytes));
	return resolve(event);
};

const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ locale }) => {
		event.locals.locale = locale;
		const theme = event.cookies.get('plenum_theme');
		event.locals.theme = THEMES.find((known) => known === theme) ?? 'system';
		return resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%plenum.lang%', locale).replace('%plenum.theme%', event.locals.theme)
		});
	});

export const handle = sequence(
	takeTurns,
	observe,
	wellFormed,
	ownPagesOnly,
	dataApi,
	language,
	answerUnknownAddress,
	session,
	takeOwnTurns,
	bodies
);

export const handleError: HandleServerError = ({ error, event, status }) => {
	const isOurs = status >= 500 && !isRedirect(error);
	if (isOurs) app().log.error({ requestId: event.locals.requestId, route: event.route.id, err: error }, 'request failed');
	return {
		message: status === 404 ? 'not found' : isOurs ? 'internal error' : 'this request cannot be read',
		requestId: event.locals.requestId
	};
};
