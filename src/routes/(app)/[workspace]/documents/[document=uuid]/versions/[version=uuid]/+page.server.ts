import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { requirePerson, requireWorkspace } from '$lib/accounts/guards.server.ts';
import { isTextOpen } from '$lib/documents/library/documents.ts';
import { findOpenDocument } from '$lib/documents/library/documents.server.ts';
import { longWork } from '$lib/documents/library/long-work.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { restoreVersion } from '$lib/versions/restorations.server.ts';
import { WHOLE } from '$lib/versions/restorations.ts';
import { getVersion, provisionsOf, versionPart } from '$lib/versions/versions.server.ts';
import type { Actions, PageServerLoad } from './$types';

const Restoring = v.object({ uid: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) });

/** A version with its text, printed with its numbers. */
export const load: PageServerLoad = async ({ params, locals, parent, request }) => {
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	const version = await getVersion(locals.supabase, params.version);
	if (version.documentId !== document.id) error(404);
	const canRestore = document.canWrite && isTextOpen(document.state);
	const [part, provisions] = await Promise.all([
		versionPart(app(), version, request.signal),
		canRestore ? provisionsOf(app().sql, version.id) : null
	]);
	return { document, version, part, provisions };
};

export const actions: Actions = {
	restore: acting(Restoring, async ({ uid }, event) => {
		await requireWorkspace(event);
		const { id: personId } = requirePerson(event);
		const { supabase } = event.locals;
		const whole = uid === WHOLE ? null : uid;
		const work = () => restoreVersion(app(), supabase, personId, event.params.version, whole);
		return { restored: (await longWork.run(personId, work)).id, uid };
	})
};
