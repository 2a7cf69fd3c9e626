import { answering, readInput, signedIn } from '$lib/documents/library/api.server.ts';
import { MailChange } from '$lib/server/outbox/input.ts';
import { decideMail } from '$lib/server/outbox/mail-list.ts';
import type { RequestHandler } from './$types';

/** `{state: 'cancelled'}` stops a mail that has not gone out, `{state: 'queued'}` has one sent once more; answers 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { state } = await readInput(event.request, MailChange);
		await decideMail(event.locals.supabase, event.params.mail, state === 'cancelled' ? 'cancel' : 'send-again');
		return new Response(null, { status: 204 });
	});
