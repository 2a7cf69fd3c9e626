import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { disconnectEverybody, readLiveRooms, titlesAs } from '$lib/collab/live-rooms/live-rooms.server.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const workspace = await requireRoomWatcher(event);
	return { live: await readLiveRooms(titlesAs(event.locals.supabase, workspace.id), workspace.id, app().sync) };
};

export const actions: Actions = {
	disconnect: async (event) => {
		const workspace = await requireRoomWatcher(event);
		const { input, refusal, values } = readForm(v.object({ document: uuid }), await event.request.formData());
		if (!input) return fail(422, refusal);
		try {
			await disconnectEverybody(event.locals.supabase, workspace.id, input.document, app().sync);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const { status, message } = explainRefusal({ code: error.code, message: error.message });
			return fail(status, { values, errors: {}, message });
		}
		return { disconnected: true };
	}
};
