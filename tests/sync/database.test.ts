import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import type { Limits } from '../../src/lib/collab/protocol.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { DatabaseProxy } from './support/database-proxy.ts';
import { broken, PageWitness } from './support/promises.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { createLogTables } from './support/sql-tables.ts';
import { tally } from './support/tally.ts';
import { until } from './support/wait.ts';

const HOA = '11111111-1111-4111-8111-111111111111';
const BINH = '22222222-2222-4222-8222-222222222222';
/** How long the database is away, and after how much of it rooms close; a soak takes the real bounds. */
const AWAY_MS = Number(process.env.DATABASE_AWAY_MS ?? 3_000);
const LIMITS: Partial<Limits> = process.env.DATABASE_AWAY_MS ? {} : { uncommittedMs: 1_000 };

const postgresFound = await freshDatabase();
let direct: Sql;
beforeAll(async () => {
	if (!postgresFound) return;
	direct = postgresSql(postgresFound.url);
	await createLogTables(direct);
});
afterAll(async () => {
	await direct?.close();
	await postgresFound?.drop();
});

/** Two people at their desks, in front of an engine whose way to the database can fail. */
interface Scene {
	documentId: string;
	/** The engine's door to the database, through the proxy. */
	sql: Sql;
	proxy: DatabaseProxy;
	served: Served;
	pages: PageWitness[];
}

async function withScene(
	limits: Partial<Limits>,
	play: (scene: Scene) => Promise<void>,
	{ answerWithinMs, recoversWithin = 30_000 }: { answerWithinMs?: number; recoversWithin?: number } = {}
): Promise<void> {
	const documentId = randomUUID();
	await direct.query('insert into documents values ($1, 1)', [documentId]);
	const proxy = await DatabaseProxy.before(postgresFound!.url);
	const sql = postgresSql(proxy.url, { answerWithinMs });
	const served = await serve({ store: new SqlStore(sql) as never, limits });
	served.access.share(documentId, { [HOA]: 'editor', [BINH]: 'editor' });
	const scene: Scene = { documentId, sql, proxy, served, pages: [] };
	scene.pages = [HOA, BINH].map((person, nth) => new PageWitness(served.url, documentId, person, `p${nth}`));
	try {
		await allSaved(scene);
		await play(scene);
		expect(served.engine.figures.total('rooms_unloaded')).toBe(0);
		await allSaved(scene, recoversWithin);
		const written = scene.pages.flatMap((page) => page.written);
		const wrong = await broken(direct, new Map([[documentId, written]]));
		const falseWords = scene.pages.flatMap((page) => page.falseWords);
		tally('database faults', { edits: written.length, lostOrDoubled: wrong.length, falselySaved: falseWords.length });
		expect([...wrong, ...falseWords]).toEqual([]);
	} finally {
		await Promise.all(scene.pages.map((page) => page.leave()));
		await served.stop();
		await sql.close();
		await proxy.close();
	}
}

const allSaved = ({ pages }: Scene, within = 30_000) =>
	until('everybody saved', () => pages.every(({ open }) => open.state.kind === 'saved'), within);

/** True when what the pages were promised so far is in the database, and nothing more was promised. */
async function expectPromisesKept({ documentId, pages }: Scene): Promise<void> {
	expect(await broken(direct, new Map([[documentId, pages.flatMap((page) => page.promised)]]))).toEqual([]);
}

