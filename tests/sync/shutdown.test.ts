import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../src/lib/collab/protocol.ts';
import { freshDatabase } from '../support/services.ts';
import { type Database, openDatabase } from './support/databases.ts';
import { EnginePool } from './support/engine-pool.ts';
import { broken, PageWitness, WireWitness } from './support/promises.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { createLogTables } from './support/sql-tables.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(limits = {}): Promise<void> {
	served = await serve({ limits });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
}

beforeEach(() => start());
afterEach(() => served.stop());

test('[SH1] a stopping engine stores and acknowledges what it has taken, then closes 1012', async () => {
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.hold();
	hoa.type('last words');
	const counter = hoa.askAck();
	await until('the append', () => served.store.appends === 1);
	const drained = served.engine.drain();
	const late = new RawClient(served.url, 'paper', 'binh');
	await until('the refusal', () => late.refusedWith);
	expect(late.refusedWith).toBe(503);
	expect(hoa.closed).toBeNull();
	served.store.release();
	await drained;
	expect((await hoa.end()).code).toBe(1012);
	expect(hoa.acks).toEqual([counter]);
	expect(await storedText(served.store, 'paper')).toBe('last words');
	expect(served.engine.stats()).toMatchObject({ connections: 0, rooms: 0, uncommittedRows: 0 });
});

test('[SH1] under load, everything acknowledged is in the log', async () => {
	const clients = await Promise.all(Array.from({ length: 20 }, () => new RawClient(served.url, 'paper', 'hoa').synced()));
	const asked = clients.map(() => new Map<number, string>());
	let isTyping = true;
	const typing = clients.map(async (client, index) => {
		for (let nth = 0; isTyping && !client.closed; nth++) {
			const marker = `<${index}.${nth}>`;
			client.type(marker);
			asked[index].set(client.askAck(), marker);
			await new Promise((resolve) => setImmediate(resolve));
		}
	});
	await until('acknowledgements for all', () => clients.every((client) => client.acks.length > 3));
	await served.engine.drain();
	isTyping = false;
	await Promise.all(typing);
	await Promise.all(clients.map((client) => client.end()));
	const text = await storedText(served.store, 'paper');
	clients.forEach((client, index) => {
		for (const counter of client.acks) expect(text).toContain(asked[index].get(counter));
	});
});

test('[SH2] without a database it stops in time, having acknowledged nothing', async () => {
	await served.stop();
	await start({ drainMs: 300 });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	served.store.appendError = new Error('no database');
	hoa.type('kept by its writer');
	hoa.askAck();
	await hoa.settled();
	const began = performance.now();
	await served.engine.drain();
	expect(performance.now() - began).toBeLessThan(2_500);
	expect((await hoa.end()).code).toBe(1012);
	expect(hoa.acks).toEqual([]);
	expect(served.complaints.map(({ message }) => message)).toContain(
		'stopped with updates that could not be stored or acknowledged'
	);
});

/** More than the engine's own bound, which main.ts ends by force. */
const EXIT_MS = LIMITS.drainMs + 5_000;
const PEOPLE = 50;

test(
	'[SH1, CL2, LG9] SIGTERM with 50 people at work: promises are kept, and all their work arrives at the next process',
	{ timeout: 180_000 },
	async () => {
		const found = await freshDatabase();
		const folder = mkdtempSync(join(tmpdir(), 'plenum-stop-'));
		const database: Database = found
			? { kind: 'postgres', place: found.url }
			: { kind: 'pglite', place: join(folder, 'postgres') };
		const pool = new EnginePool(2);
		const documentId = randomUUID();
		const person = randomUUID();
		let pages: PageWitness[] = [];
		try {
			const before = await openDatabase(database);
			await createLogTables(before);
			await before.close();
			const engine = await pool.take({ database, documentId, people: [person] });
			pages = Array.from({ length: PEOPLE }, (_, nth) => new PageWitness(engine.url, documentId, person, `p${nth}`));
			const wire = Array.from({ length: 3 }, (_, nth) => new WireWitness(engine.url, documentId, person, `w${nth}`));
			let isGone = false;
			const writing = [...pages, ...wire].map((witness) => witness.write(() => isGone));
			await until('everybody at work', () => pages.every((page) => page.promised.length > 0 && page.written.length > 10), 60_000);
			const stoppedAt = Date.now();
			engine.child.kill('SIGTERM');
			expect(await engine.ended).toEqual({ code: 0, signal: null });
			expect(Date.now() - stoppedAt).toBeLessThan(EXIT_MS);
			isGone = true;
			await Promise.all(writing);
			for (const { client } of wire) expect(client.closed?.code).toBe(1012);

			const promised = [...pages, ...wire].flatMap((witness) => witness.promised);
			const between = await openDatabase(database);
			expect(await broken(between, new Map([[documentId, promised]]))).toEqual([]);
			await between.close();
			for (const page of pages) page.type();
			await pool.take({ database, documentId, people: [person], port: engine.port });
			await until('everybody saved', () => pages.every(({ open }) => open.state.kind === 'saved'), 60_000);
			await pool.close();
			const after = await openDatabase(database);
			expect(await broken(after, new Map([[documentId, pages.flatMap((page) => page.written)]]))).toEqual([]);
			await after.close();
			expect(pages.flatMap((page) => page.falseWords)).toEqual([]);
		} finally {
			await Promise.all(pages.map((page) => page.leave()));
			await pool.close();
			await found?.drop();
			rmSync(folder, { recursive: true, force: true });
		}
	}
);
