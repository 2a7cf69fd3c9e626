import type { Client } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import { invitationLink, makeLink } from './invitations.server.ts';
import { offerPasswordReset } from './password-resets.server.ts';

const OVER = { key: 'outbox_refused_copy' } as const;

/**
 * Makes a link like the one in a mail, for copying; the mail's own is known to nobody but its reader. `origin` is what it begins with.
 * @throws Refusal 404 for a mail that one does not see; 409 when it has no link any more, or what it is about is over
 */
export async function copyMailLink(client: Client, mailId: string, origin: string): Promise<string> {
	const { data } = await client
		.from('outbox')
		.select('invitation_id, password_reset_id, person_id')
		.eq('id', mailId)
		.single()
		.throwOnError();
	if (data.invitation_id)
		return invitationLink(origin, await meaning(makeLink(client, data.invitation_id), { 42501: { status: 409, ...OVER } }));
	if (data.password_reset_id && data.person_id) return offerPasswordReset(client, data.person_id, origin);
	throw new Refusal(409, OVER);
}
