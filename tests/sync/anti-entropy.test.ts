import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from 'redis';
import * as Y from 'yjs';
import type { Bus } from '../../src/lib/server/bus.ts';
import { type Limits } from '../../src/lib/collab/protocol.ts';
import { createRedisBus } from '../../src/lib/server/redis-bus.ts';
import { findRedis } from '../support/services.ts';
import { FaultyStore } from './support/faulty-store.ts';
import { capture, RawClient, storedText } from './support/raw-client.ts';
import { seeded } from './support/seeded.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { type ShakyBus, shakyBuses } from './support/shaky-bus.ts';
import { type TcpProxy, tcpProxy } from './support/tcp-proxy.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const QUICK: Partial<Limits> = { compareMs: 200, secondLookMs: 100, pollMs: 100, frameRate: { perSecond: 1e6, burst: 1e6 } };
const NEVER = 3_600_000;

const redisUrl = await findRedis();
const nodes: Served[] = [];
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const node of nodes.splice(0)) await node.stop();
	for (const end of endings.splice(0).reverse()) await end();
});

interface Pair {
	north: Served;
	south: Served;
	hoa: RawClient;
	binh: RawClient;
}

/** Hoa works on one node and Binh on another, over one store. */
async function pair(buses: Bus[], limits: Partial<Limits> = {}): Promise<Pair> {
	const store = new FaultyStore();
	const access = new TestAccess();
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'editor' });
	const [north, south] = await Promise.all(buses.map((bus) => serve({ store, access, bus, limits: { ...QUICK, ...limits } })));
	nodes.push(north, south);
	const hoa = await new RawClient(north.url, 'paper', 'hoa').synced();
	const binh = await new RawClient(south.url, 'paper', 'binh').synced();
	return { north, south, hoa, binh };
}

const isEqual = ({ hoa, binh }: Pair) => hoa.text.toString() === binh.text.toString();
const counted = (node: Served, name: 'repairs' | 'logs_read_again') => node.engine.figures.total(name);

/** Resolves when nodes have had the time to compare so often: at rest, each counts the log as often as it would tell. */
async function comparisons(store: FaultyStore, times: number): Promise<void> {
	const { countRows } = store;
	let counts = 0;
	store.countRows = (documentIds) => {
		counts++;
		return countRows.call(store, documentIds);
	};
	await until('comparisons', () => counts >= times, 20_000);
	store.countRows = countRows;
}

