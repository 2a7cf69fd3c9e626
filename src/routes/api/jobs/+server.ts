import * as v from 'valibot';
import { getWatchedId } from '$lib/documents/library/workspaces.server.ts';
import { answering, signedIn } from '$lib/server/edge/answering.ts';
import { readQuery } from '$lib/server/edge/input.ts';
import { WORKSPACE } from '$lib/server/edge/paging.ts';
import { JOB_STATES, listJobs } from '$lib/server/jobs/job-list.ts';
import type { Operations } from '$lib/server/openapi/operation.ts';
import type { RequestHandler } from './$types';

const Asked = v.object({ workspace: WORKSPACE, state: v.optional(v.picklist(JOB_STATES)) });

/** The newest 200 jobs of a workspace, and since when its work is held: `{items, next: null, heldAt}`; for its owners. */
export const GET: RequestHandler = (event) =>
	answering(async () => {
		signedIn(event);
		const { workspace, state } = readQuery(Asked, event.url);
		const id = await getWatchedId(event.locals.supabase, workspace ?? null);
		const { jobs: items, heldAt } = await listJobs(event.locals.supabase, id, state ?? null);
		return Response.json({ items, next: null, heldAt });
	});

export const _operations: Operations = {
	GET: {
		summary: 'The newest 200 jobs of a workspace, and since when its work is held; for its owners.',
		query: Asked,
		answer: {
			status: 200,
			is: '{items: [{id, kind, state, runAt, attempts, progress, reason, createdAt, endedAt}], next, heldAt}'
		}
	}
};
