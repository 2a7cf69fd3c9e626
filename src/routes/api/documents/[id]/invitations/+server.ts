import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { invitationLimit } from '$lib/accounts/limits.server.ts';
import { answering, readJson, signedIn } from '$lib/documents/library/api.server.ts';
import { inviteGuest } from '$lib/documents/library/guest-invitations.server.ts';
import { app } from '$lib/server/app.ts';
import { Refusal } from '$lib/server/sqlstate.ts';
import type { RequestHandler } from './$types';

/** `{organisation, role, email?, days?}`: a link that makes its bearer a guest on this document; answers 201 `{link, mailed}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const person = signedIn(event);
		const body = await readJson(event.request);
		if (invitationLimit.attempt(person.id) > 0) throw new Refusal(429);
		const made = await inviteGuest(
			app(),
			event.locals.supabase,
			event.params.id,
			body,
			publicOrigin(app().config.origin, event.url)
		);
		return Response.json(made, { status: 201 });
	});
