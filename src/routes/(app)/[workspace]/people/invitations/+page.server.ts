import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { optionalEmail, role, ticked, uuid } from '$lib/accounts/fields.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { createInvitation, setRevoked } from '$lib/accounts/invitations.server.ts';
import { INVITATION_DAYS } from '$lib/accounts/invitations.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

const Invitation = v.object({
	agency: uuid,
	role,
	days: v.picklist(INVITATION_DAYS, () => m.accounts_error_choose()),
	email: optionalEmail,
	head: ticked
});
const Revocation = v.object({ id: uuid, revoked: ticked });

export const load: PageServerLoad = async ({ parent }) => {
	const { can } = await parent();
	if (!can.invite) error(404);
};

export const actions: Actions = {
	invite: acting(Invitation, async ({ agency, role, head, email, days }, event) => {
		const workspace = await requireWorkspace(event);
		claim(invitationLimit, requirePerson(event).id);
		const token = await createInvitation(event.locals.supabase, {
			workspaceId: workspace.id,
			agencyId: agency,
			role,
			isHead: head,
			email,
			days: Number(days)
		});
		const { config } = app();
		const link = `${publicOrigin(config.origin, event.url)}/invitation/${token}`;
		return { link, mailed: email !== null && config.smtpUrl !== null, email };
	}),
	revoke: acting(Revocation, async ({ id, revoked }, event) => {
		await requireWorkspace(event);
		await setRevoked(event.locals.supabase, id, revoked);
		return { revoked };
	})
};
