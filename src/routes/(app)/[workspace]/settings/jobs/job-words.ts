import { m } from '$lib/i18n/paraglide/messages.js';
import type { JobState } from '$lib/server/jobs/job-list.ts';
import type { Tone } from '$lib/ui/icon.ts';

export const STATES: Record<JobState, { label: () => string; tone: Tone }> = {
	waiting: { label: m.jobs_state_waiting, tone: 'neutral' },
	running: { label: m.jobs_state_running, tone: 'blue' },
	done: { label: m.jobs_state_done, tone: 'green' },
	failed: { label: m.jobs_state_failed, tone: 'red' },
	discarded: { label: m.jobs_state_discarded, tone: 'neutral' }
};

const KINDS: Record<string, () => string> = {
	'make-export': m.jobs_kind_make_export,
	'restore-point': m.jobs_kind_restore_point
};

/** What a job does, in words; its kind when there are none. */
export function kindName(kind: string): string {
	return KINDS[kind]?.() ?? kind;
}
