import { listChoices, saveChoices } from '$lib/notices/notices.server.ts';
import { NoticeChoice } from '$lib/notices/notices.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** How the person hears of each kind of thing: `{items: [{kind, channel}], next}`. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		return Response.json({ items: await listChoices(event.locals.supabase), next: null });
	});

/** Chooses anew for one kind: `{kind, channel}`. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await saveChoices(event.locals.supabase, [await readBody(NoticeChoice, event.request)]);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'How the person hears of each kind of thing.',
		answer: { status: 200, is: '{items: [{kind, channel}], next}' }
	},
	PATCH: { summary: 'Chooses anew for one kind.', body: NoticeChoice, answer: { status: 204, is: 'chosen' } }
};
