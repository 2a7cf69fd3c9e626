import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { restoreDocument } from '$lib/documents/library/documents.server.ts';
import { listTrash } from '$lib/documents/library/list.server.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, depends }) => {
	depends('plenum:documents');
	const { workspace } = await parent();
	return { documents: await listTrash(locals.supabase, workspace.id) };
};

export const actions: Actions = {
	restore: acting(v.object({ document: uuid }), async ({ document }, event) => {
		await requireWorkspace(event);
		await restoreDocument(event.locals.supabase, document);
		return { restored: true };
	})
};
