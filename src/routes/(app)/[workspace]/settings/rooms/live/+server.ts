import { error, json } from '@sveltejs/kit';
import { requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { readLiveRooms } from '$lib/collab/live-rooms/live-rooms.server.ts';
import { app } from '$lib/server/app.ts';
import type { RequestHandler } from './$types';

/** What the page above shows, anew: 401 signed out, 404 no owner of the workspace. */
export const GET: RequestHandler = async (event) => {
	if (!event.locals.person) error(401);
	const workspace = await requireRoomWatcher(event);
	return json(await readLiveRooms(event.locals.supabase, workspace.id, app().sync));
};
