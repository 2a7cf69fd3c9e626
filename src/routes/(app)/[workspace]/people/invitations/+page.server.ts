import { error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { optionalEmail, role, ticked, uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { createInvitation, setRevoked } from '$lib/accounts/invitations.server.ts';
import { INVITATION_DAYS } from '$lib/accounts/invitations.ts';
import { invitationLimit } from '$lib/accounts/limits.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
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
	invite: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Invitation, await event.request.formData());
		if (!input) return fail(422, refusal);
		const person = requirePerson(event);
		const seconds = invitationLimit.attempt(person.id);
		if (seconds > 0) return fail(429, { values, errors: {}, message: m.accounts_wait({ seconds }) });
		const made = await createInvitation(event.locals.supabase, {
			workspaceId: workspace.id,
			agencyId: input.agency,
			role: input.role,
			isHead: input.head,
			email: input.email,
			days: Number(input.days)
		});
		if (made.error) {
			const { status, message } = explainRefusal(made.error);
			return fail(status, { values, errors: {}, message });
		}
		const { config } = app();
		const link = `${publicOrigin(config.origin, event.url)}/invitation/${made.token}`;
		return { link, mailed: input.email !== null && config.smtpUrl !== null, email: input.email };
	},
	revoke: async (event) => {
		await requireWorkspace(event);
		const { input, refusal } = readForm(Revocation, await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await setRevoked(event.locals.supabase, input.id, input.revoked);
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values: {}, errors: {}, message });
		}
		return { revoked: input.revoked };
	}
};
