import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeSync, MESSAGE, SYNC } from '../../src/lib/collab/protocol.ts';
import { capture, RawClient, storedText } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { until } from './support/wait.ts';

let served: Served;

beforeEach(async () => {
	served = await serve();
	served.store.create('paper');
	served.store.create('other');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
	served.access.share('other', { hoa: 'editor', binh: 'editor' });
});
afterEach(() => served.stop());

const join = (person: string, documentId = 'paper', query = '') =>
	new RawClient(served.url, documentId, person, { query }).synced();

/** The server's document, as a newcomer sees it. */
async function bodyOf(documentId: string): Promise<Uint8Array> {
	return Y.mergeUpdates([...(await served.engine.readUpdates(documentId))]);
}

test('[MS3] what several wrote while a round was due reaches everybody as one frame, and only once', async () => {
	await served.stop();
	served = await serve({ limits: { roundPerReaderMs: 100 } });
	served.store.create('paper');
	served.access.share('paper', { hoa: 'editor', binh: 'editor' });
	const [hoa, binh, reader] = [await join('hoa'), await join('binh'), await join('binh')];
	const updatesAt = (client: RawClient) =>
		client.frames.filter(([kind, step]) => kind === MESSAGE.sync && step === SYNC.update).length;
	hoa.type('first ');
	await until('the first round', () => reader.text.toString() === 'first ');
	hoa.type('one ');
	binh.type('two ');
	hoa.type('three ');
	await until('the second round', () => reader.text.length === 'first one two three '.length);
	expect(updatesAt(reader)).toBe(2);
	expect(hoa.text.toString()).toBe(reader.text.toString());
	expect(updatesAt(hoa)).toBe(1);
	await hoa.acked();
	expect((await served.store.load('paper'))!.updates.length).toBe(4);
});

test('[MS1, MS2] a newcomer hears step 1, who is there and their own role, then an answer to step 1, each in its own frame', async () => {
	const binh = await join('binh');
	binh.sendPresence(7, 1, { cursor: null });
	await binh.settled();
	const hoa = await join('hoa', 'paper', '?schema=1&epoch=1');
	expect(hoa.frames.slice(0, 4)).toEqual([
		[MESSAGE.sync, SYNC.step1],
		[MESSAGE.awareness, -1],
		[MESSAGE.role, -1],
		[MESSAGE.sync, SYNC.step2]
	]);
	const plain = await join('hoa');
	expect(plain.frames.some(([kind]) => kind === MESSAGE.role)).toBe(false);
});

test('[MS1] no frame holds more than one message, however busy the room is', async () => {
	const people = await Promise.all(['hoa', 'binh', 'hoa', 'binh'].map((person) => join(person, 'paper', '?schema=1')));
	for (let nth = 0; nth < 30; nth++) {
		people.forEach((client, who) => {
			client.type(`${who} `);
			client.sendPresence(100 + who, nth + 1, { nth });
			client.askAck();
		});
		await Promise.all(people.map((client) => client.settled()));
	}
	await Promise.all(people.map((client) => client.acked()));
	for (const client of people) {
		expect(client.frames.length).toBeGreaterThan(60);
		expect(client.unreadBytes).toBe(0);
	}
});

test('[MS1] a question who is there is answered with everybody', async () => {
	const binh = await join('binh');
	binh.sendPresence(7, 1, {});
	await binh.settled();
	const hoa = await join('hoa');
	const before = hoa.presence.length;
	hoa.send(new Uint8Array([MESSAGE.queryAwareness]));
	await until('the answer', () => hoa.presence.length > before);
	expect(hoa.presence.at(-1)!.clientId).toBe(7);
});

