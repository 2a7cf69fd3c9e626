import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { line } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { findRetention, saveRetention, type RetentionPeriods } from '$lib/documents/library/retention.server.ts';
import { KINDS } from '$lib/documents/schema/kinds.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

const years = v.union(
	[
		v.pipe(
			v.literal(''),
			v.transform(() => null)
		),
		v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(100))
	],
	() => m.library_retention_error()
);
const Retention = v.object(Object.fromEntries(KINDS.map((kind) => [kind, years])));

export const load: PageServerLoad = async ({ parent, locals }) => ({
	retention: await findRetention(locals.supabase, (await parent()).workspace.id)
});

export const actions: Actions = {
	rename: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(v.object({ name: line() }), await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await renameWorkspace(event.locals.supabase, workspace.id, input.name);
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values, errors: {}, message });
		}
		return { saved: true };
	},
	retention: async (event) => {
		const workspace = await requireWorkspace(event);
		const { input, refusal, values } = readForm(Retention, await event.request.formData());
		if (!input) return fail(422, refusal);
		const refused = await saveRetention(event.locals.supabase, workspace.id, input as RetentionPeriods);
		if (refused) {
			const { status, message } = explainRefusal(refused);
			return fail(status, { values, errors: {}, message });
		}
		return { kept: true };
	}
};
