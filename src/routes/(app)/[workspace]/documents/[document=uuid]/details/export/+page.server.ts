import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { countDocumentGaps } from '$lib/documents/library/document-gaps.server.ts';
import { findOpenDocument, getDocument } from '$lib/documents/library/documents.server.ts';
import { cancelExport, listExports, requestExport } from '$lib/documents/library/exports.server.ts';
import { NewExport } from '$lib/documents/library/exports.ts';
import { isLongToWrite } from '$lib/documents/library/write-file.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

const Format = v.pick(NewExport, ['format']);

/** What the dialog for exports does, for who comes before its scripts have loaded. */
export const load: PageServerLoad = async ({ params, locals, parent }) => {
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const [exports, gaps] = await Promise.all([
		listExports(locals.supabase, `document:${document.id}`),
		countDocumentGaps(app(), locals.supabase, document.id)
	]);
	return { document, exports, gaps };
};

export const actions: Actions = {
	/** A short document comes as the answer; the file of a long one is made by a job, and listed here. */
	make: acting(Format, async ({ format }, event) => {
		await requireWorkspace(event);
		const { supabase } = event.locals;
		const document = await getDocument(supabase, event.params.document);
		if (!(await isLongToWrite(app().sql, document))) redirect(303, `/api/documents/${document.id}/export?format=${format}`);
		await requestExport(supabase, { of: `document:${document.id}`, format });
		redirect(303, event.url.pathname);
	}),
	remove: acting(v.object({ export: uuid }), async ({ export: id }, event) => {
		await requireWorkspace(event);
		await cancelExport(app(), event.locals.supabase, id);
		redirect(303, event.url.pathname);
	})
};