test('[MS7] who has not asked for the text yet is sent no changes of it, and with the answer has them all', async () => {
	const hoa = await join('hoa');
	hoa.type('before ');
	const late = new RawClient(served.url, 'paper', 'binh', { first: [] });
	await until('the room', () => late.frames.some(([kind, step]) => kind === MESSAGE.sync && step === SYNC.step1));
	hoa.type('meanwhile ');
	await hoa.settled();
	await late.acked();
	expect(late.text.toString()).toBe('');
	expect(late.doc.store.pendingStructs).toBeNull();
	await late.settled();
	expect(late.text.toString()).toBe('before meanwhile ');
	hoa.type('after');
	await until('what follows', () => late.text.toString() === 'before meanwhile after');
	late.close();
});

test('[MS3] an update reaches the others before it is stored and does not come back', async () => {
	const hoa = await join('hoa');
	const binh = await join('binh');
	served.store.hold();
	hoa.type('xin chào');
	await until('the text', () => binh.text.toString() === 'xin chào');
	await hoa.settled();
	expect(hoa.frames.filter(([kind, step]) => kind === 0 && step === SYNC.update)).toEqual([]);
	served.store.release();
});

test('[MS4] an update over its bound closes 1009 and changes nothing; the same as step 2 is taken', async () => {
	const hoa = await join('hoa');
	const large = capture(hoa.doc, () => hoa.text.insert(0, 'x'.repeat(1024 * 1024)));
	hoa.sendUpdate(large);
	expect((await hoa.end()).code).toBe(1009);
	expect(await storedText(served.store, 'paper')).toBe('');
	const again = await join('hoa');
	again.send(encodeSync(SYNC.step2, large));
	await again.acked();
	expect((await storedText(served.store, 'paper')).length).toBe(1024 * 1024);
});

test('[MS4] no frame may be larger than the frame bound', async () => {
	const hoa = await join('hoa');
	hoa.send(encodeSync(SYNC.step2, new Uint8Array(5 * 1024 * 1024)));
	expect((await hoa.end()).code).toBe(1009);
});

test('[MS5] unknown kinds are ignored, text is not', async () => {
	const hoa = await join('hoa');
	hoa.send(new Uint8Array([120, 1, 2, 3]));
	hoa.type('still here');
	await hoa.acked();
	hoa.ws.send('hello');
	expect((await hoa.end()).code).toBe(1003);
});

/** An update that claims 33 million items in seven bytes. */
const ALLOCATION_BOMB = new Uint8Array([1, 0xff, 0xff, 0xff, 0x0f, 1, 0]);

const MALFORMED: [string, Uint8Array][] = [
	['no bytes at all', new Uint8Array()],
	['an empty sync message', new Uint8Array([MESSAGE.sync])],
	['an unknown sync step', encodeSync(9, new Uint8Array([0, 0]))],
	['a truncated update', encodeSync(SYNC.update, new Uint8Array([1, 1, 5]))],
	['an update without its deletions', encodeSync(SYNC.update, sample().subarray(0, -1))],
	['an allocation bomb', encodeSync(SYNC.update, ALLOCATION_BOMB)],
	['a malformed state vector', encodeSync(SYNC.step1, new Uint8Array([5, 1]))],
	['a length beyond the frame', new Uint8Array([MESSAGE.sync, SYNC.update, 200, 1, 0])],
	['malformed presence', new Uint8Array([MESSAGE.awareness, 4, 1, 7, 1, 90])],
	['presence that is no JSON', new Uint8Array([MESSAGE.awareness, 5, 1, 7, 1, 1, 123])],
	['an acknowledgement without a number', new Uint8Array([MESSAGE.ack])]
];

test.for(MALFORMED)('[HI1] %s closes 1007 and changes nothing', async ([, frame]) => {
	const binh = await join('binh');
	binh.type('safe');
	await binh.acked();
	const before = await bodyOf('paper');
	const hoa = await join('hoa');
	const heard = binh.frames.length;
	hoa.send(frame);
	expect((await hoa.end()).code).toBe(1007);
	expect(await bodyOf('paper')).toEqual(before);
	await binh.settled();
	expect(binh.frames.slice(heard).filter(([kind, step]) => kind === 0 && step === SYNC.update)).toEqual([]);
	expect((await served.store.load('paper'))!.updates.length).toBe(1);
});

