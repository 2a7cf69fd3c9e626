import type { App } from '../server/app.ts';
import { strangerBodyLimit } from './limits.server.ts';
import { identify, type Identity } from './session.server.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request that shows an access token. */
interface Call {
	bearer: string;
	method: string;
	/** Where it comes from. */
	address: string;
}

/** Who acts by the token, with a session's token for supabase-js; or the status and, for 429, for how long to wait. */
export type Admission =
	| { program: Identity & { sessionId: string }; sessionToken: string }
	| { refused: 401 | 403 }
	| { refused: 429; seconds: number };

/**
 * Lets a program act as the person who gave it an access token. 401: the token is wrong, revoked or over; 403: it may only
 * read; 429: too many wrong ones came from this address, and no more are looked at.
 */
export async function admitProgram(app: Pick<App, 'backend' | 'sql'>, { bearer, method, address }: Call): Promise<Admission> {
	const seconds = strangerBodyLimit.attempt(address);
	if (seconds > 0) return { refused: 429, seconds };
	const program = await identify(app, bearer);
	if (!program?.sessionId) return { refused: 401 };
	strangerBodyLimit.forgive(address);
	if (program.readOnly && !READS.has(method)) return { refused: 403 };
	const { personId: id, email, sessionId } = program;
	return { program: { ...program, sessionId }, sessionToken: await app.backend.signInAs({ id, email }, sessionId) };
}
