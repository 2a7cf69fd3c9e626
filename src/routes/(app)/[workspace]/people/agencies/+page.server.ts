import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { addAgency, changeAgency, closeAgency, deleteAgency } from '$lib/accounts/agencies.server.ts';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { line, uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Actions } from './$types';

const Agency = v.object({
	/** Empty for a new one. */
	id: v.union([v.literal(''), uuid]),
	name: line(),
	shortName: line(40),
	code: line(30),
	colour: v.pipe(
		v.string(),
		v.regex(/^#[0-9a-f]{6}$/, () => m.accounts_error_choose())
	),
	parent: v.union([v.literal(''), uuid])
});

const Closing = v.object({ id: uuid, successor: v.union([v.literal(''), uuid]) });

export const actions: Actions = {
	save: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Agency, await event.request.formData());
		if (!input) return fail(422, refusal);
		const fields = {
			name: input.name,
			short_name: input.shortName,
			code: input.code,
			colour: input.colour,
			parent_id: input.parent || null
		};
		const { supabase } = event.locals;
		const refused = input.id ? await changeAgency(supabase, input.id, fields) : await addAgency(supabase, workspace.id, fields);
		if (refused?.code === '23505')
			return fail(409, { values, errors: { name: m.accounts_agency_name_taken() }, message: undefined });
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values, errors: {}, message });
		}
		return { name: input.name };
	},
	close: async (event) => {
		await requireWorkspace(event);
		const { input, refusal, values } = readForm(Closing, await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await closeAgency(event.locals.supabase, input.id, input.successor || null);
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values, errors: {}, message });
		}
		return { closed: true };
	},
	delete: async (event) => {
		await requireWorkspace(event);
		const { input, refusal } = readForm(v.object({ id: uuid }), await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await deleteAgency(event.locals.supabase, input.id);
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values: {}, errors: {}, message });
		}
		return { deleted: true };
	}
};
