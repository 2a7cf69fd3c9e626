import { redirect } from '@sveltejs/kit';
import { requirePerson } from '$lib/accounts/guards.server.ts';
import { documentHref } from '$lib/documents/library/documents.ts';
import { NewDocument } from '$lib/documents/library/input.ts';
import { listAgencies } from '$lib/documents/library/list.server.ts';
import { createFromTemplate } from '$lib/documents/library/new-document.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the library's dialog does, for who comes before its scripts have loaded. */
export const load: PageServerLoad = async ({ parent, locals }) => {
	const { workspace, me, can } = await parent();
	const agencies = await listAgencies(locals.supabase, workspace.id);
	return { agencies: can.chooseLead ? agencies : agencies.filter(({ id }) => id === me.agencyId) };
};

export const actions: Actions = {
	default: acting(NewDocument, async (input, event) => {
		const person = requirePerson(event);
		const { supabase } = event.locals;
		const standing = await getStanding(supabase, event.params.workspace);
		const { id } = await createFromTemplate(app(), supabase, person, standing, input);
		redirect(303, documentHref(standing.slug, id));
	})
};
