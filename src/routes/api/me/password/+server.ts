import { changePassword } from '$lib/accounts/change-password.server.ts';
import { inSession } from '$lib/accounts/in-session.server.ts';
import { PasswordChange } from '$lib/accounts/input.ts';
import { app } from '$lib/server/app.ts';
import { bearerIn } from '$lib/server/bearer.ts';
import { answering } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{currentPassword, newPassword}`: changes the password and signs the person out everywhere else. 204. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		const asker = {
			person: inSession(event),
			address: event.getClientAddress(),
			bearer: bearerIn(event.request.headers.get('authorization'))
		};
		await changePassword(app(), event.locals.supabase, asker, await readBody(PasswordChange, event.request));
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PUT: {
		summary: 'Changes the password and signs the person out everywhere else.',
		body: PasswordChange,
		for: 'session',
		answer: { status: 204, is: 'changed' }
	}
};
