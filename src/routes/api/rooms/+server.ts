import * as v from 'valibot';
import { readLiveRooms, titlesAs } from '$lib/collab/live-rooms/live-rooms.server.ts';
import { getWatchedId } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { WORKSPACE } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The open documents of a workspace with who is in them, and how the nodes are: `{items, next: null, at, node, nodes, silent, isBusUp}`; for its owners. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { supabase } = event.locals;
		const id = await getWatchedId(supabase, event.url.searchParams.get('workspace'));
		const { rooms: items, ...nodes } = await readLiveRooms(titlesAs(supabase, id), id, app().sync);
		return Response.json({ items, next: null, ...nodes });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The open documents of a workspace with who is in them, and how the nodes are; for its owners.',
		query: v.object({ workspace: WORKSPACE }),
		answer: { status: 200, is: '{items, next, at, node, nodes, silent, isBusUp}' }
	}
};
