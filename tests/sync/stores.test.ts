import { PGlite } from '@electric-sql/pglite';
import { randomBytes, randomUUID } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/lib/collab/persistence/memory-store.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import {
	type Compacted,
	type LogPart,
	partsOf,
	type Replacement,
	type UpdateRow,
	type UpdateStore
} from '../../src/lib/collab/persistence/store.server.ts';
import { pgliteSql } from '../../src/lib/server/backend/exclusive-pglite.ts';
import { Turnstile } from '../../src/lib/server/backend/turnstile.ts';
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
	/** Epoch and text of each past body. */
	pastOf(documentId: string): Promise<[epoch: number, text: string][]>;
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
		pastOf: async (documentId) => store.pastOf(documentId).map(({ epoch, bytes }) => [epoch, textOf(bytes)]),
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
		async pastOf(documentId) {
			const rows = await sql.query<{ epoch: number; bytes: Uint8Array }>(
				'select epoch, bytes from document_past_bodies where document_id = $1',
				[documentId]
			);
			return rows.map(({ epoch, bytes }) => [epoch, textOf(bytes)]);
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
		expect(await bench.store.load(documentId)).toEqual({ epoch: 3, snapshot: null, stateVector: null, updates: [] });
	});

	run('[ST1] only rows of the present epoch are read', async () => {
		const documentId = randomUUID();
		await bench.create(documentId, 1);
		await bench.store.append([row(documentId, 1, 'old')]);
		await bench.create(documentId, 2);
		expect(await bench.store.load(documentId)).toEqual({ epoch: 2, snapshot: null, stateVector: null, updates: [] });
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

	const everything = { rows: 1000, bytes: 1e6 };

	run('[CO2] a snapshot comes back with its state vector', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		await bench.store.append([row(documentId, 1, 'a')]);
		const part = (await bench.store.loadForCompaction(documentId, { rows: 10, bytes: 1000 }))!;
		await bench.store.compact(compacted(documentId, part, 'a'));
		const { snapshot, stateVector } = (await bench.store.load(documentId))!;
		expect([textOf(snapshot!), textOf(stateVector!)]).toEqual(['a', 'vector of a']);
	});

	run('[CO2] a snapshot takes the place of the rows it was made from, and of no others', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		await bench.store.append(['a', 'b', 'c'].map((text) => row(documentId, 1, text)));
		const part = (await bench.store.loadForCompaction(documentId, everything))!;
		expect({ ...part, rows: part.rows.map((row) => textOf(row.bytes)) }).toEqual({
			epoch: 1,
			snapshot: null,
			version: 0,
			rows: ['a', 'b', 'c']
		});
		await bench.store.append([row(documentId, 1, 'meanwhile')]);
		expect(await bench.store.compact(compacted(documentId, part, 'abc'))).toBe(true);
		expect(await textsOf(bench.store, documentId)).toEqual(['abc', 'meanwhile']);
		const next = (await bench.store.loadForCompaction(documentId, everything))!;
		expect([next.version, textOf(next.snapshot!)]).toEqual([1, 'abc']);
		expect(await bench.store.compact(compacted(documentId, next, 'abc meanwhile'))).toBe(true);
		expect(await textsOf(bench.store, documentId)).toEqual(['abc meanwhile']);
		// What is named by id goes, what is not stays, whichever is older.
		await bench.store.append(['d', 'e', 'f'].map((text) => row(documentId, 1, text)));
		const last = (await bench.store.loadForCompaction(documentId, everything))!;
		last.rows = [last.rows[2]];
		expect(await bench.store.compact(compacted(documentId, last, 'with f'))).toBe(true);
		expect(await textsOf(bench.store, documentId)).toEqual(['with f', 'd', 'e']);
	});

	run('[CO2] of several compactions of the same state one writes', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		for (const version of [0, 1]) {
			await bench.store.append(['a', 'b'].map((text) => row(documentId, 1, text)));
			const part = (await bench.store.loadForCompaction(documentId, everything))!;
			expect(part.version).toBe(version);
			const tries = Array.from({ length: 6 }, () => bench.store.compact(compacted(documentId, part, 'both')));
			expect((await Promise.all(tries)).filter(Boolean)).toEqual([true]);
			expect(await textsOf(bench.store, documentId)).toEqual(['both']);
		}
	});

	run('[CO2] nothing is written when the document is gone or has moved to another epoch', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		await bench.store.append([row(documentId, 1, 'old')]);
		const part = (await bench.store.loadForCompaction(documentId, everything))!;
		await bench.create(documentId, 2);
		await bench.store.append([row(documentId, 2, 'new')]);
		expect(await bench.store.compact(compacted(documentId, part, 'old'))).toBe(false);
		expect(await textsOf(bench.store, documentId)).toEqual(['new']);
		await bench.remove(documentId);
		expect(await bench.store.compact(compacted(documentId, { ...part, epoch: 2 }, 'new'))).toBe(false);
		expect(await bench.store.loadForCompaction(documentId, everything)).toBeNull();
		expect(await bench.store.load(documentId)).toBeNull();
	});

	run('[CO5] a long log is read in parts', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		await bench.store.append(['12345', '12345', '12345', '1'].map((text) => row(documentId, 1, text)));
		const readBy = async (most: { rows: number; bytes: number }) =>
			(await bench.store.loadForCompaction(documentId, most))!.rows.map((row) => textOf(row.bytes));
		expect(await readBy({ rows: 2, bytes: 1000 })).toEqual(['12345', '12345']);
		expect(await readBy({ rows: 9, bytes: 11 })).toEqual(['12345', '12345']);
		expect(await readBy({ rows: 9, bytes: 3 })).toEqual(['12345']);
	});

	run('[CO1] logs are due by rows, by bytes, or after a rest', async () => {
		const [small, many, large, past] = Array.from({ length: 4 }, () => randomUUID());
		const never = { compactRows: 1e6, compactBytes: 1e9, compactIdleMs: 1e9, compactIdleRows: 1 };
		for (const documentId of [small, many, large, past]) await bench.create(documentId);
		await bench.store.append([row(small, 1, 'x'), row(small, 1, 'y'), row(large, 1, 'z'.repeat(5000))]);
		await bench.store.append(Array.from({ length: 12 }, () => row(many, 1, 'x')));
		await bench.store.append(Array.from({ length: 20 }, () => row(past, 1, 'of a past epoch')));
		await bench.create(past, 2);
		const dueBy = async (bounds: object) => {
			const due = await bench.store.documentsToCompact({ ...never, ...bounds }, 1000);
			return [small, many, large, past].filter((documentId) => due.includes(documentId));
		};
		expect(await dueBy({})).toEqual([]);
		expect(await dueBy({ compactRows: 11 })).toEqual([many]);
		expect(await dueBy({ compactRows: 12 })).toEqual([]);
		expect(await dueBy({ compactBytes: 4999 })).toEqual([large]);
		expect(await dueBy({ compactIdleMs: 0, compactIdleRows: 2 })).toEqual([small, many]);
		expect((await bench.store.documentsToCompact({ ...never, compactRows: 1 }, 1)).length).toBe(1);
	});

	run('[BU6] the rows of logs are counted, of the present epoch and of documents that exist', async () => {
		const [empty, some, past, missing] = Array.from({ length: 4 }, () => randomUUID());
		for (const documentId of [empty, some, past]) await bench.create(documentId);
		await bench.store.append([row(some, 1, 'a'), row(past, 1, 'b'), row(some, 1, 'c')]);
		await bench.create(past, 2);
		expect(await bench.store.countRows([empty, some, past, missing])).toEqual(
			new Map([
				[empty, 0],
				[some, 2],
				[past, 0]
			])
		);
		expect(await bench.store.countRows([])).toEqual(new Map());
	});

	run('[CO2, ST1] whoever loads while it is compacted meets every row once', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		const stored: string[] = [];
		let isWriting = true;
		const write = async () => {
			for (let nth = 0; nth < 60; nth++) {
				await bench.store.append([row(documentId, 1, `${nth} `), row(documentId, 1, `${nth}+ `)]);
				stored.push(`${nth}`, `${nth}+`);
			}
			isWriting = false;
		};
		const compact = async () => {
			while (isWriting) {
				const part = (await bench.store.loadForCompaction(documentId, everything))!;
				const text = [part.snapshot ?? new Uint8Array(), ...part.rows.map((row) => row.bytes)].map(textOf).join('');
				await bench.store.compact(compacted(documentId, part, text));
			}
		};
		const read = async () => {
			while (isWriting) {
				const before = stored.slice();
				const found = (await textsOf(bench.store, documentId)).join('').trim().split(' ');
				expect(new Set(found).size).toBe(found.length);
				expect(before.filter((text) => !found.includes(text))).toEqual([]);
			}
		};
		await Promise.all([write(), compact(), compact(), read(), read()]);
		const found = (await textsOf(bench.store, documentId)).join('').trim().split(' ');
		expect(found.sort()).toEqual(stored.sort());
	});

	const replacement = (documentId: string, { epoch, version, rows }: LogPart, restMs = 0): Replacement => ({
		documentId,
		epoch,
		version,
		ids: rows.map((row) => row.id),
		past: new TextEncoder().encode('as it was'),
		bytes: new TextEncoder().encode('anew'),
		stateVector: new Uint8Array([1, 7, 1]),
		restMs
	});

	run('[LL3, EP2] a text written anew takes the place of all that was stored, in a new epoch', async () => {
		const documentId = randomUUID();
		await bench.create(documentId);
		await bench.store.append(['a', 'b'].map((text) => row(documentId, 1, text)));
		await bench.store.compact(compacted(documentId, (await bench.store.loadForCompaction(documentId, everything))!, 'ab'));
		await bench.store.append([row(documentId, 1, 'c')]);
		const part = (await bench.store.loadForCompaction(documentId, everything))!;
		expect(await bench.store.replace(replacement(documentId, part))).toBe(true);
		expect(await textsOf(bench.store, documentId)).toEqual(['anew']);
		const { epoch, stateVector } = (await bench.store.load(documentId))!;
		expect([epoch, ...stateVector!]).toEqual([2, 1, 7, 1]);
		expect(await bench.pastOf(documentId)).toEqual([[1, 'as it was']]);
		const late = row(documentId, 1, 'late');
		expect(await bench.store.append([late])).toEqual([late]);
		// What is written next is compacted as ever.
		await bench.store.append([row(documentId, 2, '!')]);
		expect(
			await bench.store.compact(compacted(documentId, (await bench.store.loadForCompaction(documentId, everything))!, 'anew!'))
		).toBe(true);
		expect(await textsOf(bench.store, documentId)).toEqual(['anew!']);
	});

	run(
		'[LL3] nothing is replaced when anything was stored, compacted or replaced since it was read, or it was a short while ago',
		async () => {
			const documentId = randomUUID();
			await bench.create(documentId);
			const read = async () => (await bench.store.loadForCompaction(documentId, everything))!;
			await bench.store.append([row(documentId, 1, 'a')]);
			const beforeRow = await read();
			await bench.store.append([row(documentId, 1, 'b')]);
			expect(await bench.store.replace(replacement(documentId, beforeRow))).toBe(false);
			const beforeSnapshot = await read();
			await bench.store.compact(compacted(documentId, beforeSnapshot, 'ab'));
			expect(await bench.store.replace(replacement(documentId, beforeSnapshot))).toBe(false);
			expect(await textsOf(bench.store, documentId)).toEqual(['ab']);
			expect(await bench.pastOf(documentId)).toEqual([]);
			const part = await read();
			const tries = await Promise.all(Array.from({ length: 4 }, () => bench.store.replace(replacement(documentId, part))));
			expect(tries.filter(Boolean)).toEqual([true]);
			expect(await bench.store.replace(replacement(documentId, await read(), 3_600_000))).toBe(false);
			await bench.remove(documentId);
			expect(await bench.store.replace(replacement(documentId, part))).toBe(false);
		}
	);

	run('[LL1] texts are worth writing anew by their client ids, or by their bytes while they change', async () => {
		const [few, many, large, past] = Array.from({ length: 4 }, () => randomUUID());
		const bounds = { renewIds: 50, renewBytes: 1000, renewPauseMs: 3_600_000 };
		for (const [documentId, ids, bytes] of [
			[few, 40, 900],
			[many, 80, 900],
			[large, 40, 1100],
			[past, 80, 900]
		] as const) {
			await bench.create(documentId);
			const part = (await bench.store.loadForCompaction(documentId, everything))!;
			await bench.store.compact({ ...compacted(documentId, part, ''), bytes: new Uint8Array(bytes), stateVector: vectorOf(ids) });
		}
		await bench.create(past, 2);
		const dueBy = async (changed: object) => {
			const due = await bench.store.documentsToRenew({ ...bounds, ...changed }, 1000);
			return [few, many, large, past].filter((documentId) => due.includes(documentId));
		};
		expect(await dueBy({})).toEqual([many, large]);
		// One that has not changed for so long has been looked at.
		expect(await dueBy({ renewPauseMs: 0 })).toEqual([many]);
		expect((await bench.store.documentsToRenew(bounds, 1)).length).toBe(1);
		await bench.store.replace(replacement(many, (await bench.store.loadForCompaction(many, everything))!));
		expect(await dueBy({})).toEqual([large]);
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

test('[CO7] the embedded database does not keep every snapshot that was replaced', async () => {
	const database = await PGlite.create();
	const sql = pgliteSql(database, new Turnstile());
	await createLogTables(sql);
	const store = new SqlStore(sql, { vacuumAfterBytes: 1_000_000 });
	const documentId = randomUUID();
	await sql.query('insert into documents values ($1)', [documentId]);
	const compactOften = async (times: number) => {
		for (let nth = 0; nth < times; nth++) {
			const part = (await store.loadForCompaction(documentId, { rows: 1, bytes: 1 }))!;
			expect(await store.compact({ ...compacted(documentId, part, ''), bytes: new Uint8Array(randomBytes(200_000)) })).toBe(true);
		}
		const [{ size }] = await sql.query<{ size: number }>(`select pg_total_relation_size('document_snapshots') as size`);
		return size;
	};
	expect(await compactOften(40)).toBeLessThan(10 * 200_000);
	await database.close();
});

function row(documentId: string, epoch: number, text: string): UpdateRow {
	return { documentId, epoch, bytes: new TextEncoder().encode(text), personId: null };
}

function compacted(documentId: string, { epoch, version, rows }: LogPart, text: string): Compacted {
	const bytes = new TextEncoder().encode(text);
	return {
		documentId,
		epoch,
		version,
		bytes,
		stateVector: new TextEncoder().encode(`vector of ${text}`),
		ids: rows.map((row) => row.id)
	};
}

/** A state vector that names so many clients. */
function vectorOf(clients: number): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, clients);
	for (let nth = 0; nth < clients; nth++) {
		encoding.writeVarUint(encoder, 4_000_000_000 + nth);
		encoding.writeVarUint(encoder, 1);
	}
	return encoding.toUint8Array(encoder);
}

/** Snapshot, if there is one, and rows. */
async function textsOf(store: UpdateStore, documentId: string): Promise<string[]> {
	return partsOf((await store.load(documentId))!).map(textOf);
}

function textOf(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes);
}
