import { listTrash } from '$lib/documents/library/list.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, depends }) => {
	depends('plenum:documents');
	const { workspace } = await parent();
	return { documents: await listTrash(locals.supabase, workspace.id) };
};
