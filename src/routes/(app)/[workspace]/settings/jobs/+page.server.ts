import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { explainRefusal } from '$lib/accounts/data-errors.ts';
import { uuid } from '$lib/accounts/fields.ts';
import { readForm } from '$lib/accounts/forms.ts';
import { requireRoomWatcher } from '$lib/accounts/guards.server.ts';
import { decideJob, JOB_STATES, listJobs, releaseWork } from '$lib/server/jobs/job-list.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const State = v.fallback(v.nullable(v.picklist(JOB_STATES)), null);
const Chosen = v.object({ job: uuid });

export const load: PageServerLoad = async (event) => {
	const workspace = await requireRoomWatcher(event);
	const state = v.parse(State, event.url.searchParams.get('state') || null);
	return { state, ...(await listJobs(event.locals.supabase, workspace.id, state)) };
};

export const actions: Actions = {
	retry: (event) => decide(event, 'retry'),
	discard: (event) => decide(event, 'discard'),
	release: async (event) => {
		const workspace = await requireRoomWatcher(event);
		await releaseWork(event.locals.supabase, workspace.id);
		return { released: true };
	}
};

async function decide(event: RequestEvent, decision: 'retry' | 'discard') {
	await requireRoomWatcher(event);
	const { input, refusal, values } = readForm(Chosen, await event.request.formData());
	if (!input) return fail(422, refusal);
	try {
		await decideJob(event.locals.supabase, input.job, decision);
	} catch (error) {
		const { status, message } = explainRefusal(error as Parameters<typeof explainRefusal>[0]);
		if (status === 500) throw error;
		return fail(status, { values, errors: {}, message });
	}
	return { decided: decision };
}
