import type { Metrics } from '../metrics.ts';
import type { Sql } from '../sql.ts';

/** Shows how many mails wait, and for how long, on `/metrics`. */
export function exposeMails(metrics: Pick<Metrics, 'askedGauge'>, sql: Pick<Sql, 'query'>): void {
	const asked = onceAtATime(() => waitingMails(sql));
	metrics.askedGauge('plenum_outbox_waiting', 'Mails that wait to be sent', async () => (await asked()).count);
	metrics.askedGauge(
		'plenum_outbox_waiting_seconds',
		'For how long the oldest of them has waited',
		async () => (await asked()).seconds
	);
}

/** The same question, which whoever asks while it is on its way waits for, too: both figures of a scrape. */
function onceAtATime<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
	let underWay: Promise<Answer> | null = null;
	return () => (underWay ??= ask().finally(() => (underWay = null)));
}

/** The mails of the installation that wait, and the age of the oldest. System door: they are of all workspaces and of none. */
async function waitingMails(sql: Pick<Sql, 'query'>): Promise<{ count: number; seconds: number }> {
	const [row] = await sql.query<{ count: number; seconds: number }>(
		`select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as seconds
		from public.outbox where state = 'queued'`
	);
	return row;
}
