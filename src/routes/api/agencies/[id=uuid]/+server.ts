import { changeAgency, deleteAgency } from '$lib/accounts/agencies.server.ts';
import { AgencyChange } from '$lib/accounts/input.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Changes what is given of an agency. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await changeAgency(event.locals.supabase, event.params.id, await readBody(AgencyChange, event.request));
		return new Response(null, { status: 204 });
	});

/** Deletes an agency that has no history; others are closed. 204. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		await deleteAgency(event.locals.supabase, event.params.id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Changes what is given of an agency.',
		body: AgencyChange,
		refusals: [403, 409],
		answer: { status: 204, is: 'changed' }
	},
	DELETE: {
		summary: 'Deletes an agency that has no history and is not in use; others are closed.',
		refusals: [403, 409],
		answer: { status: 204, is: 'deleted' }
	}
};
