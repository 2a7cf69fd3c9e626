import { error } from '@sveltejs/kit';
import { findDocument } from '$lib/documents/library/documents.server.ts';
import type { PageServerLoad } from './$types';

/** The document's metadata; what the person may not see does not exist. Its text comes over the live connection. */
export const load: PageServerLoad = async ({ params, locals, parent, depends }) => {
	depends('plenum:document');
	const { supabase } = locals;
	const { workspace } = await parent();
	const document = await findDocument(supabase, params.document);
	if (!document || document.workspaceId !== workspace.id || document.trashedAt) error(404);
	const { data: row } = await supabase.from('document_list').select('epoch').eq('id', document.id).maybeSingle();
	if (!row) error(404);
	return { document, epoch: row.epoch as number };
};
