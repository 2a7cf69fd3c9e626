import * as v from 'valibot';
import type { SupabaseClient } from '@supabase/supabase-js';
import { line, optionalEmail } from '../../accounts/fields.ts';
import { createGuestInvitation, setRevoked } from '../../accounts/invitations.server.ts';
import { INVITATION_DAYS } from '../../accounts/invitations.ts';
import type { App } from '../../server/app.ts';
import { Refusal, refusalOf } from '../../server/sqlstate.ts';
import { ACCESS_ROLES } from './documents.ts';
import { sharable } from './sharing.server.ts';

const Guest = v.object({
	organisation: line(),
	role: v.picklist(ACCESS_ROLES),
	email: v.optional(optionalEmail, ''),
	days: v.optional(v.picklist(INVITATION_DAYS), '7')
});

/** A link that was just made; its token is here and nowhere else. */
export interface MadeInvitation {
	link: string;
	/** Whether a mail with a link of its own goes to the guest's address. */
	mailed: boolean;
}

/**
 * Makes a link that lets somebody from outside into one document, `{organisation, role, email?, days?}`, and has one
 * mailed to the address when there is one. `origin` is what the link begins with.
 * @throws Refusal 404, 403 for who may not share, 409 in the trash, 422 with the field that is wrong
 */
export async function inviteGuest(
	{ config }: { config: Pick<App['config'], 'smtpUrl'> },
	supabase: SupabaseClient,
	documentId: string,
	body: unknown,
	origin: string
): Promise<MadeInvitation> {
	const document = await sharable(supabase, documentId);
	const read = v.safeParse(Guest, body);
	if (!read.success) throw new Refusal(422, String(read.issues[0].path?.[0].key ?? ''));
	const { organisation, role, email, days } = read.output;
	const made = await createGuestInvitation(supabase, {
		workspaceId: document.workspaceId,
		documentId,
		documentRole: role,
		organisation,
		email,
		days: Number(days)
	});
	if (made.error) throw refusalOf(made.error);
	return { link: `${origin}/invitation/${made.token}`, mailed: email !== null && config.smtpUrl !== null };
}

/** Revokes an open link to a document. @throws Refusal 404 when it is used, gone or not one's to revoke */
export async function revokeGuestInvitation(supabase: SupabaseClient, invitationId: string): Promise<void> {
	const error = await setRevoked(supabase, invitationId, true);
	if (error) throw refusalOf(error);
}
