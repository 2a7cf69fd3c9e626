import * as v from 'valibot';
import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { NewInvitation } from '$lib/accounts/input.ts';
import { inviteMember, listInvitations } from '$lib/accounts/invitations.server.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { PAGING, WORKSPACE, pieceOf } from '$lib/server/edge/paging.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** The invitations to a workspace and to documents in it that who asks may see, the newest first: `{items, next, total}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		const invitations = await listInvitations(event.locals.supabase, id);
		return Response.json(pieceOf(invitations, event.url));
	});

/** Invites somebody to the workspace: answers 201 `{id, link, mailed}`. The link is in this answer and nowhere else. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const invitation = await readBody(NewInvitation, event.request);
		const { id } = await getStanding(event.locals.supabase, event.url.searchParams.get('workspace'));
		claim(invitationLimit, person.id);
		const origin = publicOrigin(app().config.origin, event.url);
		const made = await inviteMember(app(), event.locals.supabase, id, invitation, origin);
		return Response.json(made, { status: 201, headers: { location: `/api/invitations/${made.id}` } });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The invitations to a workspace and to documents in it, for who may make them.',
		query: v.object({ workspace: WORKSPACE, ...PAGING }),
		answer: {
			status: 200,
			is: '{items: [{id, state, role, isHead, agencyId, agencyName, email, documentId, documentTitle, createdAt, expiresAt, acceptedAt, revokedAt, canRevoke, …}], next, total}'
		}
	},
	POST: {
		summary: 'Invites somebody to the workspace. The link is in this answer and nowhere else.',
		query: v.object({ workspace: WORKSPACE }),
		body: NewInvitation,
		refusals: [403],
		answer: { status: 201, is: '{id, link, mailed}' }
	}
};
