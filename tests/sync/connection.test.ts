import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { capture, RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

async function start(limits: Parameters<typeof serve>[0] = {}): Promise<void> {
	served = await serve(limits);
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor', lan: 'viewer' });
}

beforeEach(() => start());
afterEach(async () => {
	served.store.release();
	await served.stop();
});

test('[CN1] a socket on /collab/{document id} is served; other paths are not found', async () => {
	await new RawClient(served.url, 'paper', 'hoa').synced();
	const elsewhere = new RawClient(served.url.replace('/collab', '/other'), 'paper', 'hoa');
	await until('the refusal', () => elsewhere.refusedWith);
	expect(elsewhere.refusedWith).toBe(404);
	const strange = new RawClient(served.url, 'a%2Fb', 'hoa');
	await until('the refusal', () => strange.refusedWith);
	expect(strange.refusedWith).toBe(404);
});

test('[CN2] a page of another origin is refused before anything else; an allowed page and a program are served', async () => {
	const stranger = new RawClient(served.url, 'paper', 'hoa', { headers: { origin: 'https://evil.test' } });
	await until('the refusal', () => stranger.refusedWith);
	expect(stranger.refusedWith).toBe(403);
	expect(served.access.asked).toBe(0);
	await new RawClient(served.url, 'paper', 'hoa', { headers: { origin: 'https://plenum.test' } }).synced();
	await new RawClient(served.url, 'paper', 'hoa').synced();
});

test('[CN2] a cookie serves on an allowed page and not on another', async () => {
	const headers = { cookie: 'theme=dark; person=hoa', origin: 'https://plenum.test' };
	await new RawClient(served.url, 'paper', null, { headers }).synced();
	const stranger = new RawClient(served.url, 'paper', null, { headers: { ...headers, origin: 'null' } });
	await until('the refusal', () => stranger.refusedWith);
	expect(stranger.refusedWith).toBe(403);
});

test('[CN3] what a client says while the room loads is answered in order afterwards', async () => {
	served.store.hold();
	const doc = new Y.Doc();
	const update = capture(doc, () => doc.getText('test').insert(0, 'early'));
	const hoa = new RawClient(served.url, 'paper', 'hoa', {
		first: [encodeSync(SYNC.update, update), encodeSync(SYNC.step1, Y.encodeStateVector(new Y.Doc()))]
	});
	await until('the load', () => served.store.loads === 1 && hoa.ws.readyState === WebSocket.OPEN);
	expect(hoa.frames).toEqual([]);
	served.store.release();
	await hoa.synced();
	expect(hoa.text.toString()).toBe('early');
});

test.for([
	['nobody signed in', 'paper', null, 4401],
	['a person without access', 'paper', 'outsider', 4403],
	['a document that does not exist', 'missing', 'hoa', 4404]
] as const)('[CN4, AU1] %s is told so with a final code and served nothing', async ([, documentId, person, code]) => {
	const client = new RawClient(served.url, documentId, person);
	expect((await client.end()).code).toBe(code);
	expect(client.frames).toEqual([]);
});

test('[CN4] an older schema closes 4409 before any sync, a newer client is served', async () => {
	served.access.documents.get('paper')!.schemaVersion = 2;
	const old = new RawClient(served.url, 'paper', 'hoa', { query: '?schema=1' });
	expect((await old.end()).code).toBe(4409);
	expect(old.frames).toEqual([]);
	await new RawClient(served.url, 'paper', 'hoa', { query: '?schema=3' }).synced();
});

test('[CN4] another epoch closes 4410 before any sync', async () => {
	const old = new RawClient(served.url, 'paper', 'hoa', { query: '?epoch=7' });
	expect((await old.end()).code).toBe(4410);
	expect(old.frames).toEqual([]);
});

test('[CN5] a loading room keeps no more than its bound, and loses nothing', async () => {
	await served.stop();
	await start({ limits: { waitingBytes: 20_000, frameRate: { perSecond: 10_000, burst: 10_000 } } });
	served.store.hold();
	const doc = new Y.Doc();
	const line = 'x'.repeat(2_000);
	const frames = Array.from({ length: 500 }, () =>
		encodeSync(
			SYNC.update,
			capture(doc, () => doc.getText('test').insert(0, line))
		)
	);
	const hoa = new RawClient(served.url, 'paper', 'hoa', { first: frames });
	await until('the load', () => served.store.loads === 1 && hoa.ws.readyState === WebSocket.OPEN);
	served.store.release();
	await hoa.settled();
	expect(hoa.text.length).toBe(500 * 2_000);
});

test('[CN6] a flood of refusals gets plain HTTP', async () => {
	await served.stop();
	await start({ limits: { refusalRate: { perSecond: 0.001, burst: 2 } } });
	const clients = [];
	for (let nth = 0; nth < 3; nth++) {
		const client = new RawClient(served.url, 'paper', 'outsider');
		clients.push(client);
		await client.end();
	}
	expect(clients.map((client) => client.refusedWith ?? client.closed?.code)).toEqual([4403, 4403, 429]);
});

test('[CN7] a quiet connection hears an empty presence frame in time', async () => {
	await served.stop();
	await start({ limits: { keepAliveMs: 1_000 } });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	await until('a presence frame', () => hoa.frames.some(([kind]) => kind === 1));
	expect(hoa.presence).toEqual([]);
});

test('[CN8] a peer that answers nothing is cut', async () => {
	await served.stop();
	await start({ limits: { silentMs: 2_500 } });
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	const binh = await new RawClient(served.url, 'paper', 'binh').synced();
	hoa.ws.pause(); // reads nothing, so answers no ping
	await until('one connection left', () => served.engine.stats().connections === 1);
	expect(binh.closed).toBeNull();
	hoa.close();
});

test('[CN9] a full document and a person with too many sockets get no more', async () => {
	await served.stop();
	await start({ limits: { connectionsPerDocument: 3, connectionsPerPerson: 2 } });
	await new RawClient(served.url, 'paper', 'hoa').synced();
	const second = await new RawClient(served.url, 'paper', 'hoa').synced();
	expect((await new RawClient(served.url, 'paper', 'hoa').end()).code).toBe(1013);
	await new RawClient(served.url, 'paper', 'binh').synced();
	expect((await new RawClient(served.url, 'paper', 'lan').end()).code).toBe(1013);
	second.close();
	await until('a place', () => served.engine.stats().connections === 2);
	await new RawClient(served.url, 'paper', 'lan').synced();
});

test('[AU2] when access cannot be decided, nobody is served and nobody refused for good', async () => {
	served.access.isDown = true;
	const hoa = new RawClient(served.url, 'paper', 'hoa');
	expect((await hoa.end()).code).toBe(1013);
	expect(hoa.frames).toEqual([]);
});

test('[AU2] a decision that takes too long closes 1013', async () => {
	await served.stop();
	await start({ limits: { admitMs: 50 } });
	served.access.beforeRole = () => new Promise(() => {});
	expect((await new RawClient(served.url, 'paper', 'hoa').end()).code).toBe(1013);
});

test('[AU3] the end of a session closes its sockets and leaves those of others', async () => {
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	const binh = await new RawClient(served.url, 'paper', 'binh').synced();
	served.sessions.end('hoa', 'another session');
	served.sessions.end('hoa', 'session of hoa');
	expect((await hoa.end()).code).toBe(4401);
	await binh.settled();
	expect(binh.closed).toBeNull();
	served.sessions.end('binh');
	expect((await binh.end()).code).toBe(4401);
});

test('[AU3] a session that ends while its socket is being admitted gets nothing', async () => {
	let answer = (): void => {};
	served.access.beforeRole = () => new Promise((resolve) => (answer = resolve));
	const hoa = new RawClient(served.url, 'paper', 'hoa');
	await until('the question', () => served.access.asked === 1);
	served.sessions.end('hoa');
	answer();
	expect((await hoa.end()).code).toBe(4401);
	expect(hoa.frames).toEqual([]);
});

test('[AU3] an expired token closes 4401', async () => {
	served.access.expiresAt = Date.now() + 300;
	const hoa = await new RawClient(served.url, 'paper', 'hoa').synced();
	expect((await hoa.end()).code).toBe(4401);
});

test('[AU4] a right taken away while a socket is admitted is not granted', async () => {
	let answer = (): void => {};
	served.access.beforeRole = () => new Promise((resolve) => (answer = resolve));
	const hoa = new RawClient(served.url, 'paper', 'hoa');
	await until('the question', () => served.access.asked === 1);
	served.access.setRole('paper', 'hoa', null);
	served.access.beforeRole = async () => {};
	served.engine.recheck({ documentId: 'paper' });
	answer();
	expect((await hoa.end()).code).toBe(4403);
});
