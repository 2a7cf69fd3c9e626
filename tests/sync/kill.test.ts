import { PGlite } from '@electric-sql/pglite';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { pgliteSql, Turnstile } from '../../src/lib/server/backend/exclusive-pglite.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { capture, RawClient } from './support/raw-client.ts';
import { testWith } from './support/services.ts';
import { until } from './support/wait.ts';

/** Kills per database; a soak sets more. */
const KILLS = Number(process.env.KILLS ?? 10);
const WRITERS = 4;
const PERSON = '11111111-1111-4111-8111-111111111111';
const PROCESS = join(import.meta.dirname, 'support/engine-process.ts');

interface Database {
	kind: 'pglite' | 'postgres';
	place: string;
	documentId: string;
	open(): Promise<Sql>;
}

/** Markers a client was told are committed, in the order it was told. */
type Acknowledged = string[];

const postgresFound = await freshDatabase();
afterAll(() => postgresFound?.drop());

test(`[LG9] ${KILLS} kills of the process on PGlite lose and double no acknowledged edit`, { timeout: 60_000 + KILLS * 10_000 }, async () => {
	await withPglite(async (database) => {
		const acknowledged = await killAgainAndAgain(database, KILLS);
		expect(await missingOrDoubled(database, acknowledged)).toEqual([]);
	});
});

testWith('Postgres', postgresFound)(
	`[LG9] ${KILLS} kills of the process on Postgres lose and double no acknowledged edit`,
	{ timeout: 60_000 + KILLS * 10_000 },
	async () => {
		const place = postgresFound!.url;
		const database: Database = { kind: 'postgres', place, documentId: randomUUID(), open: async () => postgresSql(place) };
		const acknowledged = await killAgainAndAgain(database, KILLS);
		expect(await missingOrDoubled(database, acknowledged)).toEqual([]);
	}
);

test('[LG9] the checker notices an engine that acknowledges before the commit', { timeout: 60_000 }, async () => {
	await withPglite(async (database) => {
		const acknowledged = await killAgainAndAgain(database, 1, 'lying');
		expect((await missingOrDoubled(database, acknowledged)).length).toBeGreaterThan(0);
	});
});

/** Starts an engine, lets several people write, kills it at a random moment; so many times. */
async function killAgainAndAgain(database: Database, times: number, mode = ''): Promise<Acknowledged> {
	const acknowledged: Acknowledged = [];
	for (let round = 0; round < times; round++) {
		const child = spawn(process.execPath, [PROCESS, database.kind, database.place, database.documentId, mode], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		try {
			const url = `ws://127.0.0.1:${await portOf(child)}/collab`;
			// Fresh clients each time: one that came back would hand lost edits over again and hide the loss.
			const writers = Array.from({ length: WRITERS }, (_, writer) => new Writer(url, database.documentId, `${round}.${writer}`));
			await Promise.all(writers.map((writer) => writer.client.synced()));
			const writing = writers.map((writer) => writer.write());
			await until('an acknowledgement for everybody', () => writers.every((writer) => writer.acknowledged.length > 0), 20_000);
			await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
			child.kill('SIGKILL');
			await once(child, 'exit');
			await Promise.all(writing);
			acknowledged.push(...writers.flatMap((writer) => writer.acknowledged));
		} finally {
			child.kill('SIGKILL');
		}
	}
	return acknowledged;
}

/** What was promised, against what the database alone holds. */
async function missingOrDoubled(database: Database, acknowledged: Acknowledged): Promise<string[]> {
	expect(acknowledged.length).toBeGreaterThan(WRITERS);
	const sql = await database.open();
	const { snapshot, updates } = (await new SqlStore(sql).load(database.documentId))!;
	await sql.close();
	const doc = new Y.Doc();
	for (const bytes of snapshot ? [snapshot, ...updates] : updates) Y.applyUpdate(doc, bytes);
	const counts = new Map<string, number>();
	for (const marker of doc.getArray<string>('markers')) counts.set(marker, (counts.get(marker) ?? 0) + 1);
	console.info(`${database.kind}: ${acknowledged.length} acknowledged, ${counts.size} in the database, ${updates.length} rows`);
	return acknowledged.filter((marker) => counts.get(marker) !== 1);
}

/** Writes unique markers as fast as the engine answers and notes which are promised. */
class Writer {
	readonly client: RawClient;
	readonly acknowledged: Acknowledged = [];
	readonly #name: string;
	readonly #asked = new Map<number, string[]>();

	constructor(url: string, documentId: string, name: string) {
		this.client = new RawClient(url, documentId, PERSON);
		this.#name = name;
	}

	async write(): Promise<void> {
		const { client } = this;
		const markers = client.doc.getArray<string>('markers');
		let heard = 0;
		for (let nth = 0; !client.closed; nth++) {
			const marker = `${this.#name}.${nth}`;
			const at = Math.floor(Math.random() * (markers.length + 1));
			client.sendUpdate(capture(client.doc, () => markers.insert(at, [marker])));
			this.#asked.set(client.askAck(), [marker]);
			await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
			for (; heard < client.acks.length; heard++) this.acknowledged.push(...this.#asked.get(client.acks[heard])!);
		}
	}
}

async function portOf(child: ChildProcess): Promise<number> {
	const [line] = (await Promise.race([
		once(child.stdout!, 'data'),
		once(child, 'exit').then(() => Promise.reject(new Error('the engine process ended before it served')))
	])) as [Buffer];
	return Number(line.toString());
}

async function withPglite(run: (database: Database) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'plenum-kill-'));
	const place = join(folder, 'postgres');
	const open = async (): Promise<Sql> => {
		const database = await PGlite.create(place);
		return { ...pgliteSql(database, new Turnstile()), close: () => database.close() };
	};
	try {
		await run({ kind: 'pglite', place, documentId: randomUUID(), open });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
