import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLocalBus } from '../../src/lib/server/bus.ts';
import { Sessions } from '../../src/lib/server/sockets/sessions.ts';
import { embeddedShelf, type Shelf } from '../support/shelf.ts';
import { RawSocket } from '../sync/support/raw-socket.ts';
import { until } from '../sync/support/wait.ts';
import { LiveClient } from './support/live-client.ts';
import { type ServedLive, serveLive, setStage, type Stage } from './support/stage.ts';

let shelf: Shelf;
let stage: Stage;
let served: ServedLive;

beforeAll(async () => {
	shelf = await embeddedShelf();
	stage = await setStage(shelf);
});
afterEach(() => served?.stop());
afterAll(() => shelf.close());

const start = async (options: Parameters<typeof serveLive>[1] = {}) => (served = await serveLive(shelf.sql, options));
const person = (id: string, headers = {}) => new LiveClient(served.url, id, headers);
const library = () => `workspace:${stage.workspaceId}`;

test('[LS1] who is signed in gets in, by header or by cookie, from our own pages only', async () => {
	await start();
	await person(stage.owner).open();
	await new LiveClient(served.url, null, { cookie: `person=${stage.owner}`, origin: 'https://plenum.test' }).open();
	const foreign = new LiveClient(served.url, null, { cookie: `person=${stage.owner}`, origin: 'https://elsewhere.test' });
	await foreign.end();
	expect(foreign.status).toBe(403);
	expect((await new LiveClient(served.url, null).end()).code).toBe(4401);
});

test('[LS1] when nobody can say who it is, nobody is refused for good', async () => {
	await start({ authenticate: () => Promise.reject(new Error('down')) });
	expect((await person(stage.owner).end()).code).toBe(1013);
});

test('[LS2] the end of a session closes its sockets, on all nodes, and leaves those of others', async () => {
	const bus = createLocalBus();
	const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
	await start({ sessions: new Sessions({ bus, log }) });
	const other = new Sessions({ bus, log });
	const owner = await person(stage.owner).open();
	const drafter = await person(stage.drafter).open();
	other.end(stage.owner, 'another session');
	other.end(stage.owner, `session of ${stage.owner}`);
	expect((await owner.end()).code).toBe(4401);
	await drafter.settled();
	expect(drafter.closed).toBeNull();
	other.stop();
});

test('[LS2] a page is asked in time to renew its session, and closed when it does not', async () => {
	await start({ limits: { renewBeforeMs: 60_000 }, expiresAt: () => Date.now() + 2_500 });
	const owner = await person(stage.owner).open();
	const drafter = await person(stage.drafter).open();
	await until('both are asked', () => [owner, drafter].every(({ heard }) => heard.some((message) => 'renew' in message)));
	served.sessions.renew(stage.owner, `session of ${stage.owner}`, Date.now() + 3_600_000);
	expect((await drafter.end()).code).toBe(4401);
	expect(owner.closed).toBeNull();
});

test.each([
	['half of JSON', '{"join":', 1007],
	['a list', '[]', 1007],
	['a number', '7', 1007],
	['null', 'null', 1007],
	['a topic that is no string', '{"join":{"toString":1}}', 1007],
	['bytes', Buffer.from('{}'), 1003],
	['too much', JSON.stringify({ join: 'x'.repeat(2_000) }), 1009]
])('[LS3] %s closes', async (_, frame, code) => {
	await start();
	const client = await person(stage.owner).open();
	client.ws.send(frame);
	expect((await client.end()).code).toBe(code);
});

test('[LS3] what a later page may say is passed over', async () => {
	await start();
	const client = await person(stage.owner).open();
	client.send({ watch: 'something' });
	client.send({});
	await client.settled();
	expect(client.closed).toBeNull();
});

test('[LS4] who asks too fast is not read for a while, and everything is answered', async () => {
	await start({ limits: { frameRate: { perSecond: 100, burst: 10 }, byteRate: { perSecond: 1e6, burst: 1e6 } } });
	const client = person(stage.owner);
	expect(await client.join(...Array.from({ length: 60 }, () => library()))).toEqual(Array(60).fill(true));
	expect(served.live.counters.total('reading_pauses')).toBeGreaterThan(0);
});

