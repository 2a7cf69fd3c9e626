import type { Sql } from '../sql.ts';

export interface NewJob {
	kind: string;
	/** Of one kind and key one job is open at a time. */
	key: string;
	payload?: object;
	workspaceId?: string | null;
	/** Not before this time. */
	runAt?: Date;
	/** Never again, also when it is done. */
	once?: boolean;
}

/** Queues a job, in the transaction of what it follows from. Null when the same is open already, or may be only once and was. */
export async function queueJob(
	tx: Sql,
	{ kind, key, payload = {}, workspaceId = null, runAt, once = false }: NewJob
): Promise<string | null> {
	const [{ id }] = await tx.query<{ id: string | null }>(
		'select private.queue_job($1, $2, $3::text::jsonb, $4, coalesce($5::timestamptz, now()), $6) as id',
		[kind, key, JSON.stringify(payload), workspaceId, runAt?.toISOString() ?? null, once]
	);
	return id;
}

/** A job that this node has taken, until `leased_until`. */
export interface Lease {
	id: string;
	kind: string;
	key: string;
	workspaceId: string | null;
	payload: unknown;
	attempt: number;
}

/** Of the kinds in `$1`, and of no workspace that is held. */
const OURS = `kind = any (string_to_array($1, ',')) and not exists (select 1 from public.work_holds h where h.workspace_id = j.workspace_id)`;

/** Leases of one node. A lease is lost when it runs out, or an owner gives the job up. */
export class Leases {
	readonly #sql: Sql;
	readonly #node: string;
	readonly #leaseMs: number;

	constructor(sql: Sql, node: string, leaseMs: number) {
		this.#sql = sql;
		this.#node = node;
		this.#leaseMs = leaseMs;
	}

	/** Takes up to `most` jobs that are due, also those of a node that has fallen silent. */
	async take(kinds: readonly string[], most: number): Promise<Lease[]> {
		return this.#sql.query<Lease>(
			`update public.jobs set state = 'running', attempts = attempts + 1, leased_by = $2, leased_until = now() + $3 * interval '1 ms'
			where id in (
				select id from public.jobs j
				where ${OURS} and ((state = 'waiting' and run_at <= now()) or (state = 'running' and leased_until < now()))
				order by run_at limit $4 for update skip locked)
			returning id, kind, key, workspace_id as "workspaceId", payload, attempts as attempt`,
			[kinds.join(','), this.#node, this.#leaseMs, most]
		);
	}

	/** When the next job of these kinds is due, in ms from now; null when none waits. */
	async nextInMs(kinds: readonly string[]): Promise<number | null> {
		const [{ ms }] = await this.#sql.query<{ ms: number | null }>(
			`select ceil(extract(epoch from min(case state when 'waiting' then run_at else leased_until end) - now()) * 1000)::float8 as ms
			from public.jobs j where state in ('waiting', 'running') and ${OURS}`,
			[kinds.join(',')]
		);
		return ms;
	}

	/** Keeps a job, and says how much of it is done. False when the lease is lost. */
	renew(lease: Lease, progress: number): Promise<boolean> {
		return this.#change(this.#sql, lease, `leased_until = now() + $4 * interval '1 ms', progress = $5`, [
			this.#leaseMs,
			Math.min(1, Math.max(0, progress))
		]);
	}

	/** Ends a job. False when the lease is lost. */
	done(lease: Lease, tx: Sql = this.#sql): Promise<boolean> {
		return this.#change(
			tx,
			lease,
			`state = 'done', progress = 1, reason = null, ended_at = now(), leased_by = null, leased_until = null`
		);
	}

	/** Gives a job back, to be tried again after so many ms; null: never. */
	failed(lease: Lease, reason: string, retryInMs: number | null): Promise<boolean> {
		const ended = `reason = $4, leased_by = null, leased_until = null`;
		if (retryInMs === null) return this.#change(this.#sql, lease, `state = 'failed', ended_at = now(), ${ended}`, [reason]);
		return this.#change(this.#sql, lease, `state = 'waiting', run_at = now() + $5 * interval '1 ms', ${ended}`, [
			reason,
			retryInMs
		]);
	}

	/** Gives a job back as if it had not been taken. */
	giveBack(lease: Lease): Promise<boolean> {
		return this.#change(this.#sql, lease, `state = 'waiting', attempts = attempts - 1, leased_by = null, leased_until = null`);
	}

	async #change(tx: Sql, { id, attempt }: Lease, changes: string, params: unknown[] = []): Promise<boolean> {
		const rows = await tx.query(
			`update public.jobs set ${changes} where id = $1 and leased_by = $2 and attempts = $3 returning 1`,
			[id, this.#node, attempt, ...params]
		);
		return rows.length > 0;
	}
}
