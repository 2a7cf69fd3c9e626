import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Compactor, type CompactorOptions } from '../../src/lib/collab/persistence/compactor.server.ts';
import { expectHeld, merge, mergeVerified, Unmergeable } from '../../src/lib/collab/persistence/merge.server.ts';
import { MemoryStore } from '../../src/lib/collab/persistence/memory-store.server.ts';
import { type Compacted, partsOf } from '../../src/lib/collab/persistence/store.server.ts';
import { LIMITS, type Limits } from '../../src/lib/collab/protocol.ts';
import { type FaultPoint, noMetrics } from '../../src/lib/collab/rooms/report.server.ts';
import { jumbled, randomLog, seen } from './support/random-log.ts';
import { seeded } from './support/seeded.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

const EAGER: Partial<Limits> = { compactRows: 20, compactPauseMs: 0, compactIdleRows: 1 };
const MALFORMED = new Uint8Array([1, 2, 3]);

const compactors: Compactor[] = [];
const nodes: Served[] = [];
afterEach(async () => {
	for (const compactor of compactors.splice(0)) await compactor.stop(1_000);
	for (const node of nodes.splice(0)) await node.stop();
});

describe('merging', () => {
	test('[CO3] what is merged reads as what it was merged from, also with gaps, and heals when the rest comes', () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.integer({ min: 1, max: 5 }),
				fc.integer({ min: 1, max: 80 }),
				fc.boolean(),
				(seed, people, edits, hasGaps) => {
					const random = seeded(seed);
					const log = randomLog(random, people, edits);
					const missing = new Set(hasGaps ? log.keys().filter(() => random() < 0.2) : []);
					const rows = jumbled(log, random, (nth) => missing.has(nth));
					const early = mergeVerified(rows.slice(0, rows.length / 2));
					const snapshot = mergeVerified([early, ...rows.slice(rows.length / 2)]);
					expect(seen([snapshot])).toEqual(seen(rows));
					const rest = log.filter((_, nth) => missing.has(nth));
					expect(seen([snapshot, ...rest])).toEqual(seen(log));
					expect(seen([mergeVerified([snapshot, ...rest])])).toEqual(seen(log));
				}
			),
			// Of the example Yjs leaves updates waiting although all of them are there.
			{ numRuns: Number(process.env.RUNS ?? 80), examples: [[-260, 4, 79, false]] }
		);
	});

	test('[CO3] updates that wait for a predecessor are kept, and so are deletions of what is not there yet', () => {
		const [first, second, third] = threeInARow();
		const snapshot = mergeVerified([third, second]);
		expect(seen([snapshot])).toMatchObject({ text: [], waits: true });
		expect(seen([snapshot, first])).toMatchObject({ text: [{ insert: 'one three' }], waits: false });
	});

	test('[CO3] a result that lacks something, or shows it in another order, is refused', () => {
		const parts = threeInARow();
		const { bytes, held } = merge(parts);
		expectHeld(bytes, held);
		for (const lost of parts) {
			const poorer = merge(parts.filter((part) => part !== lost)).bytes;
			expect(() => expectHeld(poorer, held)).toThrow(Unmergeable);
		}
		const [forwards, backwards] = [0, 1].map((isForwards) => {
			const doc = new Y.Doc();
			doc.clientID = 1;
			doc.getText('text').insert(0, 'a');
			doc.getText('text').insert(isForwards, 'b');
			return Y.encodeStateAsUpdate(doc);
		});
		expect(() => expectHeld(backwards, merge([forwards]).held)).toThrow('the text differs');
	});

	test('[CO3] thousands of small edits become a fraction of their size', () => {
		const log = drafted(8_000);
		const bytes = log.reduce((sum, update) => sum + update.byteLength, 0);
		const snapshot = mergeVerified(log);
		expect(seen([snapshot])).toEqual(seen(log));
		console.info(`${log.length} edits: ${bytes} bytes in the log, ${snapshot.byteLength} compacted`);
		expect(bytes / snapshot.byteLength).toBeGreaterThan(4);
	});

	test('[CO4] parts that cannot be read are named by their place', () => {
		const [first, second] = threeInARow();
		const failure = catching(() => mergeVerified([first, MALFORMED, second, MALFORMED]));
		expect(failure).toBeInstanceOf(Unmergeable);
		expect((failure as Unmergeable).parts).toEqual([1, 3]);
	});
});

