import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '../server/edge/refusal.ts';

/**
 * The signed-in person, in a session: tokens, passwords and sessions are theirs alone to change.
 * @throws Refusal 401 for a visitor, 403 for a program with an access token
 */
export function inSession({ locals }: Pick<RequestEvent, 'locals'>): { id: string; email: string } {
	if (!locals.person) throw new Refusal(401);
	if (locals.isProgram) throw new Refusal(403, { key: 'accounts_refused_program' });
	return locals.person;
}
