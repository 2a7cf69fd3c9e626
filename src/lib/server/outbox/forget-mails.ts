import type { Sql } from '../sql.ts';

/** Long enough to find out why a mail did not arrive. */
const KEPT = '90 days';

/** Removes the addresses of mails that ended long ago. System door: there is nobody to ask. */
export async function forgetMails(sql: Sql): Promise<void> {
	await sql.query('select private.forget_mails($1)', [KEPT]);
}