describe('the compactor', () => {
	test('[CO1, CO2] many rows become one snapshot with the same text, and rows that come meanwhile stay', async () => {
		const store = new GatedStore();
		store.create('paper');
		const log = typed(60);
		const { compactor } = compact(store);
		await append(store, compactor, 'paper', log.slice(0, 20));
		expect((await store.load('paper'))!.snapshot).toBeNull();
		store.beforeCompact = () => append(store, null, 'paper', log.slice(25));
		await append(store, compactor, 'paper', log.slice(20, 25));
		await until('a snapshot', async () => (await store.load('paper'))!.snapshot);
		const { snapshot, updates } = (await store.load('paper'))!;
		expect(updates.length).toBe(35);
		expect(seen([snapshot!, ...updates])).toEqual(seen(log));
	});

	test('[CO1] logs that nobody counted are found in the database, and found again', async () => {
		const store = new MemoryStore();
		const [before, later] = [typed(40), typed(30)];
		store.create('before');
		store.create('later');
		await append(store, null, 'before', before);
		compact(store, { compactLookMs: 20 });
		await until('the first', async () => (await store.load('before'))!.snapshot);
		await append(store, null, 'later', later);
		await until('the second', async () => (await store.load('later'))!.snapshot);
		expect(seen([(await store.load('later'))!.snapshot!])).toEqual(seen(later));
	});

	test('[CO1] a log that rests is compacted although it is short', async () => {
		const store = new MemoryStore();
		store.create('short');
		await append(store, null, 'short', typed(3));
		const bounds = { compactIdleMs: 0, compactIdleRows: 4, compactLookMs: 20 };
		const { compactor } = compact(store, bounds);
		await append(store, compactor, 'short', typed(1));
		await until('a snapshot', async () => (await store.load('short'))!.snapshot);
		expect((await store.load('short'))!.updates).toEqual([]);
	});

	test('[CO1] a document is left alone for a while after it was compacted', async () => {
		const store = new GatedStore();
		store.create('busy');
		store.create('other');
		const { compactor } = compact(store, { compactPauseMs: 3_600_000 });
		await append(store, compactor, 'busy', typed(30));
		await until('a snapshot', async () => (await store.load('busy'))!.snapshot);
		await append(store, compactor, 'busy', typed(30));
		await append(store, compactor, 'other', typed(30));
		await until('the other', async () => (await store.load('other'))!.snapshot);
		expect((await store.load('busy'))!.updates.length).toBe(30);
	});

	test('[CO5] a log longer than one compaction reads is compacted in parts', async () => {
		const store = new GatedStore();
		store.create('long');
		const log = typed(500);
		await append(store, null, 'long', log);
		const { compactor, counts } = compact(store, { compactReadRows: 60, compactReadBytes: 1e6 });
		await append(store, compactor, 'long', typed(21));
		await until('an empty log', async () => (await store.load('long'))!.updates.length === 0);
		expect(counts['compactions in part']).toBe(8);
		expect(counts.compacted_rows).toBe(521);
	});

	test('[CO2] two compactors on one log write one snapshot after the other', async () => {
		const store = new GatedStore();
		store.create('paper');
		const log = typed(400);
		const { compactor: one, counts: ofOne } = compact(store);
		const { compactor: other, counts: ofOther } = compact(store);
		for (let nth = 0; nth < log.length; nth += 25) {
			const rows = log.slice(nth, nth + 25);
			await append(store, one, 'paper', rows);
			other.stored('paper', rows);
		}
		const outcomes = () =>
			[ofOne, ofOther].map((counts) => (counts['compactions done'] ?? 0) + (counts['compactions overtaken'] ?? 0));
		await until('both at work', () => outcomes().every((compactions) => compactions > 0));
		await Promise.all([one.stop(5_000), other.stop(5_000)]);
		const { snapshot, updates } = (await store.load('paper'))!;
		expect(seen([snapshot!, ...updates])).toEqual(seen(log));
		const written = (ofOne['compactions done'] ?? 0) + (ofOther['compactions done'] ?? 0);
		expect((await store.loadForCompaction('paper', { rows: 1, bytes: 1 }))!.version).toBe(written);
	});

	test('[CO2] a new epoch during a compaction keeps it from writing', async () => {
		const store = new GatedStore();
		store.create('paper');
		store.beforeCompact = async () => store.create('paper', 2);
		const { compactor, counts } = compact(store);
		await append(store, compactor, 'paper', typed(30));
		await until('the attempt', () => counts['compactions overtaken']);
		expect(await store.load('paper')).toEqual({ epoch: 2, snapshot: null, stateVector: null, updates: [] });
	});

	test('[CO4] a poisoned row stays with all others, is named once, and holds up no other document', async () => {
		const store = new GatedStore();
		for (const documentId of ['poisoned', 'sound']) store.create(documentId);
		const { compactor, complaints, counts } = compact(store);
		const log = typed(60);
		await append(store, compactor, 'poisoned', [...log.slice(0, 20), MALFORMED, ...log.slice(20, 40)]);
		await until('the complaint', () => complaints.length > 0);
		await append(store, compactor, 'poisoned', log.slice(40));
		await append(store, compactor, 'sound', log);
		await until('the sound one', async () => (await store.load('sound'))!.snapshot);
		expect(complaints).toMatchObject([{ documentId: 'poisoned', rows: [21] }]);
		expect(counts['compactions unmergeable']).toBe(1);
		expect((await store.load('poisoned'))!.updates.length).toBe(61);
	});

	test('[CO4, CO5] a merge that takes too long is given up, and the log stays', async () => {
		const store = new GatedStore();
		store.create('long');
		const { compactor, complaints, counts } = compact(store, { compactMergeMs: 1 });
		await append(store, compactor, 'long', typed(1_000));
		await until('the complaint', () => complaints.length > 0);
		expect(complaints).toMatchObject([{ documentId: 'long', rows: { length: 20 } }]);
		expect(counts['compactions unmergeable']).toBe(1);
		const { snapshot, updates } = (await store.load('long'))!;
		expect([snapshot, updates.length]).toEqual([null, 1_000]);
	});

	test('[CO6] a database that fails at any step, before or after it wrote, loses and doubles nothing', async () => {
		const store = new GatedStore();
		store.create('paper');
		const log = typed(200);
		const { compactor, counts } = compact(store);
		const steps = ['loadForCompaction', 'compact', 'compact, answer lost'] as const;
		for (const [nth, step] of [...steps, ...steps].entries()) {
			store.failsAt = step;
			await append(store, compactor, 'paper', log.slice(nth * 30, (nth + 1) * 30));
			await until(step, () => counts['compactions failed'] === nth + 1);
			expect(seen(partsOf((await store.load('paper'))!))).toEqual(seen(log.slice(0, (nth + 1) * 30)));
		}
		store.failsAt = null;
		await append(store, compactor, 'paper', log.slice(180));
		compactor.stored('paper', log);
		await until('an empty log', async () => (await store.load('paper'))!.updates.length === 0);
		expect(seen([(await store.load('paper'))!.snapshot!])).toEqual(seen(log));
	});

	test('[CO6] one that is stopped at any point leaves a whole log', async () => {
		const points: FaultPoint[] = ['compaction read', 'compaction merged', 'compaction committed'];
		for (const at of points) {
			const store = new GatedStore();
			store.create('paper');
			const log = typed(30);
			let stopping: Promise<void> | undefined;
			const { compactor } = compact(store, {}, (point) => {
				if (point === at) stopping ??= compactor.stop(5_000);
			});
			await append(store, compactor, 'paper', log);
			await until(at, () => stopping !== undefined);
			await stopping;
			expect(seen(partsOf((await store.load('paper'))!))).toEqual(seen(log));
		}
	});
});

