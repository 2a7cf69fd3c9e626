import { error } from '@sveltejs/kit';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { app } from '$lib/server/app.ts';
import { getVersion, versionPart } from '$lib/versions/versions.server.ts';
import type { PageServerLoad } from './$types';

/** A version with its text, printed with its numbers. */
export const load: PageServerLoad = async ({ params, locals, parent, request }) => {
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const version = await getVersion(locals.supabase, params.version);
	if (version.documentId !== document.id) error(404);
	return { document, version, part: await versionPart(app(), version, request.signal) };
};
