import type { Logger } from '../log.ts';
import type { Sql } from '../sql.ts';
import { type Job, type JobHandler, LeaseLost, PermanentFailure } from './job.ts';
import { type Lease, Leases } from './queue.ts';

export interface JobsOptions {
	sql: Sql;
	log: Logger;
	/** Names this process in the leases. */
	node: string;
	/** By kind. */
	handlers: Record<string, JobHandler>;
	/** How many jobs this node does at the same time. */
	mostAtOnce?: number;
	/** After this time without a sign of life a job is another node's (ms). */
	leaseMs?: number;
	/** The first pause before a job is tried again (ms). Each is twice the one before. */
	retryMs?: number;
}

export interface Jobs {
	/** Looks for jobs that are due now, as after the transaction that queued one. */
	wake(): void;
	/** Takes no more jobs and gives those back that it does. */
	stop(): Promise<void>;
}

const MOST_AT_ONCE = 2;
const LEASE_MS = 60_000;
const RETRY_MS = 10_000;
const RETRY_MAX_MS = 3_600_000;
const MOST_ATTEMPTS = 8;
/** Also when nobody announced anything: an announcement may be lost with a connection. */
const LOOK_EVERY_MS = 30_000;
const LONGEST_REASON = 500;

/** Does the jobs of `public.jobs` on this node, each once on any number of nodes. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
	const worker = new JobWorker(options);
	const stopListening = await options.sql.listen('plenum_jobs', () => worker.announced());
	worker.wake();
	return {
		wake: () => worker.wake(),
		stop: async () => {
			await stopListening();
			await worker.stop();
		}
	};
}

interface Running {
	lease: Lease;
	abort: AbortController;
	progress: number;
	ended: Promise<void>;
}

class JobWorker {
	readonly #log: Logger;
	readonly #sql: Sql;
	readonly #handlers: Record<string, JobHandler>;
	readonly #leases: Leases;
	readonly #mostAtOnce: number;
	readonly #retryMs: number;
	readonly #running = new Map<string, Running>();
	#looking: Promise<void> | null = null;
	#again = false;
	#isStopping = false;
	#lookTimer: NodeJS.Timeout | undefined;
	readonly #renewTimer: NodeJS.Timeout;

	constructor({ sql, log, node, handlers, mostAtOnce = MOST_AT_ONCE, leaseMs = LEASE_MS, retryMs = RETRY_MS }: JobsOptions) {
		this.#sql = sql;
		this.#log = log;
		this.#handlers = handlers;
		this.#leases = new Leases(sql, node, leaseMs);
		this.#mostAtOnce = mostAtOnce;
		this.#retryMs = retryMs;
		this.#renewTimer = setInterval(() => void this.#renewAll(), leaseMs / 3).unref();
	}

	/** Something was queued, or an owner has given something up: perhaps what runs here. */
	announced(): void {
		void this.#renewAll();
		this.wake();
	}

	wake(): void {
		if (this.#isStopping) return;
		this.#again = true;
		this.#looking ??= this.#look().finally(() => {
			this.#looking = null;
			if (this.#again && this.#running.size < this.#mostAtOnce) this.wake();
		});
	}

	async stop(): Promise<void> {
		this.#isStopping = true;
		clearInterval(this.#renewTimer);
		clearTimeout(this.#lookTimer);
		await this.#looking;
		const running = [...this.#running.values()];
		for (const { abort } of running) abort.abort(new LeaseLost('the process stops'));
		await Promise.all(running.map(({ ended }) => ended));
	}

	async #look(): Promise<void> {
		clearTimeout(this.#lookTimer);
		let waitMs = LOOK_EVERY_MS;
		try {
			while (this.#again && !this.#isStopping) {
				this.#again = false;
				const room = this.#mostAtOnce - this.#running.size;
				if (room <= 0) break;
				const leases = await this.#leases.take(Object.keys(this.#handlers), room);
				for (const lease of leases) this.#begin(lease);
				if (leases.length === room) this.#again = true;
			}
			waitMs = Math.min(LOOK_EVERY_MS, Math.max(0, (await this.#leases.nextInMs(Object.keys(this.#handlers))) ?? LOOK_EVERY_MS));
		} catch (error) {
			this.#log.warn({ reason: (error as Error).message }, 'jobs could not be looked for');
		}
		if (this.#isStopping || this.#running.size >= this.#mostAtOnce) return;
		this.#lookTimer = setTimeout(() => this.wake(), waitMs).unref();
	}

	#begin(lease: Lease): void {
		const running: Running = { lease, abort: new AbortController(), progress: 0, ended: Promise.resolve() };
		this.#running.set(lease.id, running);
		running.ended = this.#carryOut(running).finally(() => {
			this.#running.delete(lease.id);
			this.wake();
		});
	}

	async #carryOut(running: Running): Promise<void> {
		const { lease, abort } = running;
		const { id, kind, attempt } = lease;
		let isDone = false;
		const job: Job<never> = {
			...(lease as Lease & { payload: never }),
			signal: abort.signal,
			progress: (share) => {
				running.progress = share;
				return this.#renew(running);
			},
			complete: async (effects) => {
				await this.#sql.transaction(async (tx) => {
					if (!(await this.#leases.done(lease, tx))) throw new LeaseLost('the job is not this node’s any more');
					await effects(tx);
				});
				isDone = true;
			}
		};
		try {
			abort.signal.throwIfAborted();
			await this.#handlers[kind](job);
			if (!isDone) await this.#leases.done(lease);
			this.#log.info({ job: id, kind, attempt }, 'job done');
		} catch (error) {
			if (isDone) return void this.#log.error({ job: id, kind, name: (error as Error).name }, 'a job threw after it was done');
			await this.#end(running, error).catch((reason: Error) =>
				this.#log.warn({ job: id, kind, reason: reason.message }, 'a job’s failure could not be noted')
			);
		}
	}

	async #end({ lease, abort }: Running, error: unknown): Promise<void> {
		const { id, kind, attempt } = lease;
		if (this.#isStopping) return void (await this.#leases.giveBack(lease));
		if (error instanceof LeaseLost || abort.signal.aborted) return this.#log.info({ job: id, kind, attempt }, 'job given up');
		const isPermanent = error instanceof PermanentFailure || attempt >= MOST_ATTEMPTS;
		const reason = reasonOf(error);
		this.#log.warn({ job: id, kind, attempt, reason }, isPermanent ? 'job failed' : 'job failed, to be tried again');
		await this.#leases.failed(lease, reason, isPermanent ? null : this.#pauseAfter(attempt));
	}

	/** Twice as long each time, and not the same for all that failed together. */
	#pauseAfter(attempt: number): number {
		return Math.min(RETRY_MAX_MS, this.#retryMs * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
	}

	async #renewAll(): Promise<void> {
		await Promise.all([...this.#running.values()].map((running) => this.#renew(running).catch(() => {})));
	}

	async #renew(running: Running): Promise<void> {
		if (await this.#leases.renew(running.lease, running.progress)) return;
		if (this.#running.has(running.lease.id)) running.abort.abort(new LeaseLost('the job is not this node’s any more'));
	}
}

/** Only what we wrote ourselves may be read by owners: messages of others may quote what people wrote. */
function reasonOf(error: unknown): string {
	if (error instanceof PermanentFailure) return error.message.slice(0, LONGEST_REASON);
	const { name = 'Error', code } = error as { name?: string; code?: string };
	return (code ? `${name} ${code}` : name).slice(0, LONGEST_REASON);
}
