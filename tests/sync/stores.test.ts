import { PGlite } from '@electric-sql/pglite';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/lib/collab/persistence/memory-store.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import type { UpdateRow, UpdateStore } from '../../src/lib/collab/persistence/store.server.ts';
import { pgliteSql, Turnstile } from '../../src/lib/server/backend/exclusive-pglite.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { testWith } from './support/services.ts';
import { createLogTables } from './support/sql-tables.ts';

/** A store and the means to change documents behind its back. */
interface Bench {
	store: UpdateStore;
	create(documentId: string, epoch?: number): Promise<void>;
	remove(documentId: string): Promise<void>;
	/** Absent where no compaction can have been. */
	snapshot?(documentId: string, epoch: number, text: string): Promise<void>;
	end(): Promise<void>;
}

const postgresFound = await freshDatabase();

async function memory(): Promise<Bench> {
	const store = new MemoryStore();
	return {
		store,
		create: async (documentId, epoch) => store.create(documentId, epoch),
		remove: async (documentId) => store.remove(documentId),
		end: async () => {}
	};
}

async function onSql(sql: Sql, end: () => Promise<unknown>): Promise<Bench> {
	await createLogTables(sql);
	return {
		store: new SqlStore(sql),
		async create(documentId, epoch = 1) {
			const text = 'insert into documents values ($1, $2) on conflict (id) do update set epoch = excluded.epoch';
			await sql.query(text, [documentId, epoch]);
		},
		async remove(documentId) {
			await sql.query('delete from documents where id = $1', [documentId]);
		},
		async snapshot(documentId, epoch, text) {
			await sql.query('insert into document_snapshots values ($1, $2, $3)', [documentId, epoch, Buffer.from(text)]);
		},
		end: async () => void (await end())
	};
}

async function onPglite(): Promise<Bench> {
	const database = await PGlite.create();
	return onSql(pgliteSql(database, new Turnstile()), () => database.close());
}

async function onPostgres(): Promise<Bench> {
	const sql = postgresSql(postgresFound!.url);
	return onSql(sql, async () => {
		await sql.close();
		await postgresFound!.drop();
	});
}

describe.each([
	['in memory', test, memory],
	['on PGlite', test, onPglite],
	['on Postgres', testWith('Postgres', postgresFound), onPostgres]
] as const)('a store %s', (name, run, open) => {
	let bench: Bench;
	beforeAll(async () => {
		if (name !== 'on Postgres' || postgresFound) bench = await open();
	});
	afterAll(() => bench?.end());

	run('[ST1] an unknown document has no body, a new one an empty one', async () => {
		const documentId = randomUUID();
		expect(await bench.store.load(documentId)).toBeNull();
		await bench.create(documentId, 3);
		expect(await bench.store.load(documentId)).toEqual({ epoch: 3, snapshot: null, updates: [] });
	});

	run('[ST1] only rows of the present epoch are read', async () => {
		const documentId = randomUUID();
		await bench.create(documentId, 1);
		await bench.store.append([row(documentId, 1, 'old')]);
		await bench.create(documentId, 2);
		expect(await bench.store.load(documentId)).toEqual({ epoch: 2, snapshot: null, updates: [] });
		await bench.store.append([row(documentId, 2, 'new')]);
		expect((await bench.store.load(documentId))!.updates.map(textOf)).toEqual(['new']);
	});

	run('[ST2] rows come back byte for byte', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		const all = Uint8Array.from({ length: 256 }, (_, value) => value);
		const large = new Uint8Array(randomBytes(2 * 1024 * 1024));
		// A part of a larger buffer, as sockets deliver them.
		const part = Buffer.from('before the part after').subarray(7, 15);
		const bytes = [new Uint8Array(), all, large, new Uint8Array(part)];
		const refused = await bench.store.append(
			[...bytes.slice(0, 3), part].map((bytes) => ({ documentId, epoch: 1, bytes, personId: randomUUID() }))
		);
		expect(refused).toEqual([]);
		const { updates } = (await bench.store.load(documentId))!;
		expect(updates.length).toBe(4);
		for (const expected of bytes) {
			expect(updates.some((found) => Buffer.compare(found, expected) === 0)).toBe(true);
		}
	});

	run('[ST3, LG7] rows of missing documents and of past epochs are named, the others are stored', async () => {
		const [here, gone, moved] = [randomUUID(), randomUUID(), randomUUID()];
		await bench.create(here);
		await bench.create(moved, 2);
		await bench.create(gone);
		await bench.remove(gone);
		const rows = [row(here, 1, 'a'), row(gone, 1, 'b'), row(moved, 1, 'c'), row(moved, 2, 'd'), row(here, 1, 'e')];
		expect(await bench.store.append(rows)).toEqual([rows[1], rows[2]]);
		expect((await bench.store.load(here))!.updates.map(textOf).sort()).toEqual(['a', 'e']);
		expect((await bench.store.load(moved))!.updates.map(textOf)).toEqual(['d']);
		expect(await bench.store.load(gone)).toBeNull();
	});

	run('[LG3] a batch of a thousand rows is stored whole', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		const rows = Array.from({ length: 1000 }, (_, nth) => row(documentId, 1, String(nth)));
		expect(await bench.store.append(rows)).toEqual([]);
		expect(new Set((await bench.store.load(documentId))!.updates.map(textOf)).size).toBe(1000);
	});

	if (name !== 'in memory') {
		run('[ST1] a snapshot of the present epoch comes with all remaining rows, one of another epoch does not', async () => {
			const documentId = randomUUID();
			await bench.create(documentId, 2);
			await bench.snapshot!(documentId, 2, 'snapshot');
			await bench.store.append([row(documentId, 2, 'since')]);
			const body = (await bench.store.load(documentId))!;
			expect([textOf(body.snapshot!), ...body.updates.map(textOf)]).toEqual(['snapshot', 'since']);
			await bench.create(documentId, 3);
			expect((await bench.store.load(documentId))!.snapshot).toBeNull();
		});

		run('[LG3] a batch with a row that cannot be stored is not stored at all', async () => {
			const documentId = randomUUID();
			await bench.create(documentId);
			const bad = { ...row(documentId, 1, 'bad'), personId: 'no uuid' };
			await expect(bench.store.append([row(documentId, 1, 'good'), bad])).rejects.toThrow();
			expect((await bench.store.load(documentId))!.updates).toEqual([]);
		});
	}
});

function row(documentId: string, epoch: number, text: string): UpdateRow {
	return { documentId, epoch, bytes: new TextEncoder().encode(text), personId: null };
}

function textOf(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}
