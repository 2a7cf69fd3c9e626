import * as v from 'valibot';
import { addAgency, changeAgency, closeAgency, deleteAgency } from '$lib/accounts/agencies.server.ts';
import { line, uuid } from '$lib/accounts/fields.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { acting } from '$lib/server/edge/acting.ts';
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
	parentId: v.union([v.literal(''), uuid])
});

const Closing = v.object({ id: uuid, successorId: v.union([v.literal(''), uuid]) });

export const actions: Actions = {
	save: acting(Agency, async ({ id, name, shortName, code, colour, parentId }, event) => {
		const workspace = await requireWorkspace(event);
		const { supabase } = event.locals;
		const fields = { name, short_name: shortName, code, colour, parent_id: parentId || null };
		await (id ? changeAgency(supabase, id, fields) : addAgency(supabase, workspace.id, fields));
		return { name };
	}),
	close: acting(Closing, async ({ id, successorId }, event) => {
		await requireWorkspace(event);
		await closeAgency(event.locals.supabase, id, successorId || null);
		return { closed: true };
	}),
	delete: acting(v.object({ id: uuid }), async ({ id }, event) => {
		await requireWorkspace(event);
		await deleteAgency(event.locals.supabase, id);
		return { deleted: true };
	})
};
