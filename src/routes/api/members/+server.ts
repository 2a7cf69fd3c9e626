import * as v from 'valibot';
import { listMembers, listPasswordRequests } from '$lib/accounts/members.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { PAGING, WORKSPACE, pieceOf } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The members of a workspace, in the order in which they came; `id` is the person's: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		const { supabase } = event.locals;
		const [members, requests] = await Promise.all([listMembers(supabase, id), listPasswordRequests(supabase)]);
		const items = members.map(({ personId: id, ...member }) => ({
			id,
			...member,
			passwordRequestedAt: requests[id] ?? null
		}));
		return Response.json(pieceOf(items, event.url));
	});

export const _operations: Operations = {
	GET: {
		summary: 'The members of a workspace; `id` is the person’s.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: {
			status: 200,
			is: '{items: [{id, fullName, positionTitle, email, role, isHead, joinedAt, agencyId, agencyName, agencyShortName, colour, can…, passwordRequestedAt}], next, total}'
		}
	}
};