/** Types for as long as told, a few edits a second, online or not. */
async function typeFor({ pages }: Scene, ms: number): Promise<void> {
	for (const end = Date.now() + ms; Date.now() < end;) {
		for (const page of pages) page.type();
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function type({ pages }: Scene, edits: number): void {
	for (let nth = 0; nth < edits; nth++) for (const page of pages) page.type();
}

const told = ({ served }: Scene) => served.complaints.map(({ message }) => message).join('\n');

describe.concurrent('the database', () => {
	const withPostgres = testWith('Postgres', postgresFound);
	const patience = { timeout: 90_000 + 4 * AWAY_MS };

	withPostgres(
		'[AK4, LG4, LG5, RM3, CL4] refuses: nothing is acknowledged, rooms close 1013, later all is there once',
		patience,
		() =>
			withScene(LIMITS, async (scene) => {
				type(scene, 3);
				await allSaved(scene);
				const raw = await new RawClient(scene.served.url, scene.documentId, HOA).synced();
				scene.proxy.refuse();
				const promised = scene.pages.map((page) => page.promised.length);
				type(scene, 5);
				for (const page of scene.pages) expect(page.open.state).toEqual({ kind: 'saving', pending: 5 });
				expect((await raw.end(60_000)).code).toBe(1013);
				expect((await new RawClient(scene.served.url, scene.documentId, BINH).end()).code).toBe(1013);
				await typeFor(scene, AWAY_MS);
				for (const page of scene.pages) expect(['not-saved', 'offline']).toContain(page.open.state.kind);
				expect(scene.pages.map((page) => page.promised.length)).toEqual(promised);
				expect(scene.served.engine.stats().rooms).toBe(1);
				scene.proxy.recover();
			})
	);

	withPostgres('[AK1, AK4, LG5, CL4] falls silent: nothing false is said, later all is there once', patience, () =>
		withScene(LIMITS, async (scene) => {
			scene.proxy.fallSilent();
			const promised = scene.pages.map((page) => page.promised.length);
			await typeFor(scene, AWAY_MS);
			await until('1013', () => scene.pages.every(({ open }) => open.state.kind !== 'saving'), 60_000);
			expect(scene.pages.map((page) => page.promised.length)).toEqual(promised);
			expect(scene.served.engine.stats().uncommittedRows).toBeGreaterThan(0);
			scene.proxy.recover();
		})
	);

	withPostgres('[LG4] moves to another machine: connections that will never answer are given up', patience, () =>
		withScene(
			{ ...LIMITS, drainMs: 500 },
			async (scene) => {
				const heard: string[] = [];
				await scene.sql.listen('news', (payload) => heard.push(payload));
				scene.proxy.fallSilent();
				type(scene, 3);
				await until('an append', () => scene.served.engine.stats().uncommittedRows > 0);
				await typeFor(scene, 1_000);
				scene.proxy.failOver();
				await until('the news, heard again', async () => {
					await direct.query(`select pg_notify('news', 'moved')`);
					return heard.includes('moved');
				});
			},
			{ answerWithinMs: 2_000, recoversWithin: 8_000 }
		)
	);

	withPostgres('[LG4] holds a statement up: it is ended, and tried again by those who need it', patience, async () => {
		const sql = postgresSql(postgresFound!.url, { answerWithinMs: 4_000 });
		await expect(sql.query('select pg_sleep(60)')).rejects.toThrow('statement timeout');
		const [{ asleep }] = await direct.query<{ asleep: number }>(
			`select count(*)::integer as asleep from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active' and datname = current_database()`
		);
		expect(asleep).toBe(0);
		await sql.close();
	});

	withPostgres('[AK1, LG2, CL3] is slow, two seconds an answer: all is saved in the end and never too early', patience, () =>
		withScene({}, async (scene) => {
			scene.proxy.delayMs = 2_000;
			for (let round = 0; round < 3; round++) {
				await typeFor(scene, 1_500);
				await expectPromisesKept(scene);
			}
			for (const page of scene.pages) expect(page.open.state.kind).toBe('saving');
			expect(scene.served.engine.stats().connections).toBe(2);
		})
	);

	withPostgres(
		'[AK4, LG4, LG5] says its disk is full: work goes on unacknowledged, and is stored when there is room',
		patience,
		() =>
			withScene(LIMITS, async (scene) => {
				await direct.script(`
				create or replace function public.disk_full() returns trigger language plpgsql as $$
				begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
				create trigger disk_full before insert on public.document_updates for each row
				when (new.document_id = '${scene.documentId}') execute function public.disk_full();
			`);
				const promised = scene.pages.map((page) => page.promised.length);
				await typeFor(scene, AWAY_MS);
				expect(told(scene)).toContain('updates could not be stored');
				expect(scene.pages.map((page) => page.promised.length)).toEqual(promised);
				for (const page of scene.pages) expect(page.open.state.kind).not.toBe('saved');
				await direct.script('drop trigger disk_full on public.document_updates');
			})
	);
});
