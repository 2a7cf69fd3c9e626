import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { claim, invitationLimit } from '$lib/accounts/limits.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { Guest } from '$lib/documents/library/input.ts';
import { inviteGuest } from '$lib/documents/library/guest-invitations.server.ts';
import { app } from '$lib/server/app.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{organisation, role, email?, days?}`: a link that makes its bearer a guest on this document; answers 201 `{link, mailed}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const guest = await readBody(Guest, event.request);
		claim(invitationLimit, person.id);
		const made = await inviteGuest(
			app(),
			event.locals.supabase,
			event.params.id,
			guest,
			publicOrigin(app().config.origin, event.url)
		);
		return Response.json(made, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Makes a link that makes its bearer a guest on this document.',
		body: Guest,
		refusals: [403],
		answer: { status: 201, is: '{link, mailed}' }
	}
};
