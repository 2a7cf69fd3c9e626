import type { Sql } from '../server/sql.ts';

/**
 * Tells the database for the rest of the transaction who is behind what the system does, so that the audit trail names them
 * (`auth.uid()`). Gives no rights: the system door has them all already. Both spellings, because the hosted and the built-in
 * data API differ.
 */
export async function nameActor(tx: Sql, personId: string): Promise<void> {
	await tx.query(`select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`, [
		personId,
		JSON.stringify({ sub: personId })
	]);
}
