import * as v from 'valibot';
import { role, ticked, uuid } from '$lib/accounts/fields.ts';
import { removeGuest } from '$lib/accounts/guests.server.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { claim, passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { changeMember, removeMember } from '$lib/accounts/members.server.ts';
import { offerPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions } from './$types';

const Place = v.object({ person: uuid, agency: uuid, role, head: ticked });
const Person = v.object({ person: uuid });

export const actions: Actions = {
	change: acting(Place, async ({ person, agency, role, head }, event) => {
		const workspace = await requireWorkspace(event);
		await changeMember(event.locals.supabase, workspace.id, person, { agency_id: agency, role, is_head: head });
		return { changed: true };
	}),
	remove: acting(Person, async ({ person }, event) => {
		const workspace = await requireWorkspace(event);
		await removeMember(event.locals.supabase, workspace.id, person);
		return { removed: true };
	}),
	removeGuest: acting(Person, async ({ person }, event) => {
		const workspace = await requireWorkspace(event);
		await removeGuest(event.locals.supabase, workspace.id, person);
		return { removed: true };
	}),
	offerReset: acting(Person, async ({ person }, event) => {
		await requireWorkspace(event);
		claim(passwordResetLimit, requirePerson(event).id);
		const origin = publicOrigin(app().config.origin, event.url);
		return { link: await offerPasswordReset(event.locals.supabase, person, origin) };
	})
};
