import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { revokeGuestInvitation } from '$lib/documents/library/guest-invitations.server.ts';
import { findSharing } from '$lib/documents/library/sharing.server.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Revokes an open link and answers with who has access and which links are left. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await revokeGuestInvitation(event.locals.supabase, event.params.invitation);
		return Response.json(await findSharing(event.locals.supabase, event.params.id));
	});

export const _operations: Operations = {
	DELETE: {
		summary: 'Revokes an open link to the document.',
		refusals: [403],
		answer: { status: 200, is: 'who has access, and which links are left' }
	}
};