test('[HI1] an allocation bomb is refused without the memory it claims', async () => {
	const hoa = await join('hoa');
	const before = process.memoryUsage().rss;
	const began = performance.now();
	hoa.send(encodeSync(SYNC.update, ALLOCATION_BOMB));
	expect((await hoa.end()).code).toBe(1007);
	expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
	expect(performance.now() - began).toBeLessThan(5_000);
});

test('[HI2] items that refer ahead of themselves and clocks out of range are malformed', async () => {
	for (const update of [itemThatRefersAhead(), clockOutOfRange()]) {
		const hoa = await join('hoa');
		hoa.sendUpdate(update);
		expect((await hoa.end()).code).toBe(1007);
	}
	expect((await served.store.load('paper'))!.updates).toEqual([]);
});

test('[HI4] an update that waits for another is stored, and heals when that one comes', async () => {
	const doc = new Y.Doc();
	const first = capture(doc, () => doc.getText('test').insert(0, 'first '));
	const second = capture(doc, () => doc.getText('test').insert(6, 'second'));
	const hoa = await join('hoa');
	hoa.answersStep1 = false;
	const asked = hoa.frames.filter(([kind, step]) => kind === 0 && step === SYNC.step1).length;
	hoa.sendUpdate(second);
	await hoa.acked();
	expect(hoa.frames.filter(([kind, step]) => kind === 0 && step === SYNC.step1).length).toBe(asked + 1);
	expect((await served.store.load('paper'))!.updates.length).toBe(1);
	const binh = await join('binh');
	hoa.sendUpdate(first);
	await until('both', () => binh.text.toString() === 'first second');
	await hoa.acked();
	expect(await storedText(served.store, 'paper')).toBe('first second');
});

test('[HI5] whatever one socket sends, the process lives and others do not notice', async () => {
	const binh = await join('binh', 'other');
	const valid = [encodeSync(SYNC.update, sample()), encodeSync(SYNC.step1, new Uint8Array([0])), new Uint8Array([100, 1])];
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 60 }),
		// Nearly right is worse than random.
		fc
			.tuple(fc.constantFrom(...valid), fc.nat(80), fc.nat(255))
			.map(([frame, at, value]) => frame.map((byte, index) => (index === at % frame.length ? value : byte))),
		fc
			.tuple(fc.constantFrom(0, 1, 3, 100, 101, 102), fc.uint8Array({ maxLength: 60 }))
			.map(([kind, rest]) => new Uint8Array([kind, ...rest]))
	);
	await fc.assert(
		fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 40 }), async (frames) => {
			const hoa = await join('hoa');
			for (const frame of frames) hoa.send(frame);
			hoa.ws.close();
			await hoa.end();
		}),
		{ numRuns: 60 }
	);
	binh.type('undisturbed');
	await binh.acked();
	expect(await storedText(served.store, 'other')).toBe('undisturbed');
	const newcomer = await join('hoa');
	newcomer.type('alive');
	await newcomer.acked();
});

function sample(): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = 4242;
	return capture(doc, () => doc.getText('test').insert(0, 'sample'));
}

/** One item of client 9 at clock 0 whose left neighbour is client 9, clock 5. */
function itemThatRefersAhead(): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, 9, 0]) encoding.writeVarUint(encoder, number); // one client, one item, its id, its clock
	encoding.writeUint8(encoder, 0x80 | 4); // has a left origin; text
	encoding.writeVarUint(encoder, 9);
	encoding.writeVarUint(encoder, 5);
	encoding.writeVarString(encoder, 'x');
	encoding.writeVarUint(encoder, 0); // no deletions
	return encoding.toUint8Array(encoder);
}

function clockOutOfRange(): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, 9, 2 ** 52]) encoding.writeVarUint(encoder, number);
	encoding.writeUint8(encoder, 0); // a collected range …
	encoding.writeVarUint(encoder, 2 ** 52); // … of this length
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}
