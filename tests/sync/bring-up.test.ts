import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bringUp } from '../../src/lib/collab/persistence/bring-up.server.ts';
import { forgetPastBodies } from '../../src/lib/collab/persistence/past-bodies.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf, type UpdateRow } from '../../src/lib/collab/persistence/store.server.ts';
import { standingOf } from '../../src/lib/documents/access.server.ts';
import { readBodyV1 } from '../../src/lib/documents/schema/body-v1.ts';
import { updatesToJson } from '../../src/lib/documents/schema/body.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import { migrate } from '../../src/lib/documents/schema/migrate.ts';
import { backUp } from '../../src/lib/server/archive/back-up.ts';
import { restore } from '../../src/lib/server/archive/restore.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { bareDatabase, embeddedShelf, heardLog, postgresShelf, putDocument, type Shelf, storedOf } from '../support/shelf.ts';
import { asSnapshot, EARLIER, unnamed } from './support/earlier-texts.ts';
import { RawClient } from './support/raw-client.ts';
import { serve } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const [FIRST, PROVISIONS, TABLE] = EARLIER;
const RUBBISH = new Uint8Array([255, 255, 255, 255, 255, 7, 1]);
const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);

let shelf: Shelf;
const run = (sql: Sql = shelf.sql) => bringUp(sql, heardLog().log);

/** What the present version reads of a document now. */
async function readNow(id: string): Promise<JsonNode[] | undefined> {
	const json = updatesToJson(partsOf((await new SqlStore(shelf.sql).load(id))!));
	return json.content?.map(unnamed);
}

interface Past {
	epoch: number;
	version: number;
	bytes: Uint8Array;
}

const pastOf = (id: string) =>
	shelf.sql.query<Past>(
		'select epoch, schema_version as version, bytes from public.document_past_bodies where document_id = $1',
		[id]
	);

