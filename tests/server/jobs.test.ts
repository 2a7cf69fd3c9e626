import { fork } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { type Job, type JobHandler, PermanentFailure } from '../../src/lib/server/jobs/job.ts';
import { type Jobs, startJobs } from '../../src/lib/server/jobs/jobs.ts';
import { Leases, queueJob } from '../../src/lib/server/jobs/queue.ts';
import { keepTimetable } from '../../src/lib/server/jobs/timetable.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { embeddedShelf, heardLog, postgresShelf, type Shelf } from '../support/shelf.ts';
import { testWith } from '../sync/support/services.ts';
import { until } from '../sync/support/wait.ts';

const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);

let shelf: Shelf;
const nodes: Jobs[] = [];

/** A node that does jobs of kind `count` in this way. */
async function node(
	handler: JobHandler,
	{ sql = shelf.sql, name = 'one', ...options }: { sql?: Sql; name?: string; leaseMs?: number } = {}
): Promise<Jobs> {
	const jobs = await startJobs({ sql, log: heardLog().log, node: name, handlers: { count: handler }, retryMs: 1, ...options });
	nodes.push(jobs);
	return jobs;
}

const queue = (key: string, more: object = {}) => queueJob(shelf.sql, { kind: 'count', key, ...more });

interface Row {
	state: string;
	attempts: number;
	reason: string | null;
	progress: number;
}

async function rowOf(key: string): Promise<Row> {
	const [row] = await shelf.sql.query<Row>(
		'select state, attempts, reason, progress from public.jobs where key = $1 order by created_at desc limit 1',
		[key]
	);
	return row;
}

