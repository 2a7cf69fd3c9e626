import { parseFilters } from '$lib/documents/library/filters.ts';
import { listDocuments } from '$lib/documents/library/list.server.ts';
import type { PageServerLoad } from './$types';

/** A guest's home: the documents they are invited to, which are all that they see. */
export const load: PageServerLoad = async ({ parent, locals }) => {
	const { workspace } = await parent();
	return { documents: (await listDocuments(locals.supabase, workspace.id, parseFilters(new URLSearchParams()))).documents };
};
