import { findWorkspaceId } from '$lib/documents/library/workspaces.server.ts';
import { listWork } from '$lib/notices/work.server.ts';
import { WorkSearch } from '$lib/notices/work.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** What waits for the person in a workspace: `?workspace=&kind=`; `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, kind } = readQuery(WorkSearch, event.url);
		const workspaceId = await findWorkspaceId(event.locals.supabase, workspace ?? null);
		return Response.json(await listWork(event.locals.supabase, workspaceId, kind));
	});

export const _operations: Operations = {
	GET: {
		summary: 'What waits for the person in a workspace.',
		query: WorkSearch,
		answer: { status: 200, is: '{items, next, total}' }
	}
};
