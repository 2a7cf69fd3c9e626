import { MailChange } from '$lib/server/outbox/input.ts';
import { decideMail } from '$lib/server/outbox/mail-list.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{state: 'cancelled'}` stops a mail that has not gone out, `{state: 'queued'}` has one sent once more; answers 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { state } = await readBody(MailChange, event.request);
		await decideMail(event.locals.supabase, event.params.mail, state === 'cancelled' ? 'cancel' : 'send-again');
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Stops a mail that has not gone out, or has one sent once more.',
		body: MailChange,
		refusals: [403, 409],
		answer: { status: 204, is: 'done' }
	}
};
