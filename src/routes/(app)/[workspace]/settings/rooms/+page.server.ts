import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { disconnectEverybody, readLiveRooms, titlesAs } from '$lib/collab/live-rooms/live-rooms.server.ts';
import { app } from '$lib/server/app.ts';
import { acting } from '$lib/server/edge/acting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const workspace = await requireRoomWatcher(event);
	return { live: await readLiveRooms(titlesAs(event.locals.supabase, workspace.id), workspace.id, app().sync) };
};

export const actions: Actions = {
	disconnect: acting(v.object({ document: uuid }), async (input, event) => {
		const workspace = await requireRoomWatcher(event);
		await disconnectEverybody(event.locals.supabase, workspace.id, input.document, app().sync);
		return { disconnected: true };
	})
};
