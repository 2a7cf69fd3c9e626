import { error } from '@sveltejs/kit';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { findTemplateFacts } from '$lib/documents/library/new-document.server.ts';
import { listWords } from '$lib/documents/spelling/words.server.ts';
import type { PageServerLoad } from './$types';

/** The document's metadata; what the person may not see does not exist. Its text comes over the live connection. */
export const load: PageServerLoad = async ({ params, locals, parent, depends }) => {
	depends('plenum:document');
	const { workspace, can } = await parent();
	const found = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const [facts, words] = await Promise.all([
		findTemplateFacts(locals.supabase, found.document),
		can.seeWorkspace ? listWords(locals.supabase, workspace.id) : null
	]);
	return { ...found, facts, words };
};
