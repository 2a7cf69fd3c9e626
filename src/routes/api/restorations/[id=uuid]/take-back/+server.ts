import { app } from '$lib/server/app.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import { takeBackRestoration } from '$lib/versions/restorations.server.ts';
import type { RequestHandler } from './$types';

/** Takes a restoration back; what others did since stays: `{beside}`. */
export const POST: RequestHandler = (event) =>
	answering(async () => {
		const { id: personId } = signedIn(event);
		return Response.json(await takeBackRestoration(app(), event.locals.supabase, personId, event.params.id));
	});

export const _operations: Operations = {
	POST: {
		summary: 'Takes a restoration back, once; what others changed since stays.',
		refusals: [403, 409],
		answer: { status: 200, is: '{beside}: how many wordings of before stand beside what others changed since' }
	}
};
