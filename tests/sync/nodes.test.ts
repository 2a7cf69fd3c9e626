import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Bus, createLocalBus } from '../../src/lib/server/bus.ts';
import { MESSAGE } from '../../src/lib/collab/protocol.ts';
import { createRedisBus } from '../../src/lib/server/redis-bus.ts';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';
import { findRedis } from '../support/services.ts';
import { Editing, provisions } from '../text/support/person.ts';
import { FaultyStore } from './support/faulty-store.ts';
import { capture, RawClient, storedDoc, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const redisUrl = await findRedis();
const withRedis = testWith('Redis', redisUrl);

const buses: Bus[] = [];
const nodes: Served[] = [];

afterEach(async () => {
	for (const node of nodes.splice(0)) await node.stop();
	for (const bus of buses.splice(0)) await bus.close();
});

/** Two engines over one store, as two machines over one database. */
async function twoNodes(makeBus: () => Promise<Bus>): Promise<{ north: Served; south: Served; documentId: string }> {
	const documentId = randomUUID();
	const store = new FaultyStore();
	const access = new TestAccess();
	store.create(documentId);
	access.share(documentId, { hoa: 'editor', binh: 'editor', lan: 'editor' });
	for (let nth = 0; nth < 2; nth++) {
		const bus = await makeBus();
		if (!buses.includes(bus)) buses.push(bus);
		nodes.push(await serve({ store, access, bus }));
	}
	return { north: nodes[0], south: nodes[1], documentId };
}

describe.each([
	['in one process', test, localBuses()],
	['over Redis', withRedis, () => createRedisBus(redisUrl!, () => {})]
] as const)('two nodes %s', (_, run, makeBus) => {
	run('[BU2, BU3] text goes both ways, once, and is stored once', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		const hoa = await new RawClient(north.url, documentId, 'hoa').synced();
		const binh = await new RawClient(south.url, documentId, 'binh').synced();
		hoa.type('from the north, ');
		await until('north in the south', () => binh.text.toString() === 'from the north, ');
		binh.type('from the south');
		await until('south in the north', () => hoa.text.toString() === 'from the north, from the south');
		await Promise.all([hoa.acked(), binh.acked()]);
		expect((await north.store.load(documentId))!.updates.length).toBe(2);
		expect(binh.frames.filter(([kind, step]) => kind === 0 && step === 2).length).toBe(1);
	});

	run('[BU1] what is not committed is not published', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		const hoa = await new RawClient(north.url, documentId, 'hoa').synced();
		const binh = await new RawClient(south.url, documentId, 'binh').synced();
		north.store.hold();
		hoa.type('only after the commit');
		await until('the append', () => north.store.appends === 1);
		await hoa.settled();
		await binh.settled();
		expect(binh.text.toString()).toBe('');
		north.store.release();
		await until('the text', () => binh.text.toString() === 'only after the commit');
	});

	run('[BU1] what is committed while another node loads is not missed', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		const hoa = await new RawClient(north.url, documentId, 'hoa').synced();
		for (let nth = 0; nth < 20; nth++) {
			hoa.type(`${nth} `);
			const binh = new RawClient(south.url, documentId, 'binh');
			await binh.synced();
			await until('the text', () => binh.text.toString() === hoa.text.toString());
			binh.close();
			await until('an empty south', () => south.engine.stats().connections === 0);
			south.engine.recheck({ documentId });
			expect(south.engine.stats().rooms).toBe(0);
		}
	});

	run('[BU2, AW6] people see each other across nodes, come and go', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		const hoa = await new RawClient(north.url, documentId, 'hoa').synced();
		hoa.sendPresence(7, 1, { at: 'north' });
		await hoa.settled();
		const binh = await new RawClient(south.url, documentId, 'binh').synced();
		binh.sendPresence(8, 1, { at: 'south' });
		await until('hoa in the south', () => binh.presence.some((entry) => entry.clientId === 7));
		await until('binh in the north', () => hoa.presence.some((entry) => entry.clientId === 8));
		hoa.close();
		await until('hoa gone', () => binh.presence.some((entry) => entry.clientId === 7 && entry.state === null));
	});

	run(
		'[MS6] of a provision that two people split at the same time, on two nodes, all parts are there on both and in the log',
		async () => {
			const { north, south, documentId } = await twoNodes(makeBus);
			const hoa = await new RawClient(north.url, documentId, 'hoa').synced();
			const binh = await new RawClient(south.url, documentId, 'binh').synced();
			const textsOf = (doc: Y.Doc) => readDocument(doc, documentSchema).children.map(({ textContent }) => textContent);
			const start = provisions(['article', 'clause', 'point'], (nth) => `Nội dung số ${nth} của văn bản`);
			hoa.sendUpdate(capture(hoa.doc, () => Y.applyUpdate(hoa.doc, start)));
			await until('the provisions', () => textsOf(binh.doc).length === 3);
			for (const [client, offset] of [
				[hoa, 4],
				[binh, 9]
			] as const) {
				const editing = new Editing(client.doc);
				editing.cursorIn(1, offset);
				client.sendUpdate(capture(client.doc, () => void editing.run(enterInProvision('nd30'))));
				editing.destroy();
			}
			const isWhole = (doc: Y.Doc) => textsOf(doc).slice(1).join('|') === 'Nội |dung |số 1 của văn bản|Nội dung số 2 của văn bản';
			await until('all parts on both nodes', () => isWhole(hoa.doc) && isWhole(binh.doc));
			await Promise.all([hoa.acked(), binh.acked()]);
			await until('the same in the log', async () => isWhole(await storedDoc(north.store, documentId)));
		}
	);

	run('[AU5] a session renewed on one node lives on at the other', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		south.access.expiresAt = Date.now() + 2_500;
		const hoa = await new RawClient(south.url, documentId, 'hoa', { query: '?schema=1' }).synced();
		const lan = await new RawClient(south.url, documentId, 'lan', { query: '?schema=1' }).synced();
		await until('the question', () => hoa.frames.some(([kind]) => kind === MESSAGE.renew));
		north.sessions.renew('hoa', 'session of hoa', Date.now() + 3_600_000);
		expect((await lan.end()).code).toBe(4401);
		expect(hoa.closed).toBeNull();
	});

	run('[AU3] signing out on one node ends the sockets on the other', async () => {
		const { north, south, documentId } = await twoNodes(makeBus);
		const hoa = await new RawClient(south.url, documentId, 'hoa').synced();
		north.sessions.end('hoa');
		expect((await hoa.end()).code).toBe(4401);
	});
});

