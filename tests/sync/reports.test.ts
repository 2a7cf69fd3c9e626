import { afterEach, expect, test } from 'vitest';
import { type Bus, createLocalBus } from '../../src/lib/server/bus.ts';
import { createRedisBus } from '../../src/lib/server/redis-bus.ts';
import type { RoomReport } from '../../src/lib/collab/engine.server.ts';
import { findRedis } from '../support/services.ts';
import { everybodyLeaves, sitDown } from './support/desk.ts';
import { FaultyStore } from './support/faulty-store.ts';
import { RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const redisUrl = await findRedis();
const nodes: Served[] = [];
const buses: Bus[] = [];

afterEach(async () => {
	await everybodyLeaves();
	for (const node of nodes.splice(0)) await node.stop();
	for (const bus of buses.splice(0)) await bus.close();
});

/** As many engines over one store as buses are given; one without a bus when none is. */
async function start(buses: (Bus | undefined)[] = [undefined], limits = {}): Promise<Served[]> {
	const store = new FaultyStore();
	const access = new TestAccess();
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'manager', lan: 'viewer' });
	for (const bus of buses) nodes.push(await serve({ store, access, bus, limits }));
	return nodes;
}

const join = (served: Served, person: string) => new RawClient(served.url, 'paper', person).synced();
const roomOf = (served: Served): RoomReport | undefined => served.engine.rooms()[0];

test('[OP4] an open document is reported with its people, its text and what is not saved', async () => {
	const [served] = await start();
	expect(served.engine.rooms()).toEqual([]);
	const hoa = await join(served, 'hoa');
	await join(served, 'hoa');
	await join(served, 'lan');
	await until('all three', () => served.engine.stats().connections === 3);
	expect(roomOf(served)).toMatchObject({
		documentId: 'paper',
		node: served.engine.node,
		workspaceId: 'workspace',
		state: 'live',
		editedAt: null,
		unsaved: { rows: 0, bytes: 0, oldestMs: 0 },
		logRows: 0,
		snapshotBytes: 0,
		hasDocument: false
	});
	expect(roomOf(served)!.people).toEqual([
		{ personId: 'hoa', name: 'Name of hoa', agency: 'Sở Nội vụ', colour: '#1f6feb', role: 'editor', connections: 2 },
		{ personId: 'lan', name: 'Name of lan', agency: 'Sở Nội vụ', colour: '#1f6feb', role: 'viewer', connections: 1 }
	]);
	const before = Date.now();
	served.store.hold();
	hoa.type('a first sentence');
	await hoa.settled();
	const edited = roomOf(served)!;
	expect(edited.editedAt).toBeGreaterThanOrEqual(before);
	expect(edited.unsaved).toMatchObject({ rows: 1 });
	expect(edited.unsaved.bytes).toBeGreaterThan(16);
	expect(edited.textBytes).toBeGreaterThan(16);
	expect(edited.hasDocument).toBe(true);
	served.store.release();
	await hoa.acked();
	expect(roomOf(served)).toMatchObject({ unsaved: { rows: 0 }, logRows: 1 });
});

test('[OP4] rows are counted since the last compaction, and its snapshot is known', async () => {
	const [served] = await start([undefined], { compactRows: 5, compactIdleRows: 1, compactPauseMs: 0 });
	const hoa = await join(served, 'hoa');
	for (let nth = 0; nth < 8; nth++) {
		hoa.type('word ');
		await hoa.acked();
	}
	const room = await until('a compaction', () => roomOf(served)!.snapshotBytes > 0 && roomOf(served));
	const stored = (await served.store.load('paper'))!;
	expect(room).toMatchObject({ logRows: stored.updates.length, snapshotBytes: stored.snapshot!.byteLength });
});

test('[OP4] a room that takes nothing more says so, and so does one that waits for its last updates', async () => {
	const [served] = await start([undefined], { uncommittedMs: 100 });
	const hoa = await join(served, 'hoa');
	served.store.appendError = new Error('disk full');
	hoa.type('taken');
	await hoa.end();
	expect(roomOf(served)).toMatchObject({ state: 'read-only', people: [], workspaceId: null, unsaved: { rows: 1 } });
	expect(roomOf(served)!.unsaved.oldestMs).toBeGreaterThanOrEqual(100);
	expect(await served.engine.everywhere()).toMatchObject({ nodes: [{ isStoring: false }], silent: [], isBusUp: null });

	served.store.appendError = null;
	await until('the log to catch up', () => roomOf(served)!.state === 'live');
	const binh = await join(served, 'binh');
	served.store.hold();
	binh.type(' and more');
	await binh.settled();
	served.access.documents.get('paper')!.epoch = 2;
	served.engine.recheck({ documentId: 'paper' });
	await binh.end();
	const next = new RawClient(served.url, 'paper', 'binh');
	await until('the replaced room', () => served.engine.rooms().some(({ state }) => state === 'retired'));
	served.store.release();
	await until('nothing left of it', () => served.engine.rooms().every(({ state }) => state !== 'retired'));
	next.close();
});