const row = (documentId: string, epoch: number, bytes: Uint8Array): UpdateRow => ({
	documentId,
	epoch,
	bytes,
	personId: shelf.ownerId
});

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', withPostgres, () => postgresShelf(postgresFound!)]
] as const)('texts of version 1 %s', (name, place, open) => {
	beforeAll(async () => {
		if (name === 'on PGlite' || postgresFound) shelf = await open();
	});
	afterEach(async () => {
		if (name === 'on PGlite' || postgresFound) await shelf.sql.query('delete from public.documents');
	});
	afterAll(async () => {
		if (name === 'on PGlite' || postgresFound) await shelf.close();
	});

	place('[EP4] are read as they were, and stored anew in a new epoch alone', async () => {
		const ids = await Promise.all(EARLIER.map(({ updates }) => putDocument(shelf, updates)));
		expect(await run()).toBe(EARLIER.length);
		for (const [nth, { name, body }] of EARLIER.entries()) {
			expect(await readNow(ids[nth]), name).toEqual(body);
			expect(await storedOf(shelf, ids[nth]), name).toMatchObject({ epoch: 2, version: 2, rows: [], snapshots: [{ epoch: 2 }] });
		}
	});

	place('[EP4] are kept as what they were', async () => {
		const ids = await Promise.all(EARLIER.map(({ updates }) => putDocument(shelf, updates, { epoch: 4 })));
		await run();
		for (const [nth, { name, updates }] of EARLIER.entries()) {
			const past = await pastOf(ids[nth]);
			expect(past, name).toMatchObject([{ epoch: 4, version: 1 }]);
			expect(readBodyV1([past[0].bytes]), name).toEqual(readBodyV1(updates));
			expect(asSnapshot([past[0].bytes]), name).toEqual(asSnapshot(updates));
		}
	});

	place('[EP4] are kept so for 90 days', async () => {
		const [older, younger] = [await putDocument(shelf, FIRST.updates), await putDocument(shelf, FIRST.updates)];
		await run();
		const age = (id: string, days: number) =>
			shelf.sql.query(
				`update public.document_past_bodies set replaced_at = now() - $2 * interval '1 day' where document_id = $1`,
				[id, days]
			);
		await age(older, 91);
		await age(younger, 89);
		await forgetPastBodies(shelf.sql);
		expect(await pastOf(older)).toEqual([]);
		expect(await pastOf(younger)).toHaveLength(1);
		expect(await readNow(older)).toEqual(FIRST.body);
	});

	place('[EP4] are brought up from a snapshot and the rows since, without what an earlier epoch left', async () => {
		const { updates, body } = PROVISIONS;
		const id = await putDocument(shelf, updates.slice(9), { epoch: 3 });
		await shelf.sql.query('insert into public.document_snapshots (document_id, epoch, bytes) values ($1, 3, $2)', [
			id,
			asSnapshot(updates.slice(0, 9))
		]);
		await shelf.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, 2, $2)', [
			id,
			FIRST.updates[0]
		]);
		await run();
		expect(await readNow(id)).toEqual(body);
		expect(await storedOf(shelf, id)).toMatchObject({
			epoch: 4,
			version: 2,
			rows: [],
			snapshots: [{ epoch: 4 }],
			past: [{ epoch: 3, version: 1 }]
		});
		expect(readBodyV1([(await pastOf(id))[0].bytes])).toEqual(readBodyV1(updates));
	});

	place('[EP4] are brought up in the trash too', async () => {
		const id = await putDocument(shelf, FIRST.updates, { isTrashed: true });
		await run();
		expect(await readNow(id)).toEqual(FIRST.body);
		expect(await standingOf(shelf.sql, id, shelf.ownerId)).toBe('missing');
		await shelf.sql.query('delete from public.document_trashings where document_id = $1', [id]);
		expect(await standingOf(shelf.sql, id, shelf.ownerId)).toMatchObject({ role: 'manager', epoch: 2, schemaVersion: 2 });
	});

	place('[EP4] that nobody has written yet are of the present version all the same', async () => {
		const id = await putDocument(shelf, []);
		expect(await run()).toBe(1);
		expect(await storedOf(shelf, id)).toEqual({ epoch: 2, version: 2, rows: [], snapshots: [], past: [] });
		expect(await standingOf(shelf.sql, id, shelf.ownerId)).toMatchObject({ epoch: 2, schemaVersion: 2 });
		expect(await readNow(id)).toEqual([{ type: 'paragraph' }]);
	});

	place('[EP4] are brought up once: a second run, and a text of the present version, change nothing', async () => {
		const id = await putDocument(shelf, TABLE.updates);
		const present = await putDocument(shelf, [migrate({ updates: FIRST.updates, from: 1 }).update], { version: 2, epoch: 5 });
		const presentStored = await storedOf(shelf, present);
		expect(await run()).toBe(1);
		const stored = await storedOf(shelf, id);
		const { log, lines } = heardLog();
		expect(await bringUp(shelf.sql, log)).toBe(0);
		expect(lines).toEqual([]);
		expect(await storedOf(shelf, id)).toEqual(stored);
		expect(await storedOf(shelf, present)).toEqual(presentStored);
	});

	place('[EP4, OP2] that cannot be read stay as they are and are served to nobody, the others are brought up', async () => {
		const bad = [await putDocument(shelf, [...FIRST.updates, RUBBISH]), await putDocument(shelf, PROVISIONS.updates.slice(1))];
		const good = await Promise.all(EARLIER.map(({ updates }) => putDocument(shelf, updates)));
		const before = await Promise.all(bad.map((id) => storedOf(shelf, id)));
		const { log, lines } = heardLog();
		expect(await bringUp(shelf.sql, log)).toBe(good.length);
		for (const [nth, id] of good.entries()) expect(await readNow(id)).toEqual(EARLIER[nth].body);
		expect(await Promise.all(bad.map((id) => storedOf(shelf, id)))).toEqual(before);
		for (const id of bad)
			await expect(standingOf(shelf.sql, id, shelf.ownerId)).rejects.toThrow(`document ${id} has a text of version 1`);
		const errors = lines.filter(({ level }) => level === 'error');
		expect(errors.map(({ document }) => String(document)).sort()).toEqual(bad.toSorted());
		expect(errors.find(({ document }) => document === bad[1])).toMatchObject({
			reason: 'a part of the body waits for what is not there'
		});
		expect(JSON.stringify(lines)).not.toMatch(/Phạm vi|Điều/);

		// When an operator has seen to it, the next start brings them up.
		await shelf.sql.query('delete from public.document_updates where document_id = $1 and bytes = $2', [bad[0], RUBBISH]);
		await shelf.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)', [
			bad[1],
			PROVISIONS.updates[0]
		]);
		expect(await run()).toBe(2);
		expect(await readNow(bad[0])).toEqual(FIRST.body);
		expect(await readNow(bad[1])).toEqual(PROVISIONS.body);
	});

	place('[EP4] stay whole when the database fails in the middle, and are brought up at the next start', async () => {
		const ids = (await Promise.all([FIRST, PROVISIONS, TABLE].map(({ updates }) => putDocument(shelf, updates)))).sort();
		const before = await storedOf(shelf, ids[1]);
		expect(await run(failing(shelf.sql, 2, 'delete from public.document_updates'))).toBe(2);
		expect(await storedOf(shelf, ids[1])).toEqual(before);
		expect(await storedOf(shelf, ids[2])).toMatchObject({ epoch: 2, version: 2 });
		expect(await run()).toBe(1);
		expect(await storedOf(shelf, ids[1])).toMatchObject({ epoch: 2, version: 2, past: [{ epoch: 1 }] });
	});

	place('[EP4, LG7] take nothing any more that a node of the earlier version stores', async () => {
		const { updates } = PROVISIONS;
		const id = await putDocument(shelf, updates.slice(0, -1));
		const before = readBodyV1(updates.slice(0, -1));
		await run();
		const stored = await storedOf(shelf, id);
		const late = row(id, 1, updates.at(-1)!);
		expect(await new SqlStore(shelf.sql).append([late])).toEqual([late]);
		expect(await storedOf(shelf, id)).toEqual(stored);
		expect(readBodyV1([(await pastOf(id))[0].bytes])).toEqual(before);
	});

	place(
		'[EP3, EP4] are closed 4409 to pages of version 1 and shown to those of the present one, and before that to nobody',
		async () => {
			const { sql, ownerId } = shelf;
			const id = await putDocument(shelf, PROVISIONS.updates);
			const access = Object.assign(new TestAccess(), {
				role: (documentId: string, personId: string) => standingOf(sql, documentId, personId)
			});
			const served = await serve({ store: new SqlStore(sql) as never, access });
			try {
				for (const schema of [1, 2]) {
					const early = new RawClient(served.url, id, ownerId, { query: `?schema=${schema}&epoch=1` });
					await until('a refusal', () => early.closed ?? early.refusedWith);
					expect(early.closed?.code ?? early.refusedWith, `schema ${schema}`).toBeOneOf([1013, 503]);
					expect(early.frames).toEqual([]);
				}
				await run();
				const old = new RawClient(served.url, id, ownerId, { query: '?schema=1&epoch=1' });
				expect((await old.end()).code).toBe(4409);
				expect(old.frames).toEqual([]);
				const present = await new RawClient(served.url, id, ownerId, { query: '?schema=2&epoch=2' }).synced();
				expect(updatesToJson([Y.encodeStateAsUpdate(present.doc)]).content?.map(unnamed)).toEqual(PROVISIONS.body);
				present.close();
			} finally {
				await served.stop();
			}
		}
	);

	if (name === 'on Postgres') {
		place('[EP4] are each brought up by one of several processes that start at once', async () => {
			const three = [...EARLIER, ...EARLIER, ...EARLIER];
			const ids = await Promise.all(three.map(({ updates }) => putDocument(shelf, updates)));
			await withOthers(2, async (others) => {
				const logs = [heardLog(), heardLog(), heardLog()];
				const done = await Promise.all([shelf.sql, ...others].map((sql, nth) => bringUp(sql, logs[nth].log)));
				expect(done.reduce((sum, own) => sum + own)).toBe(three.length);
				expect(logs.flatMap(({ lines }) => lines).filter(({ level }) => level !== 'info')).toEqual([]);
			});
			for (const [nth, id] of ids.entries()) {
				expect(await storedOf(shelf, id)).toMatchObject({
					epoch: 2,
					version: 2,
					rows: [],
					snapshots: [{ epoch: 2 }],
					past: [{ epoch: 1 }]
				});
				expect(await readNow(id)).toEqual(three[nth].body);
			}
		});

		place('[EP4, LG7] hold what a node of the earlier version has stored and not yet committed', async () => {
			const { updates, body } = PROVISIONS;
			const id = await putDocument(shelf, updates.slice(0, -1));
			await withOthers(1, async ([older]) => {
				const commit = await begun(older, async (tx) =>
					expect(await new SqlStore(tx).append([row(id, 1, updates.at(-1)!)])).toEqual([])
				);
				const running = run();
				await Promise.race([someWait(1), running]);
				await commit();
				expect(await running).toBe(1);
			});
			expect(await readNow(id)).toEqual(body);
		});

		place('[EP4, LG7] hold what a node of the earlier version is in the middle of storing', async () => {
			const { updates, body } = PROVISIONS;
			const id = await putDocument(shelf, updates.slice(0, -1));
			await shelf.sql.script(`
				create function public.wait_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$;
				create trigger wait_here before insert on public.document_updates for each row when (new.person_id is not null) execute function public.wait_here();`);
			await withOthers(2, async ([older, holder]) => {
				// The statement has seen the epoch, and no row is written yet.
				const letGo = await begun(holder, (tx) => tx.query('select pg_advisory_xact_lock(1)'));
				const appending = new SqlStore(older).append([row(id, 1, updates.at(-1)!)]);
				await someWait(1);
				const running = run();
				await Promise.race([someWait(2), running]);
				await letGo();
				expect(await appending).toEqual([]);
				expect(await running).toBe(1);
			}).finally(() => shelf.sql.script('drop trigger wait_here on public.document_updates; drop function public.wait_here'));
			expect(await readNow(id)).toEqual(body);
		});

		place('[EP4, LG7] refuse what a node of the earlier version begins to store meanwhile', async () => {
			const { updates } = PROVISIONS;
			const id = await putDocument(shelf, updates.slice(0, -1));
			const before = readBodyV1(updates.slice(0, -1));
			const late = row(id, 1, updates.at(-1)!);
			await withOthers(2, async ([older, holder]) => {
				const letGo = await begun(holder, (tx) => tx.query('select 1 from public.documents where id = $1 for update', [id]));
				const running = run();
				await someWait(1);
				const appending = new SqlStore(older).append([late]);
				await someWait(2);
				await letGo();
				expect(await running).toBe(1);
				expect(await appending).toEqual([late]);
			});
			expect(await storedOf(shelf, id)).toMatchObject({ epoch: 2, rows: [], snapshots: [{ epoch: 2 }] });
			expect(readBodyV1([(await pastOf(id))[0].bytes])).toEqual(before);
		});
	}
});

