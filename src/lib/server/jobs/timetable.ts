import { Cron } from 'croner';
import type { Sql } from '../sql.ts';
import { queueJob } from './queue.ts';

/** Times are those of the installation's country; a workspace with another time zone counts its own days in what a job does. */
const TIME_ZONE = 'Asia/Ho_Chi_Minh';

export interface Appointment {
	kind: string;
	/** Minute, hour, day of the month, month, day of the week, as for cron. */
	at: string;
}

/** Queues jobs at their times. Every node has the timetable and queues them; each time is one job all the same. */
export function keepTimetable(
	sql: Sql,
	appointments: readonly Appointment[],
	onTrouble: (error: unknown) => void
): { stop(): void } {
	const clocks = appointments.map(({ kind, at }) => {
		const queue = async (clock: Cron) => {
			const minute = (clock.currentRun() ?? new Date()).toISOString().slice(0, 16);
			await queueJob(sql, { kind, key: minute, once: true });
		};
		return new Cron(at, { timezone: TIME_ZONE, unref: true, catch: onTrouble }, queue);
	});
	return { stop: () => clocks.forEach((clock) => clock.stop()) };
}