test('[OP4] a node says since when it runs and stores, and how long people wait', async () => {
	const before = Date.now();
	const [served] = await start();
	const hoa = await join(served, 'hoa');
	hoa.type('text');
	await hoa.acked();
	const { node, nodes: reports } = await served.engine.everywhere();
	expect(reports).toHaveLength(1);
	const [report] = reports;
	expect(report).toMatchObject({ node, isStoring: true, connections: 1, waits: { answered: 1 } });
	expect(report.startedAt).toBeGreaterThanOrEqual(before);
	expect(report.storingSince).toBeGreaterThanOrEqual(before);
	expect(report.waits.p50).toBeGreaterThan(0);
	expect(report.waits.p99).toBeGreaterThanOrEqual(report.waits.p50!);
	expect(report.eventLoop.max).toBeGreaterThanOrEqual(report.eventLoop.p99);
	expect(JSON.parse(JSON.stringify(reports))).toEqual(reports);
});

test('[OP4] all nodes are asked, and who does not answer is named', async () => {
	const bus = createLocalBus();
	let isCut = false;
	const cut: Bus = { ...bus, publish: (channel, bytes) => void (isCut || bus.publish(channel, bytes)) };
	const [north, south] = await start([bus, cut], { reportMs: 300 });
	const hoa = await join(north, 'hoa');
	const binh = await join(south, 'binh');
	const both = await north.engine.everywhere();
	expect(both.nodes.map(({ node }) => node)).toEqual([north.engine.node, south.engine.node]);
	expect(both.nodes.map(({ rooms }) => rooms.map(({ people }) => people.map(({ personId }) => personId)))).toEqual([
		[['hoa']],
		[['binh']]
	]);
	expect(both).toMatchObject({ silent: [], isBusUp: true });

	const asked = await Promise.all([north.engine.everywhere(), north.engine.everywhere()]);
	expect(asked.map((answer) => answer.nodes.length)).toEqual([2, 2]);
	isCut = true;
	expect(await north.engine.everywhere()).toMatchObject({ nodes: [{ node: north.engine.node }], silent: [south.engine.node] });
	isCut = false;
	await south.stop();
	nodes.pop();
	expect(await north.engine.everywhere(), 'a node that said good-bye is not missed').toMatchObject({
		nodes: [{ node: north.engine.node }],
		silent: []
	});
	hoa.close();
	binh.close();
});

test('[OP5] disconnecting all of a document closes 1012 on all nodes; everybody comes back and nothing is lost', async () => {
	const bus = createLocalBus();
	const [north, south] = await start([bus, bus]);
	north.store.create('other');
	north.access.share('other', { hoa: 'editor' });
	const [hoa, binh] = [await join(north, 'hoa'), await join(south, 'binh')];
	const other = await new RawClient(north.url, 'other', 'hoa').synced();
	const page = sitDown(south, 'binh');
	page.type('typed ');
	await until('saved', () => page.open.state.kind === 'saved' && page.open.state.pending === 0);
	page.type('while it happens');
	north.engine.disconnectAll('paper');
	expect(await hoa.end()).toEqual({ code: 1012, reason: 'everybody was disconnected' });
	expect((await binh.end()).code).toBe(1012);
	await until('back again', () => page.network.attempts > 1 && page.open.state.kind === 'saved' && page.open.state.pending === 0);
	expect(await storedText(north.store, 'paper')).toBe('typed while it happens');
	expect(other.closed).toBeNull();
	other.close();
});

testWith('Redis', redisUrl)('[OP4, OP5] over Redis, too, all nodes answer and all connections of a document close', async () => {
	for (let nth = 0; nth < 2; nth++) buses.push(await createRedisBus(redisUrl!, () => {}));
	const [north, south] = await start(buses);
	const [hoa, binh] = [await join(north, 'hoa'), await join(south, 'binh')];
	const both = await until('both', async () => {
		const answer = await north.engine.everywhere();
		return answer.nodes.length === 2 ? answer : null;
	});
	expect(both.nodes.flatMap(({ rooms }) => rooms.flatMap(({ people }) => people.map(({ personId }) => personId))).sort()).toEqual(
		['binh', 'hoa']
	);
	expect(both.isBusUp).toBe(true);
	south.engine.disconnectAll('paper');
	expect([(await hoa.end()).code, (await binh.end()).code]).toEqual([1012, 1012]);
});
