import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { claim, passwordResetLimit } from '$lib/accounts/limits.server.ts';
import { offerPasswordReset } from '$lib/accounts/password-resets.server.ts';
import { app } from '$lib/server/app.ts';
import { answering } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Makes a link by which the person chooses a new password within the hour; answers 201 `{link}`. It is shown only here, and not to programs. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		claim(passwordResetLimit, inSession(event).id);
		const origin = publicOrigin(app().config.origin, event.url);
		const link = await offerPasswordReset(event.locals.supabase, event.params.person, origin);
		return Response.json({ link }, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Makes a link by which somebody all of whose workspaces are one’s own chooses a new password.',
		for: 'session',
		answer: { status: 201, is: '{link}' }
	}
};