describe('a bus that drops messages', () => {
	test('[BU5, BU4] a lost message is repaired from the log, in both directions', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses);
		for (const bus of buses) bus.drops = (kind) => kind === 'updates';
		both.hoa.type('from the north, ');
		both.binh.type('from the south');
		await Promise.all([both.hoa.acked(), both.binh.acked()]);
		expect(isEqual(both)).toBe(false);
		await until('one text', () => isEqual(both));
		expect(await storedText(both.north.store, 'paper')).toBe(both.hoa.text.toString());
		expect([counted(both.north, 'repairs'), counted(both.south, 'repairs')]).toEqual([1, 1]);
	});

	test('[SE3] what another node has acknowledged is in what is read as stored, whatever is lost on the way', async () => {
		const buses = shakyBuses(2);
		const { north, south, hoa } = await pair(buses);
		for (const bus of buses) bus.drops = () => true;
		for (const { store } of [north, south]) store.countRows = async () => new Map();
		hoa.type('said to be saved');
		await hoa.acked();
		const textOf = (updates: readonly Uint8Array[]) => {
			const doc = new Y.Doc();
			for (const update of updates) Y.applyUpdate(doc, update);
			return doc.getText('test').toString();
		};
		expect(textOf(await south.engine.readUpdates('paper')), 'its memory has not heard of it').toBe('');
		expect(textOf(await south.engine.readStored('paper'))).toBe('said to be saved');
	});

	test('[BU5] a deletion that was lost is repaired, though it moves no state vector', async () => {
		const buses = shakyBuses(2);
		// Only what nodes tell each other can help here: the log is never counted.
		const both = await pair(buses);
		for (const { store } of [both.north, both.south]) store.countRows = async () => new Map();
		both.hoa.type('one two three');
		await until('the text', () => isEqual(both));
		buses[0].drops = (kind) => kind === 'updates';
		both.hoa.sendUpdate(capture(both.hoa.doc, () => both.hoa.text.delete(4, 4)));
		await both.hoa.acked();
		expect(both.binh.text.toString()).toBe('one two three');
		await until('the deletion', () => both.binh.text.toString() === 'one three');
		expect([counted(both.north, 'repairs'), counted(both.south, 'repairs')]).toEqual([0, 1]);
	});

	test('[BU5] also when the text that lacks something rests as bytes', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { restMs: 100 });
		for (const { store } of [both.north, both.south]) store.countRows = async () => new Map();
		both.hoa.type('one two three');
		await until('the text', () => isEqual(both));
		const rests = () => both.south.engine.rooms().every((room) => !room.hasDocument);
		await until('a rest', rests);
		buses[0].drops = (kind) => kind === 'updates';
		both.hoa.sendUpdate(capture(both.hoa.doc, () => both.hoa.text.delete(4, 4)));
		await both.hoa.acked();
		await until('the deletion', () => both.binh.text.toString() === 'one three');
	});

	test(
		'[BU5] a third of everything lost, two nodes, hundreds of edits: one text, and then silence',
		{ timeout: 60_000 },
		async () => {
			const random = seeded(11);
			const buses = shakyBuses(2);
			const both = await pair(buses);
			for (const bus of buses) bus.drops = () => random() < 1 / 3;
			for (let nth = 0; nth < 300; nth++) {
				const client = random() < 0.5 ? both.hoa : both.binh;
				const { text } = client;
				const at = Math.floor(random() * (text.length + 1));
				const isDeleting = random() < 0.3 && text.length > at;
				client.sendUpdate(capture(client.doc, () => (isDeleting ? text.delete(at, 1) : text.insert(at, `${nth} `))));
				if (nth % 50 === 49) await client.acked();
			}
			await Promise.all([both.hoa.acked(), both.binh.acked()]);
			for (const bus of buses) bus.drops = () => false;
			await until('one text', () => isEqual(both), 20_000);
			expect(await storedText(both.north.store, 'paper')).toBe(both.hoa.text.toString());
			await comparisons(both.north.store, 10);
			const before = [
				...buses.map((bus) => bus.sent.length),
				...[both.north, both.south].map((node) => counted(node, 'logs_read_again'))
			];
			await comparisons(both.north.store, 20);
			expect([
				...buses.map((bus) => bus.sent.length),
				...[both.north, both.south].map((node) => counted(node, 'logs_read_again'))
			]).toEqual(before);
		}
	);

	test('[BU5] edits on their way are no difference', { timeout: 60_000 }, async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { compareMs: 1, secondLookMs: 1_500 });
		const states = () => buses.every((bus) => bus.sent.filter((kind) => kind === 'state').length >= 4);
		let nth = 0;
		await until(
			'some comparisons',
			() => {
				both.hoa.type(`${nth++} `);
				both.binh.type(`${nth++} `);
				return states();
			},
			30_000
		);
		await Promise.all([both.hoa.acked(), both.binh.acked()]);
		await until('one text', () => isEqual(both));
		expect([counted(both.north, 'repairs'), counted(both.south, 'repairs')]).toEqual([0, 0]);
	});

	test('[BU5] what is not in the log is not looked for again and again', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { uncommittedMs: NEVER });
		both.hoa.type('stored');
		await until('the text', () => isEqual(both));
		both.north.store.appendError = new Error('the database is gone');
		both.hoa.type(' and not stored');
		await until('doubts about it', () => counted(both.south, 'logs_read_again') > 0);
		await comparisons(both.south.store, 20);
		expect(counted(both.south, 'logs_read_again')).toBeLessThanOrEqual(4);
		expect(both.binh.text.toString()).toBe('stored');
		both.north.store.appendError = null;
		await until('one text', () => isEqual(both));
		expect(counted(both.south, 'repairs')).toBe(0);
	});
});

