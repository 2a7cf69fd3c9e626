import { createClient } from '@supabase/supabase-js';
import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { networkOf } from '../server/network-of.ts';
import { accountSignInLimit, signInLimit } from './limits.server.ts';

export type SignIn = { outcome: 'in'; personId: string } | { outcome: 'wrong' } | { outcome: 'wait'; seconds: number };

/**
 * Signs in with e-mail and password and leaves the session in the client's cookie. Only failures count towards the limits,
 * because a whole office may share one address.
 */
export async function signIn(client: Client, address: string, email: string, password: string): Promise<SignIn> {
	const seconds = claimAttempt(address, email);
	if (seconds > 0) return { outcome: 'wait', seconds };
	const { data, error } = await client.auth.signInWithPassword({ email, password });
	if (data.user) {
		forgiveAttempt(address, email);
		return { outcome: 'in', personId: data.user.id };
	}
	if (error?.status === 429) return { outcome: 'wait', seconds: 60 };
	if (error?.status !== undefined && error.status >= 500) throw error;
	return { outcome: 'wrong' };
}

/** The person whose password this is, without any session being left behind; null when it is wrong. Counts like a sign-in. */
export async function checkPassword(
	{ backend }: Pick<App, 'backend'>,
	address: string,
	email: string,
	password: string
): Promise<{ personId: string } | null | { seconds: number }> {
	const client = createClient(backend.url, backend.publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
		global: { fetch: backend.fetch }
	});
	const result = await signIn(client, address, email, password);
	if (result.outcome === 'wait') return { seconds: result.seconds };
	if (result.outcome === 'wrong') return null;
	await client.auth.signOut({ scope: 'local' });
	return { personId: result.personId };
}

/** Ends this session everywhere: its cookie, its row, its live connections. */
export async function signOut(client: Client, { sessions }: Pick<App, 'sessions'>): Promise<void> {
	const { data } = await client.auth.getClaims();
	await client.auth.signOut({ scope: 'local' });
	if (data) sessions.end(data.claims.sub, data.claims.session_id);
}

/** Ends every session of the person but this one, after a change of password. Live connections prove themselves anew. */
export async function endOtherSessions(
	client: Pick<Client, 'auth'>,
	{ sessions }: Pick<App, 'sessions'>,
	personId: string
): Promise<void> {
	const { error } = await client.auth.signOut({ scope: 'others' });
	if (error) throw error;
	sessions.end(personId);
}

/** Notes an attempt to sign in. Answers 0 when it is allowed, else the seconds to wait. */
export function claimAttempt(address: string, email: string): number {
	return signInLimit.attempt(address) || accountSignInLimit.attempt(accountAt(address, email));
}

/** Takes the attempt back after a success. */
export function forgiveAttempt(address: string, email: string): void {
	signInLimit.forgive(address);
	accountSignInLimit.clear(accountAt(address, email));
}

function accountAt(address: string, email: string): string {
	return `${networkOf(address)} ${email.toLowerCase()}`;
}
