import * as v from 'valibot';
import { addAgency, changeAgency, closeAgency, deleteAgency } from '$lib/accounts/agencies.server.ts';
import { optionalId, uuid } from '$lib/accounts/fields.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { Closing, NewAgency } from '$lib/accounts/input.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions } from './$types';

/** Without an id a new one. */
const Agency = v.object({ id: optionalId, ...NewAgency.entries });
const Named = v.object({ id: uuid });

export const actions: Actions = {
	save: acting(Agency, async ({ id, ...agency }, event) => {
		const workspace = await requireWorkspace(event);
		const { supabase } = event.locals;
		await (id ? changeAgency(supabase, id, agency) : addAgency(supabase, workspace.id, agency));
		return { name: agency.name };
	}),
	close: acting(v.object({ ...Named.entries, ...Closing.entries }), async ({ id, successorId }, event) => {
		await requireWorkspace(event);
		await closeAgency(event.locals.supabase, id, successorId);
		return { closed: true };
	}),
	delete: acting(Named, async ({ id }, event) => {
		await requireWorkspace(event);
		await deleteAgency(event.locals.supabase, id);
		return { deleted: true };
	})
};
