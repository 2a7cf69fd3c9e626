import type { Client } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import { invitationLink, makeLink } from './invitations.server.ts';
import { offerPasswordReset } from './password-resets.server.ts';

/**
 * Makes a link like the one in a mail, for copying; the mail's own is known to nobody but its reader. `origin` is what it begins with.
 * @throws Refusal 404 for a mail that one does not see, or that has no link any more; 403 when what it is about is over
 */
export async function copyMailLink(client: Client, mailId: string, origin: string): Promise<string> {
	const { data } = await client
		.from('outbox')
		.select('invitation_id, password_reset_id, person_id')
		.eq('id', mailId)
		.single()
		.throwOnError();
	if (data.invitation_id) return invitationLink(origin, await makeLink(client, data.invitation_id));
	if (data.password_reset_id && data.person_id) return offerPasswordReset(client, data.person_id, origin);
	throw new Refusal(404);
}
