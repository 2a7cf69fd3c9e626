import type { Sql } from '../server/sql.ts';

/** Long enough to come back, or to be asked about what one had begun. */
const KEPT = '1 year';

/** Deletes the accounts of people who left every workspace long ago. System door: there is nobody to ask. */
export async function forgetDeparted(sql: Sql): Promise<void> {
	await sql.query('select private.forget_departed($1)', [KEPT]);
}
