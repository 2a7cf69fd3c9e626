import type { Sql } from '../../server/sql.ts';

/** So long a text that was replaced is kept (EP2): whoever comes back later with unsent work of it can only copy that out. */
const KEPT = '90 days';

/** Deletes texts that were replaced too long ago. */
export async function forgetPastBodies(sql: Sql): Promise<void> {
	await sql.query(`delete from public.document_past_bodies where replaced_at < now() - interval '${KEPT}'`);
}
