import type { Client } from '../client.ts';
import { meaning } from '../edge/sqlstate.ts';

export const JOB_STATES = ['waiting', 'running', 'failed', 'done', 'discarded'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as an owner sees it. */
export interface ListedJob {
	id: string;
	kind: string;
	state: JobState;
	runAt: string;
	attempts: number;
	/** From 0 to 1. */
	progress: number;
	/** Why the last attempt failed. */
	reason: string | null;
	createdAt: string;
	endedAt: string | null;
}

export interface JobList {
	jobs: ListedJob[];
	/** When the workspace's work was held, as after a restore; null while it goes on. */
	heldAt: string | null;
}

/** The newest are what somebody looks for; older ones are of no use to anybody. */
const MOST_LISTED = 200;
const COLUMNS = 'id, kind, state, runAt:run_at, attempts, progress, reason, createdAt:created_at, endedAt:ended_at';

/** Jobs of a workspace, the newest first: nothing for those who are not owners. */
export async function listJobs(client: Client, workspaceId: string, state: JobState | null): Promise<JobList> {
	let jobs = client
		.from('jobs')
		.select(COLUMNS)
		.eq('workspace_id', workspaceId)
		.order('created_at', { ascending: false })
		.limit(MOST_LISTED);
	if (state) jobs = jobs.eq('state', state);
	const [listed, heldAt] = await Promise.all([jobs.throwOnError(), workHeldAt(client, workspaceId)]);
	return { jobs: listed.data, heldAt };
}

/** When the work of a workspace was held, as after a restore; null while it goes on. */
export async function workHeldAt(client: Client, workspaceId: string): Promise<string | null> {
	const { data } = await client
		.from('work_holds')
		.select('heldAt:held_at')
		.eq('workspace_id', workspaceId)
		.maybeSingle()
		.throwOnError();
	return data?.heldAt ?? null;
}

const DECISIONS = {
	retry: { name: 'retry_job', refusal: 'jobs_refused_retry' },
	discard: { name: 'discard_job', refusal: 'jobs_refused_discard' }
} as const;

/** An owner's decision about a job. @throws Refusal 409 when it is in no state for it; PostgREST's error P0002 for those who are not owners */
export async function decideJob(client: Client, job: string, decision: keyof typeof DECISIONS): Promise<void> {
	const { name, refusal } = DECISIONS[decision];
	await meaning(client.rpc(name, { job }).throwOnError(), { 55000: { key: refusal } });
}

/** Lets the work of a restored workspace go on. */
export async function releaseWork(client: Client, workspaceId: string): Promise<void> {
	await client.from('work_holds').delete().eq('workspace_id', workspaceId).throwOnError();
}
