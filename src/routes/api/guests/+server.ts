import * as v from 'valibot';
import { listGuests } from '$lib/accounts/guests.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { PAGING, WORKSPACE, pieceOf } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The guests of a workspace with whom the member who asks shares something; `id` is the person's: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		const guests = await listGuests(event.locals.supabase, id);
		const items = guests.map(({ personId: id, ...guest }) => ({ id, ...guest }));
		return Response.json(pieceOf(items, event.url));
	});

export const _operations: Operations = {
	GET: {
		summary: 'The guests of a workspace, for members who share something with them; `id` is the person’s.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: { status: 200, is: '{items: [{id, fullName, organisation, email, joinedAt, documentCount, canRemove}], next, total}' }
	}
};
