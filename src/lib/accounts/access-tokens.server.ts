import type { Client } from '../server/client.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import type { Sql } from '../server/sql.ts';
import type { AccessToken, NewAccessToken, TokenScope } from './access-tokens.ts';
import { hashToken, newToken } from './tokens.server.ts';

const PREFIX = 'plenum_';
const FORM = /^plenum_[\w-]{43}$/;
const DAY_MS = 86_400_000;

/** Whether a bearer looks like an access token of ours; a session's is a JWT. */
export function isAccessToken(bearer: string): boolean {
	return bearer.startsWith(PREFIX);
}

/** The tokens of this client's person that are not revoked, the newest first. */
export async function listAccessTokens(client: Client): Promise<AccessToken[]> {
	const { data } = await client
		.from('access_tokens')
		.select('id, name, scope, created_at, expires_at, last_used_at')
		.is('revoked_at', null)
		.order('created_at', { ascending: false })
		.throwOnError();
	return data.map((row) => ({
		id: row.id,
		name: row.name,
		scope: row.scope,
		createdAt: iso(row.created_at),
		expiresAt: iso(row.expires_at),
		lastUsedAt: row.last_used_at && iso(row.last_used_at),
		isExpired: Date.parse(row.expires_at) <= Date.now()
	}));
}

/** Makes a token for a person in a session. The secret is in the answer and nowhere else. @throws Refusal 409 with too many */
export async function createAccessToken(
	client: Client,
	{ name, scope, days }: NewAccessToken
): Promise<{ id: string; token: string }> {
	const secret = PREFIX + newToken();
	const making = client
		.from('access_tokens')
		.insert({
			name,
			scope,
			token_hash: hashToken(secret),
			expires_at: new Date(Date.now() + days * DAY_MS).toISOString()
		})
		.select('id')
		.single()
		.throwOnError();
	const { data } = await meaning(making, { '55000': { key: 'accounts_token_refused_many' } });
	return { id: data.id, token: secret };
}

/** Ends a token for good, at once and with its live sockets; false when the person has no such token. */
export async function revokeAccessToken(client: Client, id: string): Promise<boolean> {
	const { data } = await client
		.from('access_tokens')
		.update({ revoked_at: new Date().toISOString() })
		.eq('id', id)
		.is('revoked_at', null)
		.select('id')
		.throwOnError();
	return data.length > 0;
}

/** Whose token a bearer is, and what it may do. */
export interface UsedToken {
	id: string;
	personId: string;
	email: string;
	scope: TokenScope;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** Null when the token is wrong, revoked or over. System door: before this is known nobody is asking. */
export async function useAccessToken(sql: Sql, bearer: string): Promise<UsedToken | null> {
	if (!FORM.test(bearer)) return null;
	const [row] = await sql.query<Omit<UsedToken, 'expiresAt'> & { expiresAt: string | Date }>(
		'select id, person_id as "personId", email, scope, expires_at as "expiresAt" from private.use_access_token($1)',
		[hashToken(bearer)]
	);
	return row ? { ...row, expiresAt: new Date(row.expiresAt).getTime() } : null;
}

const iso = (time: string) => new Date(time).toISOString();
