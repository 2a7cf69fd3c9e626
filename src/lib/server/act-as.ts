import type { Sql } from './sql.ts';

/**
 * Runs statements of a system transaction as a person: row level security decides, exactly as through the data API.
 * For what must happen together with writes that only the system may do, and for bytes too large to travel as JSON.
 * Afterwards the transaction is the system again.
 */
export async function actAs<T>(tx: Sql, personId: string, work: (tx: Sql) => Promise<T>): Promise<T> {
	const claims = JSON.stringify({ sub: personId, role: 'authenticated' });
	// auth.uid() reads one or the other of these settings, depending on the size.
	await tx.query(
		`select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('role', 'authenticated', true)`,
		[claims, personId]
	);
	// When the work throws, the transaction is rolled back and with it the role.
	const result = await work(tx);
	await tx.query(
		`select set_config('role', 'none', true), set_config('request.jwt.claims', '', true), set_config('request.jwt.claim.sub', '', true)`
	);
	return result;
}
