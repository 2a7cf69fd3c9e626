import * as v from 'valibot';
import { line } from '$lib/accounts/fields.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { findRetention, saveRetention, type RetentionPeriods } from '$lib/documents/library/retention.server.ts';
import { KINDS } from '$lib/documents/schema/kinds.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { acting } from '$lib/server/edge/acting.ts';
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
	rename: acting(v.object({ name: line() }), async ({ name }, event) => {
		const workspace = await requireWorkspace(event);
		await renameWorkspace(event.locals.supabase, workspace.id, name);
		return { saved: true };
	}),
	retention: acting(Retention, async (periods, event) => {
		const workspace = await requireWorkspace(event);
		await saveRetention(event.locals.supabase, workspace.id, periods as RetentionPeriods);
		return { kept: true };
	})
};
