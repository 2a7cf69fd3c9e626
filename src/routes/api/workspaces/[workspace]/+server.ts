import { WorkspaceChange } from '$lib/accounts/input.ts';
import { findMyWorkspace, renameWorkspace } from '$lib/accounts/workspaces.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { Refusal } from '$lib/server/edge/refusal.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The workspace with this slug or id, the place of who asks in it, and what that lets them do. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { slug } = await getStanding(event.locals.supabase, person.id, event.params.workspace);
		const workspace = await findMyWorkspace(event.locals.supabase, slug);
		if (!workspace) throw new Refusal(404);
		return Response.json(workspace);
	});

/** `{name}`: renames it; its address stays. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const { name } = await readBody(WorkspaceChange, event.request);
		const { id } = await getStanding(event.locals.supabase, person.id, event.params.workspace);
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
