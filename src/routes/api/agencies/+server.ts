import * as v from 'valibot';
import { listAgencies } from '$lib/accounts/agencies.server.ts';
import { apiAgency } from '$lib/accounts/agencies.ts';
import { pageOf } from '$lib/base/page-of.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { PAGING, WORKSPACE, readPaging } from '$lib/server/edge/paging.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/**
 * The agencies of a workspace (`workspace`: slug or id; else the person's last one) in the order of their names as stored, for its members:
 * `{items, next, total}`. Guests see agencies on what they are invited to only.
 */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { searchParams } = event.url;
		const { id } = await getStanding(event.locals.supabase, person.id, searchParams.get('workspace'));
		const agencies = await listAgencies(event.locals.supabase, id);
		const page = pageOf(agencies.map(apiAgency), readPaging(searchParams));
		if (!page) throw new Refusal(422, { field: 'after', key: 'library_error_after' });
		return Response.json(page);
	});

export const _operations: Operations = {
	GET: {
		summary: 'The agencies of a workspace, for its members.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: { status: 200, is: '{items: [{id, name, shortName, code, colour, parentId, memberCount, closedOn}], next, total}' }
	}
};
