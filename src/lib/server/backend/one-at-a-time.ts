import type { Sql } from '../sql.ts';

const LOCK = 4_817_220_601;

/**
 * Runs `work` while no other node of this installation runs its own. Roles, schemas and grants cannot be made by two
 * sessions at once, whatever `if not exists` promises ("tuple concurrently updated"). The turn ends with the connection
 * that holds it, so a node that dies holds nobody up. Not for the embedded database, whose one session it would take.
 */
export function oneAtATime<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
	return sql.transaction(async (turn) => {
		// Waiting for the others and working while this session rests may both take long.
		await turn.script('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
		await turn.query('select pg_advisory_xact_lock($1)', [LOCK]);
		return work();
	});
}
