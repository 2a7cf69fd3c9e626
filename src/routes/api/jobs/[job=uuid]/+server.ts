import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readBody } from '$lib/server/edge/input.ts';
import { JobChange } from '$lib/server/jobs/input.ts';
import { decideJob } from '$lib/server/jobs/job-list.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** `{state: 'waiting'}` has a failed or discarded job tried again, `{state: 'discarded'}` gives one up. 204. */
export const PATCH: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { state } = await readBody(JobChange, event.request);
		await decideJob(event.locals.supabase, event.params.job, state === 'waiting' ? 'retry' : 'discard');
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	PATCH: {
		summary: 'Has a failed or discarded job tried again, or gives one up; for owners.',
		body: JobChange,
		refusals: [409],
		answer: { status: 204, is: 'done' }
	}
};
