import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { type Database, openDatabase } from './support/databases.ts';
import { EnginePool } from './support/engine-pool.ts';
import { figuresOf, inTurn, killAgainAndAgain, type Moment, newToll, promisedCount, type Toll } from './support/kills.ts';
import { broken } from './support/promises.ts';
import { testWith } from './support/services.ts';
import { createLogTables } from './support/sql-tables.ts';
import { tally } from './support/tally.ts';

/** Kills in all; a soak sets more. Most are on Postgres: a PGlite that was killed takes a second to open again. */
const KILLS = Number(process.env.KILLS ?? 200);
const ON_PGLITE = Math.ceil(KILLS * 0.1);
const LANES = 3;
const MOMENTS: Moment[] = [
	'received',
	'broadcast',
	'committed',
	'before acknowledging',
	'compaction read',
	'compaction merged',
	'compaction committed',
	'any moment'
];

let pool: EnginePool;
const postgresFound = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'plenum-kill-'));
const pglite: Database = { kind: 'pglite', place: join(folder, 'postgres') };
const postgres: Database | null = postgresFound && { kind: 'postgres', place: postgresFound.url };
beforeAll(async () => {
	for (const database of [pglite, postgres]) if (database) await withSql(database, createLogTables);
	pool = new EnginePool(LANES + 1);
}, 300_000);
afterAll(async () => {
	await pool?.close();
	await postgresFound?.drop();
	rmSync(folder, { recursive: true, force: true });
});

describe.concurrent('kill -9', () => {
	test(
		`[LG9, CL3, CO6] ${ON_PGLITE} kills on PGlite, at every fault point, lose and double no acknowledged edit`,
		{ timeout: 120_000 + KILLS * 5_000 },
		async () => {
			const moments = inTurn(MOMENTS, ON_PGLITE);
			const toll = await killAgainAndAgain(pool, pglite, moments, newToll());
			await expectNothingBroken('PGlite', pglite, moments, toll);
		}
	);

	testWith('Postgres', postgresFound)(
		`[LG9, CL3, CO6] ${KILLS - ON_PGLITE} kills on Postgres, at every fault point, lose and double no acknowledged edit`,
		{ timeout: 120_000 + KILLS * 5_000 },
		async () => {
			const toll = newToll();
			const moments = inTurn(MOMENTS, KILLS - ON_PGLITE);
			const share = Math.ceil(moments.length / LANES);
			const lanes = Array.from({ length: LANES }, (_, lane) => moments.slice(lane * share, (lane + 1) * share));
			await Promise.all(lanes.map((own) => killAgainAndAgain(pool, postgres!, own, toll)));
			await expectNothingBroken('Postgres', postgres!, moments, toll);
		}
	);
});

test('[LG9, CL3] the checker notices an engine that acknowledges before the commit', { timeout: 60_000 }, async () => {
	const database = postgres ?? pglite;
	// A process may die with nothing acknowledged that is not committed; of twenty, not all do.
	const toll = newToll();
	let lost: string[] = [];
	for (const moment of inTurn(['before acknowledging', 'committed'], 20)) {
		await killAgainAndAgain(pool, database, [moment], toll, true);
		lost = await lostIn(database, toll);
		if (lost.length > 0) break;
	}
	expect(lost.length).toBeGreaterThan(0);
});

async function expectNothingBroken(name: string, database: Database, moments: readonly Moment[], toll: Toll): Promise<void> {
	const wrong = await lostIn(database, toll);
	tally('kills', { on: name, ...figuresOf(toll), lostOrDoubled: wrong.length });
	expect(wrong).toEqual([]);
	expect(toll.falseWords).toEqual([]);
	expect(promisedCount(toll)).toBeGreaterThan(toll.kills);
	// The processes died where they should, and not only because their time was up.
	for (const moment of new Set(moments)) expect(toll.at.get(moment) ?? 0, moment).toBeGreaterThan(0);
}

function lostIn(database: Database, toll: Toll): Promise<string[]> {
	return withSql(database, (sql) => broken(sql, toll.promised));
}

async function withSql<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
	const sql = await openDatabase(database);
	return work(sql).finally(() => sql.close());
}
