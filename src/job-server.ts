import { forgetDeparted } from './lib/accounts/forget-departed.server.ts';
import { accountTemplates } from './lib/accounts/mail-templates.server.ts';
import { forgetPastBodies } from './lib/collab/persistence/past-bodies.server.ts';
import { forgetExports } from './lib/documents/library/exports.server.ts';
import { makeExport } from './lib/documents/library/make-export.server.ts';
import { noticeTemplates } from './lib/notices/mail-templates.server.ts';
import { forgetNotices, queueDigests } from './lib/notices/notices.server.ts';
import type { App } from './lib/server/app.ts';
import { forgetAnswers } from './lib/server/idempotency.ts';
import { forgetJobs } from './lib/server/jobs/forget-jobs.ts';
import type { JobHandler } from './lib/server/jobs/job.ts';
import { type Jobs, startJobs } from './lib/server/jobs/jobs.ts';
import { type Appointment, keepTimetable } from './lib/server/jobs/timetable.ts';
import { forgetMails } from './lib/server/outbox/forget-mails.ts';
import { SEND_MAIL, sendMails } from './lib/server/outbox/send-mail.ts';
import { openTransport } from './lib/server/outbox/transport.ts';
import { exposeMails } from './lib/server/outbox/waiting-mails.ts';
import { makeRestorePoint, queueRestorePoints, RESTORE_POINT } from './lib/versions/restore-points.server.ts';

/** What is done at which time, every day in a quiet hour unless it says otherwise. */
const TIMETABLE: readonly Appointment[] = [
	{ kind: 'housekeeping', at: '15 3 * * *' },
	{ kind: 'notice-digest', at: '30 7 * * *' },
	// Each workspace has its own evening.
	{ kind: 'restore-points', at: '5 * * * *' }
];

/** Joins background work with the domains: which function does which kind of job, and what is done when. */
export async function startWork({
	sql,
	files,
	log,
	sync,
	config,
	metrics
}: Pick<App, 'sql' | 'files' | 'log' | 'sync' | 'config' | 'metrics'>): Promise<Jobs> {
	const transport = openTransport(config);
	const handlers: Record<string, JobHandler> = {
		'make-export': makeExport({ sql, files, sync }) as JobHandler,
		'restore-points': () => queueRestorePoints(sql),
		[RESTORE_POINT]: makeRestorePoint({ sql, files, sync }) as JobHandler,
		'notice-digest': () => queueDigests(sql),
		housekeeping: async () => {
			await forgetPastBodies(sql);
			await forgetJobs(sql);
			await forgetAnswers(sql);
			await forgetDeparted(sql);
			await forgetExports(sql);
			await forgetMails(sql);
			await forgetNotices(sql);
			await files.sweep();
		},
		// Without a mail server nobody takes the mails: they wait.
		...(transport && {
			[SEND_MAIL]: sendMails({
				sql,
				transport,
				templates: { ...accountTemplates(config.origin!), ...noticeTemplates(config.origin!) }
			})
		})
	};
	exposeMails(metrics, sql);
	const jobs = await startJobs({ sql, log, node: sync.node, handlers });
	const timetable = keepTimetable(sql, TIMETABLE, (error) =>
		log.warn({ reason: (error as Error).message }, 'a job of the timetable was not queued')
	);
	return {
		wake: () => jobs.wake(),
		stop: () => {
			timetable.stop();
			return jobs.stop();
		}
	};
}