test('[LS5] silence is broken by an empty message, and a peer that answers nothing is cut', async () => {
	await start({ limits: { keepAliveMs: 1_500, silentMs: 3_500 } });
	const deaf = await person(stage.drafter).open();
	const client = await person(stage.owner).open();
	deaf.ws.pause(); // reads nothing, so answers no ping
	await until('a keep-alive message', () => client.heard.some((message) => Object.keys(message).length === 0));
	await until('one is gone', () => served.live.stats().connections === 1);
	expect(client.closed).toBeNull();
});

test('[LS6] a slow reader gets no messages, and is told to look again when it has caught up', async () => {
	const sent: ((data: unknown) => void)[] = [];
	const sources = { rooms: { begin: (_: string, push: (data: unknown) => void) => (sent.push(push), () => {}) } };
	await start({ sources, limits: { slowBytes: 10_000, slowCloseBytes: 64 * 2 ** 20 } });
	const topic = `rooms:${stage.workspaceId}`;
	const client = person(stage.owner);
	await client.join(topic);
	client.ws.pause();
	const large = 'x'.repeat(1_000_000);
	await until('messages are left out', () => (sent[0](large), served.live.counters.total('messages_dropped') > 0));
	expect(client.closed).toBeNull();
	client.ws.resume();
	await until('it is told', () => client.heard.some((message) => 'gap' in message && message.gap === topic), 20_000);
});

test('[LS6] who reads nothing at all is closed', async () => {
	const sent: ((data: unknown) => void)[] = [];
	const sources = { rooms: { begin: (_: string, push: (data: unknown) => void) => (sent.push(push), () => {}) } };
	await start({ sources, limits: { slowBytes: 10_000, slowCloseMs: 1_000, slowCloseBytes: 64 * 2 ** 20 } });
	const client = person(stage.owner);
	await client.join(`rooms:${stage.workspaceId}`);
	client.ws.pause();
	const large = 'x'.repeat(1_000_000);
	await until('messages are left out', () => (sent[0](large), served.live.counters.total('messages_dropped') > 0));
	await until('it is closed', () => served.live.counters.total('slow_reader_closes') === 1);
	expect(served.live.stats()).toEqual({ connections: 0, topics: 0 });
});

test('[LS7] there are only so many sockets of one person, and none on a node that stops', async () => {
	await start({ limits: { connectionsPerPerson: 2 } });
	const first = await person(stage.owner).open();
	await person(stage.owner).open();
	expect((await person(stage.owner).end()).code).toBe(1013);
	await person(stage.drafter).open();
	await served.live.drain();
	expect((await first.end()).code).toBe(1012);
	const late = person(stage.drafter);
	await late.end();
	expect(late.status).toBe(503);
});

test('[LS8] whatever bytes are sent, others go on hearing', async () => {
	await start();
	const honest = person(stage.owner);
	await honest.join(library());
	for (let attack = 0; attack < 40; attack++) {
		const socket = new RawSocket(served.port, '', stage.drafter, undefined, '/live');
		await socket.open();
		await socket.write(Uint8Array.from({ length: 200 + attack * 20 }, (_, at) => (at * 31 + attack * 17) % 256));
		if (attack % 2) socket.end();
	}
	for (const topic of [
		'workspace:',
		`workspace:${'0'.repeat(900)}`,
		'__proto__',
		'constructor',
		`workspace:${stage.workspaceId}' or true--`,
		`x:${randomUUID()}`
	]) {
		const client = person(stage.drafter);
		expect(await client.join(topic), topic).toEqual([false]);
		client.ws.terminate();
	}
	await stage.newDocument();
	await until('the message', () => honest.about(library()).length > 0);
	expect(honest.closed).toBeNull();
	expect(served.complaints.filter((line) => line !== 'connection refused')).toEqual([]);
});
