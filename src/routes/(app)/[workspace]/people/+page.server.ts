import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { role, ticked, uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { removeGuest } from '$lib/accounts/guests.server.ts';
import { publicOrigin, requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { changeMember, removeMember } from '$lib/accounts/members.server.ts';
import { offerPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import type { Actions } from './$types';

const Place = v.object({ person: uuid, agency: uuid, role, head: ticked });
const Person = v.object({ person: uuid });

export const actions: Actions = {
	change: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Place, await event.request.formData());
		if (!input) return fail(422, refusal);
		const place = { agency_id: input.agency, role: input.role, is_head: input.head };
		const refused = await changeMember(event.locals.supabase, workspace.id, input.person, place);
		if (refused) return refuse(refused, values);
		return { changed: true };
	},
	remove: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Person, await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await removeMember(event.locals.supabase, workspace.id, input.person);
		if (refused) return refuse(refused, values);
		return { removed: true };
	},
	removeGuest: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Person, await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await removeGuest(event.locals.supabase, workspace.id, input.person);
		if (refused) return refuse(refused, values);
		return { removed: true };
	},
	offerReset: async (event) => {
		await requireWorkspace(event);
		const { input, refusal, values } = readForm(Person, await event.request.formData());
		if (!input) return fail(422, refusal);
		const seconds = passwordResetLimit.attempt(requirePerson(event).id);
		if (seconds > 0) return fail(429, { values, errors: {}, message: m.accounts_wait({ seconds }) });
		try {
			return {
				link: await offerPasswordReset(event.locals.supabase, input.person, publicOrigin(app().config.origin, event.url))
			};
		} catch (error) {
			return refuse(error as { code?: string; message: string }, values);
		}
	}
};

function refuse(error: { code?: string; message: string }, values: Record<string, string>) {
	const { status, message } = explainRefusal(error);
	return fail(status, { values, errors: {}, message });
}
