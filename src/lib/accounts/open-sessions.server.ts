import type { App } from '../server/app.ts';
import { SESSION_DAYS } from '../server/backend/session-life.ts';
import type { Client } from '../server/client.ts';

/** One place where a person is signed in. */
export interface OpenSession {
	id: string;
	/** As the browser or program called itself; empty when it did not. */
	userAgent: string;
	signedInAt: string;
	/** To within the hour for which an access token lives. */
	lastUsedAt: string;
	isCurrent: boolean;
}

const DAY_MS = 86_400_000;

/** Where the person of this client is signed in: the session `currentId` first, then by last use. */
export async function listSessions(client: Client, currentId: string | null): Promise<OpenSession[]> {
	const { data } = await client.rpc('my_sessions').throwOnError();
	const sessions = data.map((row) => ({
		id: row.id,
		userAgent: row.user_agent,
		signedInAt: new Date(row.signed_in_at).toISOString(),
		lastUsedAt: new Date(row.last_used_at).toISOString(),
		isCurrent: row.id === currentId
	}));
	// One that nobody used for so long cannot be renewed any more, though it has not been cleared away.
	const oldest = new Date(Date.now() - SESSION_DAYS * DAY_MS).toISOString();
	return sessions
		.filter(({ lastUsedAt }) => lastUsedAt > oldest)
		.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt.localeCompare(a.lastUsedAt));
}

/** Signs the person out where this session is, with its live connections; false when they have no such session. */
export async function endSession(
	client: Client,
	{ sessions }: Pick<App, 'sessions'>,
	personId: string,
	id: string
): Promise<boolean> {
	const { data } = await client.rpc('end_session', { session: id }).throwOnError();
	if (data) sessions.end(personId, id);
	return data;
}
