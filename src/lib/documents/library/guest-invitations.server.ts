import type { InferOutput } from 'valibot';
import {
	createGuestInvitation,
	handOver,
	invitationLink,
	setRevoked,
	type MadeInvitation
} from '../../accounts/invitations.server.ts';
import type { App } from '../../server/app.ts';
import type { Client } from '../../server/client.ts';
import type { Guest } from './input.ts';
import { sharable } from './sharing.server.ts';

/**
 * Makes a link that lets somebody from outside into one document, and has one
 * mailed to the address when there is one. `origin` is what the link begins with.
 * @throws Refusal 404, 403 for who may not share, 409 in the trash
 */
export async function inviteGuest(
	{ config }: { config: Pick<App['config'], 'smtpUrl'> },
	supabase: Client,
	documentId: string,
	guest: InferOutput<typeof Guest>,
	origin: string
): Promise<MadeInvitation> {
	const document = await sharable(supabase, documentId);
	const { organisation, role, email, days } = guest;
	const { token } = await createGuestInvitation(supabase, document.workspaceId, {
		documentId,
		documentRole: role,
		organisation,
		email,
		days: Number(days)
	});
	return handOver(config, guest, invitationLink(origin, token));
}

/** Revokes an open link to a document. @throws Refusal 404, 403 when it is not one's to revoke, 409 when it is used */
export async function revokeGuestInvitation(supabase: Client, invitationId: string): Promise<void> {
	await setRevoked(supabase, invitationId, true);
}
