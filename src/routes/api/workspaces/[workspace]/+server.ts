import { WorkspaceChange } from '$lib/accounts/input.ts';
import { renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The workspace with this slug or id, the place of who asks in it, and what that lets them do. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json(await getStanding(event.locals.supabase, event.params.workspace));
	});

/** `{name}`: renames it; its address stays. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { name } = await readBody(WorkspaceChange, event.request);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		await renameWorkspace(event.locals.supabase, id, name);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'A workspace (slug or id), the place of who asks in it, and what that lets them do.',
		answer: { status: 200, is: '{id, slug, name, role, isHead, agencyId, agencyName, agencyShortName, colour, can…}' }
	},
	PATCH: {
		summary: 'Renames a workspace; its address stays.',
		body: WorkspaceChange,
		refusals: [403],
		answer: { status: 204, is: 'renamed' }
	}
};
