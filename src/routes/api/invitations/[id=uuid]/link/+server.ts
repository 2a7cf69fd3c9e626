import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { copyLink } from '$lib/accounts/invitations.server.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Makes one more link to an open invitation: answers 201 `{link}`. It is in this answer and nowhere else. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		claim(invitationLimit, signedIn(event).id);
		const link = await copyLink(event.locals.supabase, event.params.id, publicOrigin(app().config.origin, event.url));
		return Response.json({ link }, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Makes one more link to an open invitation. It is in this answer and nowhere else.',
		refusals: [403],
		answer: { status: 201, is: '{link}' }
	}
};
