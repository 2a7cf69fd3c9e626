import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { NewInvitation, Revocation } from '$lib/accounts/input.ts';
import { copyLink, inviteMember, setRevoked } from '$lib/accounts/invitations.server.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

const Named = v.object({ id: uuid });

export const load: PageServerLoad = async ({ parent }) => {
	const { can } = await parent();
	if (!can.invite) error(404);
};

export const actions: Actions = {
	invite: acting(NewInvitation, async (invitation, event) => {
		const workspace = await requireWorkspace(event);
		claim(invitationLimit, requirePerson(event).id);
		const origin = publicOrigin(app().config.origin, event.url);
		const made = await inviteMember(app(), event.locals.supabase, workspace.id, invitation, origin);
		return { ...made, email: invitation.email };
	}),
	copyLink: acting(Named, async ({ id }, event) => {
		await requireWorkspace(event);
		claim(invitationLimit, requirePerson(event).id);
		const link = await copyLink(event.locals.supabase, id, publicOrigin(app().config.origin, event.url));
		return { copied: link };
	}),
	revoke: acting(v.object({ ...Named.entries, ...Revocation.entries }), async ({ id, revoked }, event) => {
		await requireWorkspace(event);
		await setRevoked(event.locals.supabase, id, revoked);
		return { revoked };
	})
};
