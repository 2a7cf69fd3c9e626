import { error } from '@sveltejs/kit';
import { listProposals } from '$lib/comments/proposals/proposals.server.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import type { PageServerLoad } from './$types';

const LISTED = 200;

/** What was proposed for the document, the newest first. */
export const load: PageServerLoad = async ({ params, locals, parent, depends }) => {
	depends('plenum:proposals');
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const proposals = await listProposals(locals.supabase, document.id, { limit: LISTED });
	return { document, proposals };
};