test('[CO1, CO2] people write, the engine compacts, and whoever comes later finds it all', async () => {
	const first = await serve({ limits: EAGER });
	nodes.push(first);
	const { store, access } = first;
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'editor' });
	const hoa = await new RawClient(first.url, 'paper', 'hoa').synced();
	const binh = await new RawClient(first.url, 'paper', 'binh').synced();
	for (let nth = 0; nth < 120; nth++) (nth % 2 ? hoa : binh).type(`${nth} `);
	await Promise.all([hoa.acked(), binh.acked()]);
	await until('a snapshot', async () => (await store.load('paper'))!.snapshot);
	expect((await store.load('paper'))!.updates.length).toBeLessThan(120);
	await until('one text', () => hoa.text.toString() === binh.text.toString());
	expect(await storedText(store, 'paper')).toBe(hoa.text.toString());
	const second = await serve({ store, access });
	nodes.push(second);
	const late = await new RawClient(second.url, 'paper', 'hoa').synced();
	expect(late.text.toString().split(' ').length).toBe(121);
	expect(late.text.toString()).toBe(hoa.text.toString());
});

/** A store in memory whose compactions can be kept waiting or made to fail. */
class GatedStore extends MemoryStore {
	/** Run before a snapshot is written. */
	beforeCompact: () => Promise<void> = async () => {};
	failsAt: 'loadForCompaction' | 'compact' | 'compact, answer lost' | null = null;

