import * as v from 'valibot';
import { addAgency, listAgencies } from '$lib/accounts/agencies.server.ts';
import { NewAgency } from '$lib/accounts/input.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { PAGING, WORKSPACE, pieceOf } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * The agencies of a workspace (`workspace`: slug or id; else the person's last one) in the order of their names as stored, for its members:
 * `{items, next, total}`. Guests see agencies on what they are invited to only.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		const agencies = await listAgencies(event.locals.supabase, id);
		return Response.json(pieceOf(agencies, event.url));
	});

/** One more agency: answers 201 `{id}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const agency = await readBody(NewAgency, event.request);
		const workspace = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		const { id } = await addAgency(event.locals.supabase, workspace.id, agency);
		return Response.json({ id }, { status: 201, headers: { location: `/api/agencies/${id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The agencies of a workspace, for its members.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: {
			status: 200,
			is: '{items: [{id, name, shortName, code, colour, parentId, memberCount, closedOn, successorName, can…}], next, total}'
		}
	},
	POST: {
		summary: 'Adds an agency to a workspace.',
		query: v.object({ workspace: WORKSPACE }),
		body: NewAgency,
		refusals: [403, 409],
		answer: { status: 201, is: '{id}' }
	}
};
