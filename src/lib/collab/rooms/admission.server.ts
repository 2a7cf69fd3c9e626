import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { inTime } from '../../base/in-time.ts';
import type { AccessDoor, Identity } from '../access.server.ts';
import { CLOSE, type Limits } from '../protocol.ts';
import type { GrantedStanding } from './connection.server.ts';

/** Origins whose pages may open sockets: a list, or a rule of the caller's own. */
export type AllowedOrigins = readonly string[] | ((origin: string, request: IncomingMessage) => boolean);

/** What a request asks for: `/collab/{document id}?schema=…&epoch=…`; a plain y-websocket client sends no query. */
export interface Target {
	documentId: string;
	schema: number | null;
	epoch: number | null;
}

/** A socket on its way in. Marked while it is decided, so that no change of access falls between reading and joining. */
export interface Visit {
	/** Names the connection in every log line about it (OP1). */
	readonly id: string;
	readonly target: Target;
	identity: Identity | null;
	/** Access may have changed since it was read. */
	stale: boolean;
	/** The session was ended meanwhile. */
	ended: boolean;
}

export type Verdict =
	| { admitted: true; identity: Identity; standing: GrantedStanding }
	| { admitted: false; code: number; reason: string };

/** Reads path and query; null when the path is not a document's. */
export function readTarget(url: string | undefined): Target | null {
	if (!url || !URL.canParse(url, 'ws://plenum')) return null;
	const { pathname, searchParams } = new URL(url, 'ws://plenum');
	const documentId = /^\/collab\/([\w-]{1,64})$/.exec(pathname)?.[1];
	if (!documentId) return null;
	return { documentId, schema: readNumber(searchParams.get('schema')), epoch: readNumber(searchParams.get('epoch')) };
}

/** True when the page that opens the socket may. Programs send no Origin; browsers always do, and cannot forge it. */
export function originAllowed(request: IncomingMessage, allowed: AllowedOrigins): boolean {
	const { origin } = request.headers;
	if (origin === undefined) return true;
	return typeof allowed === 'function' ? allowed(origin, request) : allowed.includes(origin);
}

/** Decides who and what. Throws when the database cannot be asked, or not in time. */
export async function decide(
	request: IncomingMessage,
	visit: Visit,
	access: AccessDoor,
	limits: Limits
): Promise<Verdict> {
	return inTime(ask(request, visit, access), limits.admitMs, 'access was not decided in time');
}

/** Why a standing ends or forbids a connection; null when it grants one. */
export function refusalOf(
	standing: Awaited<ReturnType<AccessDoor['role']>>,
	schema: number | null,
	epoch: number | null
): { code: number; reason: string } | null {
	if (standing === 'missing') return { code: CLOSE.noDocument, reason: 'no such document' };
	if (standing.role === null) return { code: CLOSE.noAccess, reason: 'no access' };
	if (schema !== null && schema < standing.schemaVersion) return { code: CLOSE.oldSchema, reason: 'reload to update' };
	if (epoch !== null && epoch !== standing.epoch) return { code: CLOSE.epochChanged, reason: 'document was replaced' };
	return null;
}

/** Answers an upgrade with plain HTTP, for requests that are no conversation at all. */
export function refuseUpgrade(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function ask(request: IncomingMessage, visit: Visit, access: AccessDoor): Promise<Verdict> {
	const { target } = visit;
	const identity = await access.authenticate(request);
	if (!identity) return { admitted: false, code: CLOSE.unauthenticated, reason: 'sign in' };
	visit.identity = identity;
	const standing = await access.role(target.documentId, identity.personId);
	const refusal = refusalOf(standing, target.schema, target.epoch);
	if (refusal) return { admitted: false, ...refusal };
	return { admitted: true, identity, standing: standing as GrantedStanding };
}

function readNumber(text: string | null): number | null {
	return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
