import * as v from 'valibot';
import { removeGuest } from '$lib/accounts/guests.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { WORKSPACE } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Takes back all that a guest was invited to. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		await removeGuest(event.locals.supabase, id, event.params.person);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: {
		summary: 'Takes back all that a guest was invited to.',
		query: v.object({ workspace: WORKSPACE }),
		refusals: [403],
		answer: { status: 204, is: 'removed' }
	}
};