describe('the length of the log', () => {
	test('[BU6] what a node stored and never told is found', async () => {
		const both = await pair(shakyBuses(2));
		const doc = new Y.Doc();
		doc.getText('test').insert(0, 'its last words');
		await both.north.store.append([{ documentId: 'paper', epoch: 1, bytes: Y.encodeStateAsUpdate(doc), personId: null }]);
		await until('the text', () => both.hoa.text.toString() === 'its last words' && isEqual(both));
		const read = counted(both.north, 'logs_read_again');
		await comparisons(both.north.store, 20);
		expect(counted(both.north, 'logs_read_again')).toBe(read);
	});

	test('[BU5, BU6] a row that waits for a predecessor is missing from nobody, until that comes', async () => {
		const both = await pair(shakyBuses(2));
		const doc = new Y.Doc();
		const [first, second] = ['one ', 'two'].map((word) =>
			capture(doc, () => doc.getText('test').insert(doc.getText('test').length, word))
		);
		const { store } = both.north;
		await store.append([{ documentId: 'paper', epoch: 1, bytes: second, personId: null }]);
		await until('a look', () => [both.north, both.south].every((node) => counted(node, 'logs_read_again') > 0));
		await comparisons(store, 20);
		for (const node of [both.north, both.south]) {
			expect([counted(node, 'repairs'), counted(node, 'logs_read_again')]).toEqual([0, 1]);
		}
		await store.append([{ documentId: 'paper', epoch: 1, bytes: first, personId: null }]);
		await until('the text', () => both.hoa.text.toString() === 'one two' && isEqual(both));
	});

	test('[BU6] while the bus is down nodes follow the log', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { compareMs: NEVER });
		for (const bus of buses) bus.cut();
		for (let nth = 0; nth < 3; nth++) {
			both.hoa.type(`north ${nth}, `);
			await until('the text in the south', () => isEqual(both));
			both.binh.type(`south ${nth}, `);
			await until('the text in the north', () => isEqual(both));
		}
	});

	test('[BU6] a database that does not answer is asked again', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { compareMs: NEVER });
		let failures = 0;
		const { countRows } = both.south.store;
		both.south.store.countRows = async (ids) => {
			if (++failures < 3) throw new Error('the database is gone');
			return countRows.call(both.south.store, ids);
		};
		for (const bus of buses) bus.cut();
		both.hoa.type('all the same');
		await until('the text', () => isEqual(both));
	});

	test('[BU7] rooms nobody was on while the bus was down are loaded anew', async () => {
		const buses = shakyBuses(2);
		const both = await pair(buses, { compareMs: NEVER, pollMs: NEVER, unloadMs: NEVER });
		both.binh.close();
		await until('an empty south', () => both.south.engine.stats().connections === 0);
		buses[1].cut();
		both.hoa.type('written meanwhile');
		await both.hoa.acked();
		buses[1].restore();
		const binh = await new RawClient(both.south.url, 'paper', 'binh').synced();
		expect(binh.text.toString()).toBe('written meanwhile');
	});

	test('[BU7] after a loss every room is compared at once', async () => {
		const buses: ShakyBus[] = shakyBuses(2);
		const both = await pair(buses, { compareMs: NEVER, pollMs: NEVER });
		both.hoa.type('before, ');
		await until('the only comparison for a long time', () => buses.every((bus) => bus.sent.includes('state')));
		buses[1].cut();
		both.hoa.type('north, ');
		both.binh.type('south');
		await Promise.all([both.hoa.acked(), both.binh.acked()]);
		expect(isEqual(both)).toBe(false);
		buses[1].restore();
		await until('one text', () => isEqual(both));
	});
});

