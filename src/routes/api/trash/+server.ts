import * as v from 'valibot';
import { listTrash } from '$lib/documents/library/list.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { PAGING, WORKSPACE, pieceOf } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What the person may take out of the trash of a workspace, last thrown away first: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		return Response.json(pieceOf(await listTrash(event.locals.supabase, id), event.url));
	});

export const _operations: Operations = {
	GET: {
		summary: 'What the person may take out of the trash of a workspace, or delete for good.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: { status: 200, is: '{items: [a document, trashedByName, canDelete, keptUntil], next, total}' }
	}
};