test('[EP4] a backup of version 1 that is restored into this version is brought up when the server starts', async () => {
	const [earlier, present] = [await embeddedShelf(), await bareDatabase()];
	try {
		const id = await putDocument(earlier, PROVISIONS.updates);
		// As version 1 left it: without what came with version 2.
		await earlier.sql.script(
			`drop table public.document_past_bodies cascade; delete from supabase_migrations.schema_migrations where version >= '20261128'`
		);
		const file = join(mkdtempSync(join(tmpdir(), 'plenum-earlier-')), 'plenum.tar.gz');
		await backUp(earlier.sql, new RowsHome(earlier.sql), file, '0.0.1');
		await restore(present.sql, file);
		await expect(standingOf(present.sql, id, earlier.ownerId)).rejects.toThrow('has a text of version 1');
		expect(await bringUp(present.sql, heardLog().log)).toBe(1);
		expect(updatesToJson(partsOf((await new SqlStore(present.sql).load(id))!)).content?.map(unnamed)).toEqual(PROVISIONS.body);
		expect(await standingOf(present.sql, id, earlier.ownerId)).toMatchObject({ role: 'manager', schemaVersion: 2 });
	} finally {
		await Promise.all([earlier.close(), present.close()]);
	}
});

/** A database whose nth statement that begins like this fails. */
function failing(sql: Sql, nth: number, statement: string): Sql {
	let seen = 0;
	const guarded = (door: Sql): Sql => ({
		...door,
		query: (text, params) =>
			text.startsWith(statement) && ++seen === nth ? Promise.reject(new Error('the database is away')) : door.query(text, params),
		script: (text) => door.script(text),
		transaction: (inside) => door.transaction((tx) => inside(guarded(tx)))
	});
	return guarded(sql);
}

const letAllGo: (() => void)[] = [];

/** Begins a transaction; answers how to commit it. */
async function begun(sql: Sql, begin: (tx: Sql) => Promise<unknown>): Promise<() => Promise<void>> {
	const [hasBegun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const ended = sql.transaction(async (tx) => {
		await begin(tx);
		hasBegun.resolve();
		await mayEnd.promise;
	});
	letAllGo.push(mayEnd.resolve);
	await Promise.race([hasBegun.promise, ended]);
	return () => {
		mayEnd.resolve();
		return ended;
	};
}

/** Further processes on the same database. */
async function withOthers(count: number, play: (others: Sql[]) => Promise<void>): Promise<void> {
	const others = Array.from({ length: count }, () => postgresSql(postgresFound!.url));
	try {
		await play(others);
	} finally {
		for (const letGo of letAllGo.splice(0)) letGo();
		await Promise.all(others.map((other) => other.close()));
	}
}

/** Resolves when so many wait for a lock in the database. */
async function someWait(count: number): Promise<void> {
	const waiting = `select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
	await until(`${count} wait for a lock`, async () => (await shelf.sql.query<{ waiting: number }>(waiting))[0].waiting >= count);
}