describe('Redis behind a way that breaks', () => {
	const withRedis = testWith('Redis', redisUrl);

	async function behindProxies(): Promise<{ proxies: TcpProxy[]; buses: Bus[] }> {
		const { hostname, port } = new URL(redisUrl!);
		const proxies = await Promise.all([0, 1].map(() => tcpProxy(hostname, Number(port || 6379))));
		const buses = await Promise.all(proxies.map((proxy) => createRedisBus(`redis://127.0.0.1:${proxy.port}`, () => {}, 200)));
		endings.push(...proxies.map((proxy) => () => proxy.close()), ...buses.map((bus) => () => bus.close()));
		return { proxies, buses };
	}

	const ways: [string, (proxy: TcpProxy, bus: Bus) => Promise<void>][] = [
		[
			'is cut',
			async (proxy, bus) => {
				proxy.cut();
				await until('the loss', () => !bus.isUp);
			}
		],
		[
			'falls silent',
			async (proxy, bus) => {
				proxy.mute();
				await until('the loss', () => !bus.isUp);
			}
		],
		[
			'is cut by the server',
			async (proxy, bus) => {
				const isLost = Promise.withResolvers<void>();
				bus.onUp(() => isLost.resolve());
				const admin = await createClient({ url: redisUrl! }).connect();
				for (const port of proxy.upstreamPorts) await admin.sendCommand(['CLIENT', 'KILL', 'ADDR', `127.0.0.1:${port}`]);
				await admin.close();
				await isLost.promise;
			}
		]
	];

	describe.each(ways)('that %s', (_, lose) => {
		withRedis('[BU7, BU4] both nodes come to one text, and nothing acknowledged is missing', { timeout: 60_000 }, async () => {
			const { proxies, buses } = await behindProxies();
			const both = await pair(buses);
			both.hoa.type('before. ');
			await until('the text', () => isEqual(both));
			for (let round = 0; round < 3; round++) {
				const losing = lose(proxies[1], buses[1]);
				for (let nth = 0; nth < 10; nth++) {
					both.hoa.type(`north ${round}.${nth} `);
					both.binh.type(`south ${round}.${nth} `);
					await Promise.all([both.hoa.acked(), both.binh.acked()]);
				}
				await losing;
				// A document can be opened while there is no bus.
				const late = await new RawClient(both.south.url, 'paper', 'binh').synced();
				await until('one text while it is down', () => isEqual(both) && late.text.toString() === both.hoa.text.toString());
				late.close();
				proxies[1].restore();
				await until('the bus', () => buses[1].isUp);
				both.hoa.type(`after ${round} `);
				await until('one text', () => isEqual(both));
			}
			const text = await storedText(both.north.store, 'paper');
			expect(text).toBe(both.hoa.text.toString());
			const words = [0, 1, 2].flatMap((round) =>
				Array.from({ length: 10 }, (_, nth) => [`north ${round}.${nth} `, `south ${round}.${nth} `]).flat()
			);
			expect(words.filter((word) => text.split(word).length !== 2)).toEqual([]);
		});
	});

	withRedis('[BU7] a node that starts without Redis serves, and joins the others later', { timeout: 60_000 }, async () => {
		const { hostname, port } = new URL(redisUrl!);
		const proxy = await tcpProxy(hostname, Number(port || 6379));
		proxy.cut();
		const lonely = await createRedisBus(`redis://127.0.0.1:${proxy.port}`, () => {}, 200);
		const other = await createRedisBus(redisUrl!, () => {}, 200);
		endings.push(
			() => proxy.close(),
			() => lonely.close(),
			() => other.close()
		);
		expect(lonely.isUp).toBe(false);
		const both = await pair([lonely, other], { compareMs: NEVER });
		both.hoa.type('alone');
		await both.hoa.acked();
		proxy.restore();
		await until('the bus', () => lonely.isUp);
		await until('one text', () => isEqual(both));
		both.binh.type(' and together');
		await until('one text', () => isEqual(both));
	});
});
