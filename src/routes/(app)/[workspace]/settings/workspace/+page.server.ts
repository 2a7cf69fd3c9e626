import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { WorkspaceChange } from '$lib/accounts/input.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { Retention } from '$lib/documents/library/input.ts';
import { findRetention, saveRetention } from '$lib/documents/library/retention.server.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals }) => ({
	retention: await findRetention(locals.supabase, (await parent()).workspace.id)
});

export const actions: Actions = {
	rename: acting(WorkspaceChange, async ({ name }, event) => {
		const workspace = await requireWorkspace(event);
		await renameWorkspace(event.locals.supabase, workspace.id, name);
		return { saved: true };
	}),
	retention: acting(Retention, async (periods, event) => {
		const workspace = await requireWorkspace(event);
		await saveRetention(event.locals.supabase, workspace.id, periods);
		return { kept: true };
	})
};
