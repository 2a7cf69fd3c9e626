import type { InferOutput } from 'valibot';
import type { App } from '../server/app.ts';
import type { Client } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import type { PasswordChange } from './input.ts';
import { tooOften } from './limits.server.ts';
import { checkPassword, endOtherSessions } from './sign-in.server.ts';

/** Who changes their password. */
interface Asker {
	person: { id: string; email: string };
	/** Where the request comes from. */
	address: string;
	/** The session's token, where no cookie brought it. */
	bearer: string | null;
}

/**
 * Changes the password of the person in this session and ends their other sessions.
 * @throws Refusal 422 field `currentPassword` or `newPassword`, 429
 */
export async function changePassword(
	app: Pick<App, 'backend' | 'sessions'>,
	{ auth }: Pick<Client, 'auth'>,
	{ person, address, bearer }: Asker,
	{ currentPassword, newPassword }: InferOutput<typeof PasswordChange>
): Promise<void> {
	const known = await checkPassword(app, address, person.email, currentPassword);
	if (known && 'seconds' in known) throw tooOften(known.seconds);
	if (!known) throw new Refusal(422, { field: 'currentPassword', key: 'accounts_password_current_wrong' });
	// A bearer is no session to supabase-js, which changes passwords of sessions only. Nothing is renewed on this way.
	if (bearer) await auth.setSession({ access_token: bearer, refresh_token: 'none' });
	const { error } = await auth.updateUser({ password: newPassword });
	if (error?.code === 'weak_password') throw new Refusal(422, { field: 'newPassword', key: 'accounts_error_password_weak' });
	if (error?.code === 'same_password') throw new Refusal(422, { field: 'newPassword', key: 'accounts_error_password_same' });
	if (error) throw error;
	await endOtherSessions({ auth }, app, person.id);
}
