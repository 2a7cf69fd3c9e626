import { afterAll, beforeAll, expect, test } from 'vitest';
import { pgliteSql } from './exclusive-pglite.ts';
import { Turnstile } from './turnstile.ts';
import { openPgliteThread, type DatabaseThread } from './pglite-thread.ts';

let thread: DatabaseThread;

beforeAll(async () => {
	thread = await openPgliteThread({ folder: null, extensions: {} });
	await thread.exec(
		'create table notes (id int primary key check (id > 0), text text, bytes bytea, at timestamptz default now())'
	);
}, 60_000);
afterAll(() => thread.close());

test('an error keeps its state, detail and hint, and leaves out what was typed', async () => {
	await thread.query(`insert into notes (id) values (1)`);
	const error = await thread
		.query(`insert into notes (id, text) values ($1, $2)`, [1, 'a secret'])
		.catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(Error);
	expect(error).toMatchObject({
		code: '23505',
		severity: 'ERROR',
		detail: 'Key (id)=(1) already exists.',
		table: 'notes',
		constraint: 'notes_pkey',
		schema: 'public'
	});
	expect(JSON.stringify(error) + (error as Error).stack).not.toContain('a secret');
	await expect(
		thread.exec(`do $$ begin raise exception 'no' using hint = 'ask', errcode = 'P0002'; end $$`)
	).rejects.toMatchObject({
		message: 'no',
		hint: 'ask',
		code: 'P0002'
	});
	await expect(thread.query('select 1 from nowhere')).rejects.toMatchObject({ code: '42P01', position: '15' });
});

test('bytes arrive as they were sent, large, empty or a window of something larger', async () => {
	const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
	const window = new Uint8Array(large.buffer, 250, 10);
	const buffer = Buffer.from([0, 255, 7]);
	const sent: (Uint8Array | null)[] = [large, window, buffer, new Uint8Array(), null];
	for (const bytes of sent) {
		const { rows } = await thread.query<{ bytes: Uint8Array | null }>('select $1::bytea as bytes', [bytes]);
		expect(rows[0].bytes).toEqual(bytes && new Uint8Array(bytes));
	}
	expect(large.byteLength, 'a parameter still belongs to the caller').toBe(100_000);
	const { rows } = await thread.query<{ a: Uint8Array; b: Uint8Array }>('select $1::bytea as a, $1::bytea as b', [large]);
	expect(rows).toEqual([{ a: large, b: large }]);
});

test('a script answers for each of its statements', async () => {
	const results = await thread.exec(`select 1 as one; insert into notes (id) values (7), (8); select 'x' as two;`);
	expect(results).toMatchObject([{ rows: [{ one: 1 }] }, { rows: [], affectedRows: 2 }, { rows: [{ two: 'x' }] }]);
});

test('statements run in the order in which they were asked for', async () => {
	await thread.exec('create table steps (n int generated always as identity, text text)');
	await Promise.all(
		Array.from({ length: 50 }, (_, step) => thread.query('insert into steps (text) values ($1)', [String(step)]))
	);
	const { rows } = await thread.query<{ text: string }>('select text from steps order by n');
	expect(rows.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, step) => String(step)));
});

test('a notice reaches each listener of its channel until that one stops', async () => {
	const sql = pgliteSql(thread, new Turnstile());
	const heard: string[] = [];
	const stopFirst = await sql.listen('news', (payload) => heard.push(`first ${payload}`));
	await sql.listen('news', (payload) => heard.push(`second ${payload}`));
	await sql.transaction(async (tx) => {
		await tx.query(`select pg_notify('news', 'of a transaction')`);
		expect(heard, 'nothing is told before the commit').toEqual([]);
	});
	await sql.query('select 1');
	expect(heard.sort()).toEqual(['first of a transaction', 'second of a transaction']);
	await stopFirst();
	await sql.query(`select pg_notify('news', 'later'), pg_notify('elsewhere', 'later')`);
	await sql.query('select 1');
	expect(heard.slice(2)).toEqual(['second later']);
});

test('a database that cannot be opened says why', async () => {
	const impossible = openPgliteThread({ folder: '/dev/null/postgres', extensions: {} });
	await expect(impossible).rejects.toMatchObject({ code: 'ENOTDIR' });
}, 60_000);

test('after closing, calls are refused', async () => {
	const other = await openPgliteThread({ folder: null, extensions: {} });
	await other.close();
	await other.close();
	await expect(other.query('select 1')).rejects.toThrow('closed');
}, 60_000);

const BREAKS = { breaks: new URL('../../../../tests/support/database-breaks.ts', import.meta.url).href };

test('when the thread breaks down, every call is rejected and the process is told', async () => {
	const broken = await openPgliteThread({ folder: null, extensions: BREAKS });
	const waiting = await Promise.allSettled([broken.query('select break'), broken.query('select break')]);
	expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect((await broken.lost).message).toBe('the embedded database ended unexpectedly (out of memory)');
	await expect(broken.query('select 1')).rejects.toThrow('ended unexpectedly');
	await broken.close();
}, 60_000);

test('a panic of the database, as when its disk is full, is told and ends it', async () => {
	const broken = await openPgliteThread({ folder: null, extensions: BREAKS });
	await expect(broken.query('select panic')).rejects.toMatchObject({ severity: 'PANIC', code: '53100' });
	expect((await broken.lost).message).toBe('the embedded database ended unexpectedly (could not write to the log)');
	await expect(broken.query('select 1')).rejects.toThrow('ended unexpectedly');
}, 60_000);
