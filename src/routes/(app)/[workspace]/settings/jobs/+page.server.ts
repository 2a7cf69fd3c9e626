import * as v from 'valibot';
import { uuid } from '$lib/accounts/fields.ts';
import { requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { acting } from '$lib/server/edge/acting.ts';
import { decideJob, JOB_STATES, listJobs, releaseWork } from '$lib/server/jobs/job-list.ts';
import type { Actions, PageServerLoad } from './$types';

const State = v.fallback(v.nullable(v.picklist(JOB_STATES)), null);
const Chosen = v.object({ job: uuid });

export const load: PageServerLoad = async (event) => {
	const workspace = await requireRoomWatcher(event);
	const state = v.parse(State, event.url.searchParams.get('state') || null);
	return { state, ...(await listJobs(event.locals.supabase, workspace.id, state)) };
};

export const actions: Actions = {
	retry: deciding('retry'),
	discard: deciding('discard'),
	release: async (event) => {
		const workspace = await requireRoomWatcher(event);
		await releaseWork(event.locals.supabase, workspace.id);
		return { released: true };
	}
};

function deciding(decision: 'retry' | 'discard'): Actions[string] {
	return acting(Chosen, async ({ job }, event) => {
		await requireRoomWatcher(event);
		await decideJob(event.locals.supabase, job, decision);
		return { decided: decision };
	});
}
