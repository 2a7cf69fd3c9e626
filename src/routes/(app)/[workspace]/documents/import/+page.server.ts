import { requirePerson } from '$lib/accounts/guards.server.ts';
import { importDocument } from '$lib/documents/library/import.server.ts';
import { listAgencies } from '$lib/documents/library/list.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import type { readTexts } from '$lib/documents/library/read-form.server.ts';
import { withUpload, type Upload } from '$lib/documents/library/upload.server.ts';
import { app } from '$lib/server/app.ts';
import { refusing } from '$lib/server/edge/acting.ts';
import { inThread } from '$lib/server/threads/in-thread.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the library's dialog does, for who comes before its scripts have loaded. */
export const load: PageServerLoad = async ({ parent, locals }) => {
	const { workspace, me, can } = await parent();
	const agencies = await listAgencies(locals.supabase, workspace.id);
	return {
		agencies: can.chooseLead ? agencies : agencies.filter(({ id }) => id === me.agencyId),
		maxUploadBytes: app().config.maxUploadMb * 1024 * 1024
	};
};

export const actions: Actions = {
	// The form is read in a thread, from a file: it may be as large as the largest upload.
	default: async (event) => {
		const person = requirePerson(event);
		const { request, locals } = event;
		let typed: Record<string, string> = { file: '' };
		const take = async (upload: Upload) => {
			try {
				return await importDocument(app(), locals.supabase, person, upload, request.signal);
			} catch (error) {
				typed = await inThread<typeof readTexts>('documents/library/read-form.server.ts', 'readTexts', upload, {});
				throw error;
			}
		};
		try {
			return { imported: await longWork.run(person.id, () => withUpload(request, take)) };
		} catch (error) {
			return refusing(error, typed);
		}
	}
};
