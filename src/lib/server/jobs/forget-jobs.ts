import type { Sql } from '../sql.ts';

/** Long enough to be asked what became of something. */
const KEPT = '30 days';
/** What may be only once must be known for as long as somebody might queue it again. */
const ONCE_KEPT = '400 days';

/** Deletes jobs that ended long ago. */
export async function forgetJobs(sql: Sql): Promise<void> {
	await sql.query(
		`delete from public.jobs where ended_at < now() - (case when once then interval '${ONCE_KEPT}' else interval '${KEPT}' end)`
	);
}
