import { error, redirect } from '@sveltejs/kit';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { deleteForGood } from '$lib/documents/library/documents.server.ts';
import { ConfirmedDeletion } from '$lib/documents/library/input.ts';
import { listTrash } from '$lib/documents/library/list.server.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the dialog of the trash does, for who comes before its scripts have loaded. */
export const load: PageServerLoad = async ({ params, locals, parent }) => {
	const { workspace } = await parent();
	const document = (await listTrash(locals.supabase, workspace.id)).find(({ id }) => id === params.document);
	if (!document?.canDelete || document.keptUntil !== null) error(404);
	return { document };
};

export const actions: Actions = {
	default: acting(ConfirmedDeletion, async ({ reason }, event) => {
		const { slug } = await requireWorkspace(event);
		await deleteForGood(event.locals.supabase, event.params.document, reason);
		redirect(303, `/${slug}/trash`);
	})
};
