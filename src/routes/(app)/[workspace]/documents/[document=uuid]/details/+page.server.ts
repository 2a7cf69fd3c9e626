import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { requireWorkspace } from '$lib/accounts/guards.server.ts';
import { changeDocument, findOpenDocument, trashDocument } from '$lib/documents/library/documents.server.ts';
import { moveReason, moveState, title } from '$lib/documents/library/input.ts';
import { PROFILE_IDS } from '$lib/documents/schema/profiles.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whoever changes a document says which revision of it they have seen. */
const revision = v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger());
const Renaming = v.object({ title, revision });
const Moving = v.object({ state: moveState, reason: v.optional(moveReason), revision });
const ChoosingProfile = v.object({ profile: v.picklist(PROFILE_IDS, m.library_error_profile), revision });

/** What the menus and dialogs of a document do, for who comes before their scripts have loaded. */
export const load: PageServerLoad = async ({ params, locals, parent }) => {
	const { workspace } = await parent();
	const { document } = (await findOpenDocument(locals.supabase, workspace.id, params.document)) ?? error(404);
	return { document };
};

export const actions: Actions = {
	rename: acting(Renaming, async ({ title, revision }, event) => {
		await requireWorkspace(event);
		try {
			await changeDocument(event.locals.supabase, event.params.document, revision, { title });
		} catch (refused) {
			// Beside the field, with what was typed; the page has the present name and revision by then.
			if (refused instanceof Refusal && refused.status === 409)
				throw new Refusal(409, { key: refused.key ?? undefined, field: 'title' });
			throw refused;
		}
		return { renamed: title };
	}),
	move: acting(Moving, async ({ state, reason, revision }, event) => {
		await requireWorkspace(event);
		await changeDocument(event.locals.supabase, event.params.document, revision, { state, reason });
		return { moved: state };
	}),
	profile: acting(ChoosingProfile, async ({ profile, revision }, event) => {
		await requireWorkspace(event);
		const id = event.params.document;
		try {
			await changeDocument(event.locals.supabase, id, revision, { profile });
		} catch (refused) {
			if (refused instanceof Refusal && refused.status === 409)
				throw new Refusal(409, { key: refused.key ?? undefined, field: 'profile' });
			throw refused;
		}
		await app().layOut(id, event.locals.person!.id);
		return { laidOut: true };
	}),
	trash: acting(v.object({}), async (_nothing, event) => {
		const { slug } = await requireWorkspace(event);
		await trashDocument(event.locals.supabase, event.params.document);
		redirect(303, `/${slug}/trash`);
	})
};
