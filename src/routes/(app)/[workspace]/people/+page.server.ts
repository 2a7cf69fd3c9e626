import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { removeGuest } from '$lib/accounts/guests.server.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { Place } from '$lib/accounts/input.ts';
import { claim, passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { changeMember, removeMember } from '$lib/accounts/members.server.ts';
import { offerPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions } from './$types';

const Person = v.object({ person: uuid });
const Change = v.object({ ...Person.entries, ...Place.entries });

export const actions: Actions = {
	change: acting(Change, async ({ person, ...place }, event) => {
		const workspace = await requireWorkspace(event);
		await changeMember(event.locals.supabase, workspace.id, person, place);
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
