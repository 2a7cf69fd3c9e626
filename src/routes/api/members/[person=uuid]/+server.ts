import * as v from 'valibot';
import { PlaceChange } from '$lib/accounts/input.ts';
import { changeMember, removeMember } from '$lib/accounts/members.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { WORKSPACE } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Changes what is given of a member's place: `{role, agencyId, isHead}`. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const place = await readBody(PlaceChange, event.request);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		await changeMember(event.locals.supabase, id, event.params.person, place);
		return new Response(null, { status: 204 });
	});

/** Takes a person out of the workspace, with what they were given there personally. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		await removeMember(event.locals.supabase, id, event.params.person);
		return new Response(null, { status: 204 });
	});

const query = v.object({ workspace: WORKSPACE });

export const _operations: Operations = {
	PATCH: {
		summary: 'Changes what is given of a member’s role, agency and whether they head it.',
		query,
		body: PlaceChange,
		refusals: [403],
		answer: { status: 204, is: 'changed' }
	},
	DELETE: {
		summary: 'Takes a person out of the workspace, with what they were given there personally.',
		query,
		refusals: [403],
		answer: { status: 204, is: 'removed' }
	}
};