test('[AW7] people of a node that fell silent disappear', async () => {
	const store = new FaultyStore();
	const access = new TestAccess();
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'editor' });
	const bus = createLocalBus();
	let isCut = false;
	const cutBus: Bus = { ...bus, publish: (channel, bytes) => void (isCut || bus.publish(channel, bytes)) };
	const north = await serve({ store, access, bus: cutBus });
	const south = await serve({ store, access, bus, limits: { presenceExpiresMs: 1_000 } });
	nodes.push(north, south);
	const binh = await new RawClient(south.url, 'paper', 'binh').synced();
	const hoa = await new RawClient(north.url, 'paper', 'hoa').synced();
	hoa.sendPresence(7, 1, {});
	await until('hoa', () => binh.presence.some((entry) => entry.clientId === 7));
	isCut = true;
	await until('hoa gone', () => binh.presence.some((entry) => entry.clientId === 7 && entry.state === null));
});

test('[BU4] a bus that loses everything loses no text', async () => {
	const store = new FaultyStore();
	const access = new TestAccess();
	store.create('paper');
	access.share('paper', { hoa: 'editor', binh: 'editor' });
	const deaf: Bus = { publish: () => {}, subscribe: async () => () => {}, close: async () => {}, isUp: true, onUp: () => {} };
	const north = await serve({ store, access, bus: deaf });
	const south = await serve({ store, access, bus: deaf });
	nodes.push(north, south);
	const hoa = await new RawClient(north.url, 'paper', 'hoa').synced();
	const binh = await new RawClient(south.url, 'paper', 'binh').synced();
	hoa.type('north');
	binh.type('south');
	await Promise.all([hoa.acked(), binh.acked()]);
	const text = await storedText(store, 'paper');
	expect([...text].sort()).toEqual([...'northsouth'].sort());
});

/** Both nodes of a test get the same bus, and each test a fresh one. */
function localBuses(): () => Promise<Bus> {
	let calls = 0;
	let bus = createLocalBus();
	return async () => {
		if (calls++ % 2 === 0) bus = createLocalBus();
		return bus;
	};
}