	override async loadForCompaction(...asked: Parameters<MemoryStore['loadForCompaction']>) {
		if (this.failsAt === 'loadForCompaction') throw new Error('the database is gone');
		return super.loadForCompaction(...asked);
	}

	override async compact(state: Compacted): Promise<boolean> {
		await this.beforeCompact();
		if (this.failsAt === 'compact') throw new Error('the database is gone');
		const isDone = await super.compact(state);
		if (this.failsAt === 'compact, answer lost') throw new Error('the connection is gone');
		return isDone;
	}
}

/** A compactor that counts and collects what it says. */
function compact(store: MemoryStore, limits: Partial<Limits> = {}, onPoint: CompactorOptions['onPoint'] = () => {}) {
	const complaints: object[] = [];
	const counts: Record<string, number> = {};
	const complain = (fields: object) => void complaints.push(fields);
	const compactor = new Compactor({
		store,
		limits: { ...LIMITS, ...EAGER, ...limits },
		log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
		metrics: {
			...noMetrics,
			count: (name, by = 1, reason) => {
				const key = reason ? `${name} ${reason}` : name;
				counts[key] = (counts[key] ?? 0) + by;
			}
		},
		onPoint
	});
	compactors.push(compactor);
	return { compactor, complaints, counts };
}

async function append(store: MemoryStore, compactor: Compactor | null, documentId: string, rows: Uint8Array[]): Promise<void> {
	expect(await store.append(rows.map((bytes) => ({ documentId, epoch: 1, bytes, personId: null })))).toEqual([]);
	compactor?.stored(documentId, rows);
}

/** So many edits of one person who types, and takes back every third letter. */
function typed(edits: number): Uint8Array[] {
	const doc = new Y.Doc();
	const log: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => log.push(update));
	const text = doc.getText('text');
	for (let nth = 0; nth < edits; nth++) {
		if (nth % 3 === 2) text.delete(text.length - 1, 1);
		else text.insert(text.length, 'abcdefgh'[nth % 8]);
	}
	return log;
}

/** So many keystrokes of somebody who writes words at a place that moves now and then, and takes one in three back. */
function drafted(keystrokes: number): Uint8Array[] {
	const random = seeded(7);
	const doc = new Y.Doc();
	const log: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => log.push(update));
	const text = doc.getText('text');
	for (let at = 0; log.length < keystrokes;) {
		if (random() < 0.05) at = Math.floor(random() * (text.length + 1));
		const word = 'điều khoản '.slice(0, 3 + Math.floor(random() * 8));
		for (const letter of word) text.insert(at++, letter);
		if (random() < 1 / 3) for (let left = word.length; left > 0; left--) text.delete(--at, 1);
	}
	return log;
}

function catching(run: () => unknown): unknown {
	try {
		run();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
}

function threeInARow(): [Uint8Array, Uint8Array, Uint8Array] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	doc.getText('text').insert(0, 'one ');
	doc.getText('text').insert(4, 'two three');
	doc.getText('text').delete(4, 4);
	return updates as [Uint8Array, Uint8Array, Uint8Array];
}
