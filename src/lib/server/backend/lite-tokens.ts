import bcrypt from 'bcryptjs';
import { jwtVerify, SignJWT } from 'jose';
import { sql, type Kysely } from 'kysely';
import { AsyncLocalStorage } from 'node:async_hooks';
import { comparePassword, hashPassword } from '../passwords.ts';

type Answer = (request: Request) => Promise<Response>;

/** Of a password that nobody knows, at the cost of all others. */
const NOBODYS_HASH = '$2b$10$o4enkV6okSezVKo96HL.P.F9sjFw/GeccL958kRVbGRtva84r2jAa';
const LONGEST_USER_AGENT = 400;

const attempts = new AsyncLocalStorage<{ isCompared: boolean }>();

// Lite hashes passwords where it stands, up to 100 ms at a time: everybody who is typing would feel each sign-in.
export function hashInThreads(): void {
	const compare = (password: string, hash: string) => {
		const attempt = attempts.getStore();
		if (attempt) attempt.isCompared = true;
		return comparePassword(password, hash);
	};
	Object.assign(bcrypt, { hash: hashPassword, compare });
}

/**
 * What lite leaves out where it gives out tokens, and Supabase does not: a refusal takes the time of comparing a password
 * also where there was none to compare with, so that it does not tell which accounts exist; and a session knows the
 * browser or program that has it.
 */
export function completeTokens(answer: Answer, connection: { kysely: Kysely<unknown> }): Answer {
	return async (request) => {
		const { pathname, searchParams } = new URL(request.url);
		if (pathname !== '/auth/v1/token') return answer(request);
		const attempt = { isCompared: false };
		const response = await attempts.run(attempt, () => answer(request));
		if (!response.ok && searchParams.get('grant_type') === 'password' && !attempt.isCompared)
			await comparePassword('', NOBODYS_HASH);
		const session = response.headers.get('sb-auth-session-id');
		if (response.ok && session) {
			const userAgent = request.headers.get('user-agent')?.slice(0, LONGEST_USER_AGENT) ?? null;
			await sql`update auth.sessions set user_agent = ${userAgent} where id = ${session}`.execute(connection.kysely);
		}
		return response;
	};
}

/** A token as lite gives it out for a session, but for whom it is told. */
export function signToken(
	secret: string,
	claims: { sub: string; email: string; session_id: string },
	seconds: number
): Promise<string> {
	return new SignJWT({ ...claims, aud: 'authenticated', role: 'authenticated' })
		.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
		.setIssuedAt()
		.setExpirationTime(`${seconds}s`)
		.sign(new TextEncoder().encode(secret));
}

/** Whether a token is one that lite gave out, or `signToken` made, and is not over. */
export async function isSignedToken(secret: string, token: string): Promise<boolean> {
	const options = { algorithms: ['HS256'], audience: 'authenticated' };
	return jwtVerify(token, new TextEncoder().encode(secret), options).then(
		() => true,
		() => false
	);
}
