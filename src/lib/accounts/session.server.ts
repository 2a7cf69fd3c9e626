import { createServerClient, parseCookieHeader, stringFromBase64URL, type CookieOptions } from '@supabase/ssr';
import { createClient } from '@supabase/supabase-js';
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { App } from '../server/app.ts';
import type { Backend } from '../server/backend/backend.ts';
import { SESSION_DAYS } from '../server/backend/session-life.ts';
import { bearerIn } from '../server/bearer.ts';
import type { Client } from '../server/client.ts';
import type { Identity as SocketIdentity } from '../server/sockets/identity.ts';
import type { Sql } from '../server/sql.ts';
import { isAccessToken, useAccessToken } from './access-tokens.server.ts';

export const SESSION_COOKIE = 'plenum_session';
const BASE64_PREFIX = 'base64-';
const SESSION_SECONDS = SESSION_DAYS * 86_400;

export interface CookieJar {
	getAll(): { name: string; value: string }[];
	set(name: string, value: string, options: CookieOptions & { path: string }): void;
}

/**
 * supabase-js with the visitor's own session, kept in an http-only cookie that no script can read. `userAgent` is what their
 * browser says it is, by which the session is told from the person's others.
 */
export function sessionClient(backend: Backend, jar: CookieJar, secure: boolean, userAgent: string | null): Client {
	return createServerClient(backend.url, backend.publishableKey, {
		global: { fetch: backend.fetch, headers: userAgent ? { 'user-agent': userAgent } : {} },
		cookieOptions: { name: SESSION_COOKIE, httpOnly: true, secure, sameSite: 'lax', path: '/' },
		cookies: {
			getAll: () => jar.getAll(),
			setAll: (cookies) => {
				// The library lets a cookie live for 400 days, whatever it is told; one that it removes lives for 0.
				for (const { name, value, options } of cookies)
					jar.set(name, value, { ...options, path: '/', maxAge: Math.min(options.maxAge ?? 0, SESSION_SECONDS) });
			}
		}
	});
}

/** supabase-js for one session, as scripts and the sync socket bring its token (`Authorization: Bearer`). */
export function bearerClient(backend: Backend, bearer: string): Client {
	return createClient(backend.url, backend.publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
		global: { fetch: backend.fetch, headers: { Authorization: `Bearer ${bearer}` } }
	});
}

/** Who acts: a person in a session, or a program by an access token, whose id then stands for the session's. */
export interface Identity extends SocketIdentity {
	email: string;
	isProgram: boolean;
}

/** For how long a socket of a program lives before it has to show its token again, as with a session's. */
const PROGRAM_SOCKET_MS = 3_600_000;

/**
 * Whom a bearer belongs to, a session's token or an access token; null when it is forged, over or revoked, or its session was
 * signed out.
 */
export function identify(app: Pick<App, 'backend' | 'sql'>, bearer: string): Promise<Identity | null> {
	return isAccessToken(bearer) ? identifyProgram(app.sql, bearer) : identifySession(app, bearer);
}

async function identifyProgram(sql: Sql, bearer: string): Promise<Identity | null> {
	const token = await useAccessToken(sql, bearer);
	return (
		token && {
			personId: token.personId,
			email: token.email,
			sessionId: token.id,
			expiresAt: Math.min(token.expiresAt, Date.now() + PROGRAM_SOCKET_MS),
			readOnly: token.scope === 'read',
			isProgram: true
		}
	);
}

async function identifySession({ backend, sql }: Pick<App, 'backend' | 'sql'>, bearer: string): Promise<Identity | null> {
	const claims = claimsOf(bearer);
	if (!claims || !(await backend.isGenuine(bearer)) || !(await isOpen(sql, claims))) return null;
	return {
		personId: claims.sub,
		email: claims.email,
		sessionId: claims.session_id,
		expiresAt: claims.exp * 1000,
		readOnly: false,
		isProgram: false
	};
}

const SessionClaims = v.object({
	sub: v.pipe(v.string(), v.uuid()),
	session_id: v.pipe(v.string(), v.uuid()),
	email: v.optional(v.string(), ''),
	exp: v.number()
});
type SessionClaims = v.InferOutput<typeof SessionClaims>;

/**
 * The person whose session an access token names, when it is open. Says nothing about the signature: for who checks that as well.
 */
export async function personOfOpenSession(sql: Sql, accessToken: string): Promise<string | null> {
	const claims = claimsOf(accessToken);
	return claims && (await isOpen(sql, claims)) ? claims.sub : null;
}

/** System door, because the person of a session that has ended is nobody any more. */
async function isOpen(sql: Sql, { session_id, sub }: SessionClaims): Promise<boolean> {
	const [row] = await sql.query<{ open: boolean }>('select private.is_open_session($1, $2) as open', [session_id, sub]);
	return row.open;
}

/** What a session's token says, unverified; null when it is none. */
function claimsOf(token: string): SessionClaims | null {
	const { success, output } = v.safeParse(SessionClaims, readClaims(token));
	return success ? output : null;
}

/** What a raw request bears: `Authorization: Bearer` first, then the session cookie. Never refreshes it. */
export function bearerOf(request: Pick<IncomingMessage, 'headers'>): string | null {
	return bearerIn(request.headers.authorization) ?? cookieToken(request.headers.cookie ?? '');
}

function cookieToken(header: string): string | null {
	const cookies = new Map(parseCookieHeader(header).map(({ name, value }) => [name, value]));
	return readSessionCookie((name) => cookies.get(name));
}

function readSessionCookie(get: (name: string) => string | undefined): string | null {
	// A long session is cut into plenum_session.0, .1 …
	let text = get(SESSION_COOKIE) ?? '';
	for (let piece = 0; ; piece++) {
		const part = get(`${SESSION_COOKIE}.${piece}`);
		if (!part) break;
		text += part;
	}
	if (!text) return null;
	try {
		const json = text.startsWith(BASE64_PREFIX) ? stringFromBase64URL(text.slice(BASE64_PREFIX.length)) : text;
		const session = JSON.parse(json) as { access_token?: unknown };
		return typeof session.access_token === 'string' ? session.access_token : null;
	} catch {
		return null; // a cookie somebody edited is no session
	}
}

/** The payload of a token, unverified; null when there is none. */
function readClaims(token: string): unknown {
	try {
		return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
	} catch {
		return null;
	}
}
