import { afterAll, beforeAll, expect, test } from 'vitest';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { pgliteSql } from '../../src/lib/server/backend/exclusive-pglite.ts';
import { Turnstile } from '../../src/lib/server/backend/turnstile.ts';
import { openPgliteThread, type DatabaseThread } from '../../src/lib/server/backend/pglite-thread.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { inThread } from '../../src/lib/server/threads/in-thread.ts';
import type { blockUntilOpened } from '../support/thread-chores.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { createLogTables } from './support/sql-tables.ts';
import { until } from './support/wait.ts';

const PAPER = '00000000-0000-4000-8000-000000000001';
const [HOA, BINH] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
/** Some seconds of work for the embedded database. */
const LONG_QUERY = 'select count(*) from generate_series(1, 5000000)';

let database: DatabaseThread;
let sql: Sql;
let served: Served;
let hoa: RawClient;
let binh: RawClient;

beforeAll(async () => {
	database = await openPgliteThread({ folder: null, extensions: {} });
	sql = pgliteSql(database, new Turnstile());
	await createLogTables(sql);
	await sql.query('insert into documents values ($1)', [PAPER]);
	served = await serve({ store: new SqlStore(sql) as never });
	served.access.share(PAPER, { [HOA]: 'editor', [BINH]: 'editor' });
	[hoa, binh] = [await new RawClient(served.url, PAPER, HOA).synced(), await new RawClient(served.url, PAPER, BINH).synced()];
});
afterAll(async () => {
	await served?.stop();
	await database?.close();
});

test('[ST4] edits reach a colleague while the embedded database is busy with a long query, and are acknowledged once they are stored', async () => {
	let isOver = false;
	const acknowledgedBefore = hoa.acks.length;
	const query = sql.query(LONG_QUERY).then(() => {
		isOver = true;
		return hoa.acks.length - acknowledgedBefore;
	});
	for (const word of ['while ', 'it ', 'is ', 'busy']) {
		hoa.type(word);
		await until(`"${word}" at the colleague's`, () => binh.text.toString().endsWith(word), 60_000);
		expect(isOver, `the query is still running after "${word}"`).toBe(false);
	}
	const question = hoa.askAck();
	expect(await query, 'acknowledged before the database was free').toBe(0);
	await hoa.acked(question);
	expect(await sql.query('select 1 from document_updates')).not.toEqual([]);
}, 120_000);

test('[ST4] edits reach a colleague and are acknowledged while a thread computes, as for an export', async () => {
	const gate = new Int32Array(new SharedArrayBuffer(4));
	const work = inThread<typeof blockUntilOpened>('../../tests/support/thread-chores.ts', 'blockUntilOpened', gate);
	hoa.type(' with paper');
	await until('the edit', () => binh.text.toString().endsWith(' with paper'));
	await hoa.acked();
	Atomics.store(gate, 0, 1);
	Atomics.notify(gate, 0);
	expect(await work).toBe('opened');
});