const become = (key: string, state: string) =>
	until(`${key} is ${state}`, async () => (await rowOf(key))?.state === state && rowOf(key));

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', withPostgres, () => postgresShelf(postgresFound!)]
] as const)('jobs %s', (where, place, open) => {
	const isThere = where === 'on PGlite' || postgresFound !== null;

	beforeAll(async () => {
		if (isThere) shelf = await open();
	});
	afterEach(async () => {
		await Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));
		if (isThere) await shelf.sql.query('delete from public.jobs');
	});
	afterAll(async () => {
		if (isThere) await shelf.close();
	});

	place('each is done once, however many nodes look for it', async () => {
		const done: string[] = [];
		const handler: JobHandler = async ({ key }) => void done.push(key);
		await node(handler, { name: 'one' });
		await node(handler, { name: 'two' });
		const keys = Array.from({ length: 30 }, (_, nth) => `job ${nth}`);
		await Promise.all(keys.map((key) => queue(key)));
		await until('all are done', () => done.length >= keys.length);
		await become('job 29', 'done');
		expect(done.toSorted()).toEqual(keys.toSorted());
	});

	place('of one key only one is open, and with "once" there is never another', async () => {
		expect(await queue('a')).not.toBeNull();
		expect(await queue('a'), 'while it waits').toBeNull();
		expect(await queue('b', { once: true })).not.toBeNull();
		await node(async () => {});
		await become('a', 'done');
		await become('b', 'done');
		expect(await queue('a'), 'after it was done').not.toBeNull();
		expect(await queue('b', { once: true }), 'once is once').toBeNull();
	});

	place('what is queued in a transaction that fails was never queued', async () => {
		const failing = shelf.sql.transaction(async (tx) => {
			await queueJob(tx, { kind: 'count', key: 'undone' });
			throw new Error('the decision was refused');
		});
		await expect(failing).rejects.toThrow('refused');
		expect(await rowOf('undone')).toBeUndefined();
	});

	place('nothing is begun before its time', async () => {
		const done: string[] = [];
		await queue('later', { runAt: new Date(Date.now() + 3_600_000) });
		await queue('now');
		await node(async ({ key }) => void done.push(key));
		await become('now', 'done');
		expect(done).toEqual(['now']);
		expect(await rowOf('later')).toMatchObject({ state: 'waiting', attempts: 0 });
	});

	place('what fails is tried again, and what goes on failing is given up, without a word of what it was about', async () => {
		await node(async ({ attempt }) => {
			if (attempt < 3) throw new Error('nobody may read: Nguyễn Văn A');
		});
		await queue('shaky');
		expect(await become('shaky', 'done')).toMatchObject({ attempts: 3 });
		await nodes.pop()!.stop();
		await node(async () => Promise.reject(new TypeError('nobody may read: Nguyễn Văn A')));
		await queue('broken');
		expect(await become('broken', 'failed')).toMatchObject({ attempts: 8, reason: 'TypeError' });
	});

	place('a permanent failure is not tried again and says why', async () => {
		await node(async () => Promise.reject(new PermanentFailure('the document is gone')));
		await queue('hopeless');
		expect(await become('hopeless', 'failed')).toMatchObject({ attempts: 1, reason: 'the document is gone' });
	});

	place('what a job amounts to and its end are one transaction', async () => {
		await node(async ({ attempt, complete }: Job<never>) => {
			await complete(async (tx) => {
				await tx.query(`insert into public.agencies (workspace_id, name, short_name, code) values ($1, $2, 'X', 'X')`, [
					shelf.workspaceId,
					`Cơ quan ${attempt} ${where}`
				]);
				if (attempt === 1) throw new Error('the database went away');
			});
		});
		await queue('whole');
		await become('whole', 'done');
		const made = await shelf.sql.query<{ name: string }>(`select name from public.agencies where short_name = 'X'`);
		expect(made.map(({ name }) => name)).toEqual([`Cơ quan 2 ${where}`]);
	});

	place('the job of a node that fell silent is done by another, and what the first still writes counts for nothing', async () => {
		await queue('taken');
		const silent = new Leases(shelf.sql, 'silent', 1);
		const [lease] = await silent.take(['count'], 1);
		await node(async ({ attempt }) => expect(attempt).toBe(2));
		await become('taken', 'done');
		expect(await silent.done(lease)).toBe(false);
		expect(await silent.renew(lease, 1)).toBe(false);
	});

	place('a job that takes longer than a lease stays with its node', async () => {
		let begun = 0;
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		const handler: JobHandler = async ({ progress }) => {
			begun++;
			await progress(0.5);
			await finished;
		};
		await node(handler, { name: 'one', leaseMs: 1_000 });
		const other = await node(handler, { name: 'two', leaseMs: 1_000 });
		await queue('long');
		const leaseOf = async () =>
			(await shelf.sql.query<{ until: string }>(`select leased_until as until from public.jobs where key = 'long'`))[0].until;
		await until('it has begun', () => begun === 1);
		const first = await leaseOf();
		await until('its lease was renewed', async () => (await leaseOf()) > first);
		other.wake();
		expect(await rowOf('long')).toMatchObject({ state: 'running', attempts: 1, progress: 0.5 });
		finish();
		await become('long', 'done');
		expect(begun).toBe(1);
	});

	place('a job that an owner gives up stops, and can be had again', async () => {
		const stopped: string[] = [];
		await node(
			({ signal }) =>
				new Promise((_, reject) =>
					signal.addEventListener('abort', () => (stopped.push('stopped'), reject(signal.reason as Error)))
				)
		);
		await queue('unwanted', { workspaceId: shelf.workspaceId });
		await become('unwanted', 'running');
		const [{ id }] = await shelf.sql.query<{ id: string }>(`select id from public.jobs where key = 'unwanted'`);
		await asOwner((tx) => tx.query('select public.discard_job($1)', [id]));
		await until('it stops', () => stopped.length === 1);
		expect(await rowOf('unwanted')).toMatchObject({ state: 'discarded' });
		await Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));
		await asOwner((tx) => tx.query('select public.retry_job($1)', [id]));
		await node(async () => {});
		await become('unwanted', 'done');
	});

	place('work of a workspace that was restored waits until an owner releases it', async () => {
		await shelf.sql.query('insert into public.work_holds (workspace_id) values ($1)', [shelf.workspaceId]);
		await queue('held', { workspaceId: shelf.workspaceId });
		await queue('free');
		await node(async () => {});
		await become('free', 'done');
		expect(await rowOf('held')).toMatchObject({ state: 'waiting' });
		await asOwner((tx) => tx.query('delete from public.work_holds'));
		await become('held', 'done');
	});

	place('a node is not woken by what it may not do', async () => {
		await shelf.sql.query('insert into public.work_holds (workspace_id) values ($1)', [shelf.workspaceId]);
		await queue('held', { workspaceId: shelf.workspaceId });
		await queueJob(shelf.sql, { kind: 'of-another-node', key: 'due' });
		const leases = new Leases(shelf.sql, 'one', 1000);
		expect(await leases.nextInMs(['count'])).toBeNull();
		await shelf.sql.query('delete from public.work_holds');
		expect(await leases.nextInMs(['count'])).toBeLessThanOrEqual(0);
	});

	place('a process that stops gives its jobs back as they were', async () => {
		const jobs = await node(
			({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
		);
		await queue('interrupted');
		await become('interrupted', 'running');
		await jobs.stop();
		expect(await rowOf('interrupted')).toMatchObject({ state: 'waiting', attempts: 0 });
	});

	place('each time of the timetable is one job, although every node has it', async () => {
		let queued = 0;
		const counting = {
			...shelf.sql,
			query: <T>(text: string, params?: unknown[]) => shelf.sql.query<T>(text, params).finally(() => queued++)
		};
		const clocks = [1, 2].map(() => keepTimetable(counting, [{ kind: 'count', at: '* * * * * *' }], () => {}));
		await until('both clocks have struck', () => queued >= 2);
		clocks.forEach((clock) => clock.stop());
		const rows = await shelf.sql.query<{ key: string }>(`select key from public.jobs where kind = 'count'`);
		expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
		expect(rows.length, 'at most one for each minute').toBeLessThanOrEqual(2);
	});
});

withPostgres('a job whose process was killed in the middle is done by another node', async () => {
	const database = (await freshDatabase())!;
	const own = await postgresShelf(database);
	const child = fork(new URL('./support/job-process.ts', import.meta.url), [database.url], { execArgv: [] });
	try {
		await queueJob(own.sql, { kind: 'count', key: 'killed' });
		await new Promise((begun) => child.once('message', begun));
		child.kill('SIGKILL');
		const sql = postgresSql(database.url);
		const attempts: number[] = [];
		const other = await startJobs({
			sql,
			log: heardLog().log,
			node: 'survivor',
			handlers: { count: async ({ attempt }) => void attempts.push(attempt) }
		});
		await until('the survivor has done it', () => attempts.length === 1);
		expect(attempts).toEqual([2]);
		await other.stop();
		await sql.close();
	} finally {
		child.kill('SIGKILL');
		await own.close();
	}
});

/** As the owner of the workspace, under row level security. */
function asOwner<T>(run: (tx: Sql) => Promise<T>): Promise<T> {
	return shelf.sql.transaction(async (tx) => {
		await tx.query(
			`select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('role', 'authenticated', true)`,
			[JSON.stringify({ sub: shelf.ownerId, role: 'authenticated' }), shelf.ownerId]
		);
		return run(tx);
	});
}
