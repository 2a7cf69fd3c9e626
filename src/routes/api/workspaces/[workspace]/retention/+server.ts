import { Retention } from '$lib/documents/library/input.ts';
import { findRetention, saveRetention } from '$lib/documents/library/retention.server.ts';
import { getStanding } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** For how many years documents of each kind are kept after their last official act; null: for ever. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		return Response.json(await findRetention(event.locals.supabase, id));
	});

/** The same for every kind anew. 204. */
export const PUT: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const periods = await readBody(Retention, event.request);
		const { id } = await getStanding(event.locals.supabase, event.params.workspace);
		await saveRetention(event.locals.supabase, id, periods);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	GET: {
		summary: 'For how many years documents of each kind are kept; null: for ever.',
		answer: { status: 200, is: 'years or null, by kind' }
	},
	PUT: {
		summary: 'Says anew for how many years documents of every kind are kept.',
		body: Retention,
		refusals: [403],
		answer: { status: 204, is: 'kept' }
	}
};
