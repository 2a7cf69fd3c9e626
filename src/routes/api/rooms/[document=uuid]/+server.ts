import * as v from 'valibot';
import { disconnectEverybody } from '$lib/collab/live-rooms/live-rooms.server.ts';
import { getWatchedId } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { WORKSPACE } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Closes everybody's connections to a document, so that all come back and resync; the audit trail has it. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { supabase } = event.locals;
		const id = await getWatchedId(supabase, event.url.searchParams.get('workspace'));
		await disconnectEverybody(supabase, id, event.params.document, app().sync);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: {
		summary: 'Closes everybody’s connections to a document, so that all come back and resync; for owners.',
		query: v.object({ workspace: WORKSPACE }),
		answer: { status: 204, is: 'closed' }
	}
};
