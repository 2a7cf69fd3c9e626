import { createHash } from 'node:crypto';
import { Refusal } from './edge/refusal.ts';
import type { Sql } from './sql.ts';

/** A POST that may be sent again because its answer was lost. */
export interface Attempt {
	personId: string;
	/** SvelteKit's name of the route. */
	route: string;
	/** The Idempotency-Key of the request; null when it has none, and then each request is done anew. */
	key: string | null;
	/** What was asked for, as the schema read it. */
	input: unknown;
}

/** To be called in the transaction of what is made, with what is answered. */
export type Remember<Made> = (tx: Sql, made: Made) => Promise<void>;

/** Another request with the same key was quicker. */
class KeyTaken extends Error {}

/**
 * Does `work` once for each key: whoever asks again with the same key and input within a day gets the same answer, also when
 * both ask at once, and nothing is made twice. What is made and what is remembered is one transaction, so `work` must call
 * `remember` in its own. System door: what was answered is nobody's row. @throws Refusal 422 for another input
 */
export async function once<Made extends object>(
	sql: Sql,
	attempt: Attempt,
	work: (remember: Remember<Made>) => Promise<Made>
): Promise<Made> {
	const { personId, route, key } = attempt;
	if (key === null) return work(async () => {});
	const hash = createHash('sha256').update(JSON.stringify(attempt.input)).digest('hex');
	const earlier = await find<Made>(sql, attempt, hash);
	if (earlier) return earlier;
	try {
		return await work(async (tx, made) => {
			const rows = await tx.query(
				`insert into private.idempotency_keys (person_id, route, key, body_hash, answer) values ($1, $2, $3, $4, $5::text::jsonb)
				on conflict (person_id, route, key) do update set body_hash = excluded.body_hash, answer = excluded.answer, created_at = now()
					where idempotency_keys.created_at <= now() - interval '1 day'
				returning 1`,
				[personId, route, key, hash, JSON.stringify(made)]
			);
			if (rows.length === 0) throw new KeyTaken();
		});
	} catch (error) {
		const quicker = isTaken(error) ? await find<Made>(sql, attempt, hash) : null;
		if (!quicker) throw error;
		return quicker;
	}
}

async function find<Made>(sql: Sql, { personId, route, key }: Attempt, hash: string): Promise<Made | null> {
	const [row] = await sql.query<{ body_hash: string; answer: Made }>(
		`select body_hash, answer from private.idempotency_keys
		where person_id = $1 and route = $2 and key = $3 and created_at > now() - interval '1 day'`,
		[personId, route, key]
	);
	if (!row) return null;
	if (row.body_hash !== hash) throw new Refusal(422, { field: 'Idempotency-Key', key: 'errors_refused_key_used' });
	return row.answer;
}

/** Forgets answers that nobody can ask for any more. */
export async function forgetAnswers(sql: Sql): Promise<void> {
	await sql.query(`delete from private.idempotency_keys where created_at <= now() - interval '1 day'`);
}

// What a transaction throws may come back wrapped.
function isTaken(error: unknown): boolean {
	return error instanceof KeyTaken || (error instanceof Error && isTaken(error.cause));
}
