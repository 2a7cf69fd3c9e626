import { findWorkspaceId } from '$lib/documents/library/workspaces.server.ts';
import { listWork } from '$lib/notices/work.server.ts';
import { WorkSearch } from '$lib/notices/work.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import type { RequestHandler } from './$types';

/** What waits for the person in a workspace: `?workspace=&kind=`; `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { workspace, kind } = readQuery(WorkSearch, event.url);
		const workspaceId = await findWorkspaceId(event.locals.supabase, person.id, workspace ?? null);
		return Response.json(await listWork(event.locals.supabase, workspaceId, kind));
	});
