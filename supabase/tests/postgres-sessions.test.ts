import { resolve } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect } from 'vitest';
import { startOnPostgres } from '../../src/lib/server/backend/lite.ts';
import { applyMigrations } from '../../src/lib/server/backend/migrations.ts';
import { PostgresSessions } from '../../src/lib/server/backend/postgres-sessions.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { onBehalfOf } from '../../src/lib/server/callers.ts';
import { readSettings } from '../../src/lib/server/backend/settings.ts';
import { freshDatabase } from '../../tests/support/services.ts';
import { DatabaseProxy } from '../../tests/sync/support/database-proxy.ts';
import { testWith } from '../../tests/sync/support/services.ts';
import { until } from '../../tests/sync/support/wait.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../migrations');

const found = await freshDatabase();
afterAll(() => found?.drop());
const testOnPostgres = testWith('Postgres', found);

function sessionsOf(answerWithinMs = 10_000): PostgresSessions {
	return new PostgresSessions((onclose) => postgres(found!.url, { max: 1, onclose, onnotice: () => {} }), answerWithinMs);
}

testOnPostgres('a session lost in the middle of a transaction says nothing more, under whatever role', async () => {
	const sessions = sessionsOf();
	const direct = postgresSql(found!.url);
	const held = await sessions.take();
	await held.query('begin', []);
	const { rows: [{ pid }] } = await held.query<{ pid: number }>('select pg_backend_pid() as pid', []);
	await direct.query('select pg_terminate_backend($1)', [pid]);
	await expect(held.query('select 1', [])).rejects.toThrow();
	await expect(held.query('select 1', [])).rejects.toThrow('lost');
	held.giveBack();
	const next = await sessions.take();
	expect((await next.query<{ pid: number }>('select pg_backend_pid() as pid', [])).rows[0].pid).not.toBe(pid);
	next.giveBack();
	await sessions.close();
	await direct.close();
});

testOnPostgres('more callers than sessions take turns, also after all sessions were lost', async () => {
	const sessions = sessionsOf();
	const direct = postgresSql(found!.url);
	const ask = async () => {
		const held = await sessions.take();
		try {
			return (await held.query<{ pid: number }>('select pg_backend_pid() as pid, pg_sleep(0.02)', [])).rows[0].pid;
		} finally {
			held.giveBack();
		}
	};
	const askMany = async () => new Set(await Promise.all(Array.from({ length: 30 }, ask)));
	const before = await askMany();
	expect(before.size).toBe(8);
	await direct.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [[...before]]);
	await Promise.allSettled(Array.from({ length: 30 }, ask));
	const after = await askMany();
	expect(after.size).toBe(8);
	expect([...after].filter((pid) => before.has(pid))).toEqual([]);
	await sessions.close();
	await direct.close();
});

testOnPostgres('who asks for much at once waits for oneself, not everybody else for them, and nobody slips in before them', async () => {
	const sessions = sessionsOf();
	const done: string[] = [];
	const all = await Promise.all(Array.from({ length: 8 }, () => sessions.take()));
	const ask = async (name: string) => {
		const held = await sessions.take();
		done.push(name);
		await held.query('select 1', []);
		held.giveBack();
	};
	const askMany = (caller: string, times: number) =>
		onBehalfOf(caller, () => Array.from({ length: times }, (_, nth) => ask(`${caller} ${nth}`)));
	const calls = [...askMany('an', 12), ...askMany('binh', 2), ...askMany('chi', 1), ask('a job')];
	// One session goes round; whoever gives it back asks again in the same moment.
	all[0].giveBack();
	calls.push(...askMany('dung', 1));
	await Promise.all(calls);
	expect(done.slice(0, 7)).toEqual(['a job', 'an 0', 'binh 0', 'chi 0', 'dung 0', 'an 1', 'binh 1']);
	expect(done.slice(7), 'the calls of one in their order').toEqual(Array.from({ length: 10 }, (_, nth) => `an ${nth + 2}`));
	for (const held of all.slice(1)) held.giveBack();
	await sessions.close();
});

testOnPostgres('a statement without an answer in time costs its session, and nobody else', async () => {
	const sessions = sessionsOf(200);
	const held = await sessions.take();
	await expect(held.query('select pg_sleep(10)', [])).rejects.toThrow('did not answer in time');
	await expect(held.query('select 1', [])).rejects.toThrow('lost');
	held.giveBack();
	const next = await sessions.take();
	expect((await next.query('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
	next.giveBack();
	await sessions.close();
});

testOnPostgres('when Postgres moves to another machine without a word, pages are answered again soon', async () => {
	const direct = postgresSql(found!.url);
	const proxy = await DatabaseProxy.before(found!.url);
	const backend = await startOnPostgres(proxy.url, await readSettings(direct), { answerWithinMs: 2_000 });
	await applyMigrations(direct, MIGRATIONS);
	const asked = () => {
		const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
		const body = JSON.stringify({ email: 'hoa@sample.test', password: 'mat-khau-khong-dung' });
		return backend.fetch(`${backend.url}/auth/v1/token?grant_type=password`, { method: 'POST', headers, body });
	};
	const refusal = await (await asked()).json();
	proxy.fallSilent();
	const unanswered = Array.from({ length: 20 }, asked);
	await until('the questions are on their way', () => proxy.isHolding);
	proxy.failOver();
	for (const { status } of await Promise.all(unanswered)) expect([400, 500], 'whoever had asked is told').toContain(status);
	expect(await (await asked()).json()).toEqual(refusal);
	await backend.close();
	await direct.close();
	await proxy.close();
}, 60_000);
