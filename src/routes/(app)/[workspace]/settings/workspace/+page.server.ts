import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { line } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import type { Actions } from './$types';

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
	}
};
