import { publicOrigin } from '$lib/accounts/guards.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { copyMailLink } from '$lib/accounts/mail-links.server.ts';
import { app } from '$lib/server/app.ts';
import { answering } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Makes a link like the one in the mail, for handing over another way; answers 201 `{link}`. It is shown only here, and not to programs. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		inSession(event); // it may be a link to somebody's password
		const link = await copyMailLink(event.locals.supabase, event.params.mail, publicOrigin(app().config.origin, event.url));
		return Response.json({ link }, { status: 201 });
	});

export const _operations: Operations = {
	POST: {
		summary: 'Makes a link like the one in the mail, for handing over another way.',
		for: 'session',
		refusals: [409],
		answer: { status: 201, is: '{link}' }
	}
};
