import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forEverybody, onBehalfOf } from '../callers.ts';
import { pgliteSql, takePglite } from './exclusive-pglite.ts';
import { openPgliteThread, type DatabaseThread } from './pglite-thread.ts';
import { sessionDialect } from './session-dialect.ts';
import { Turnstile } from './turnstile.ts';

let db: DatabaseThread;
let kysely: Kysely<unknown>;
let door: ReturnType<typeof pgliteSql>;

beforeAll(async () => {
	db = await openPgliteThread({ folder: null, extensions: {} });
	const turnstile = new Turnstile();
	kysely = new Kysely({ dialect: sessionDialect(() => takePglite(db, turnstile)) });
	door = pgliteSql(db, turnstile);
	await door.script('create table notes (text text); create role reader;');
}, 60_000);
afterAll(() => db.close());

test('a statement beside another caller’s transaction is not rolled back with it', async () => {
	let begun!: () => void;
	const started = new Promise<void>((resolve) => (begun = resolve));
	let release!: () => void;
	const held = new Promise<void>((resolve) => (release = resolve));
	const failing = kysely.transaction().execute(async (tx) => {
		await sql`insert into notes values ('theirs')`.execute(tx);
		begun();
		await held;
		throw new Error('rolled back');
	});
	await started;
	const mine = door.query(`insert into notes values ('mine')`);
	release();
	await expect(failing).rejects.toThrow('rolled back');
	await mine;
	expect(await door.query('select text from notes')).toEqual([{ text: 'mine' }]);
});

test('no statement ever runs under the role of somebody else’s transaction', async () => {
	const asReader = () =>
		kysely.transaction().execute(async (tx) => {
			await sql`set local role reader`.execute(tx);
			return (await sql<{ current_user: string }>`select current_user`.execute(tx)).rows[0].current_user;
		});
	const asMyself = async () => (await door.query<{ current_user: string }>('select current_user'))[0].current_user;
	const users = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? asReader() : asMyself())));
	expect(users).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 ? 'reader' : 'postgres')));
});

test('a transaction that threw is rolled back, and its door is closed', async () => {
	let kept!: typeof door;
	const failing = door.transaction(async (tx) => {
		kept = tx;
		await tx.query(`insert into notes values ('never')`);
		throw new Error('changed my mind');
	});
	await expect(failing).rejects.toThrow('changed my mind');
	await expect(kept.query(`insert into notes values ('late')`)).rejects.toThrow('over');
	expect(await door.query(`select 1 from notes where text in ('never', 'late')`)).toEqual([]);
});

test('who asks for much at once waits for oneself, not everybody else for them', async () => {
	const done: string[] = [];
	const ask = (name: string, from = door) => from.query('select $1::text', [name]).then(() => void done.push(name));
	const calls = [
		...onBehalfOf('an', () => Array.from({ length: 30 }, (_, nth) => ask(`an ${nth}`))),
		...onBehalfOf('binh', () => [ask('binh 0'), ask('binh 1')]),
		onBehalfOf('chi', () => ask('chi')),
		ask('a job'),
		onBehalfOf('an', () => ask('what was typed', forEverybody(door)))
	];
	await Promise.all(calls);
	expect(done.slice(0, 8)).toEqual(['an 0', 'a job', 'an 1', 'what was typed', 'binh 0', 'chi', 'an 2', 'binh 1']);
	expect(done.slice(8), 'the calls of one in their order').toEqual(Array.from({ length: 27 }, (_, nth) => `an ${nth + 3}`));
});

describe('what a transaction begins with', () => {
	const said: string[] = [];
	const listening = new Kysely({
		dialect: sessionDialect(async () => ({
			query: <T>(text: string, params: unknown[]) => {
				said.push(text);
				return db.query<T>(text, params);
			},
			script: async (text) => {
				said.push(`together: ${text.split('; ').length}`);
				await db.exec(text);
			},
			giveBack: () => {}
		}))
	});
	const inTransaction = <T>(run: (tx: Kysely<unknown>) => Promise<T>) => {
		said.length = 0;
		return listening.transaction().execute(run);
	};

	test('goes together, ahead of the first statement that does something, and holds for all of it', async () => {
		const hostile = `{"name":"O'Brien \\\\ $1 \\u0000"}`;
		const seen = await inTransaction(async (tx) => {
			await sql`select set_config('request.jwt.claims', ${hostile}, true)`.execute(tx);
			await sql`SELECT set_config('response.status', '', true)`.execute(tx);
			await sql`set local role "reader"`.execute(tx);
			expect(said).toEqual([]);
			const read = sql<{
				role: string;
				claims: string;
			}>`select current_user as role, current_setting('request.jwt.claims') as claims`;
			return (await read.execute(tx)).rows[0];
		});
		expect(seen).toEqual({ role: 'reader', claims: hostile });
		expect(said).toEqual(['together: 4', expect.stringContaining('current_user'), 'commit']);
		expect((await db.query('select current_user as role')).rows).toEqual([{ role: 'postgres' }]);
	});

	test('is never said when nothing follows, also when it is given up', async () => {
		await inTransaction((tx) => sql`set local role reader`.execute(tx));
		const failing = inTransaction(async () => Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		expect(said).toEqual([]);
	});

	test('is sent as it is when it is anything else, or a value that a script could not hold', async () => {
		await inTransaction((tx) => sql`select set_config('my.setting', ${'a'} || 'b', true)`.execute(tx));
		expect(said).toEqual(['together: 1', expect.stringContaining('||'), 'commit']);
	});
});
