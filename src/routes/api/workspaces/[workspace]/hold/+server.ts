import { getWatchedId } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { releaseWork } from '$lib/server/jobs/job-list.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

/** Lets work and mails go on that are held since the workspace was restored. 204, also when nothing is held. */
export const DELETE: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const id = await getWatchedId(event.locals.supabase, event.params.workspace);
		await releaseWork(event.locals.supabase, id);
		return new Response(null, { status: 204 });
	});

export const _operations: Operations = {
	DELETE: {
		summary: 'Lets work and mails go on that are held since the workspace was restored; for owners.',
		answer: { status: 204, is: 'released' }
	}
};
