import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CaretDeliveries } from './caret-deliveries.ts';
import { caretClocks, caretEntry } from './carets.ts';
import { Deliveries, FIRST_CLIENT_ID } from './deliveries.ts';
import { FrameMemo } from './frame-memo.ts';
import { FrameReader, maskedFrame, OPCODE } from './frames.ts';
import { Histogram, median } from './histogram.ts';
import { rangesOf, typedCharacter } from './typed-edits.ts';

/** What a server writes: unmasked, in as many frames as it likes. */
function serverFrame(payload: Uint8Array, opcode: number = OPCODE.binary, isFinal = true): Buffer {
	const header =
		payload.length < 126
			? Buffer.from([0, payload.length])
			: payload.length < 65_536
				? Buffer.from([0, 126, 0, 0])
				: Buffer.from([0, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
	header[0] = (isFinal ? 0x80 : 0) | opcode;
	if (header.length === 4) header.writeUInt16BE(payload.length, 2);
	if (header.length === 10) header.writeBigUInt64BE(BigInt(payload.length), 2);
	return Buffer.concat([header, payload]);
}

function readAll(stream: Buffer, cuts: number[]): [number, string][] {
	const read: [number, string][] = [];
	const reader = new FrameReader((opcode, bytes, start, end) => read.push([opcode, bytes.toString('hex', start, end)]));
	const shared = Buffer.alloc(stream.length);
	const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
	for (let index = 1; index < places.length; index++) {
		// One buffer for every chunk, as the sockets do it: what the reader keeps it must have copied.
		shared.fill(0xff);
		stream.copy(shared, 0, places[index - 1], places[index]);
		reader.push(shared, 0, places[index] - places[index - 1]);
	}
	return read;
}

test('frames of all sizes are read however TCP cuts them', () => {
	const message = fc.oneof(
		fc.uint8Array({ maxLength: 300 }),
		fc.constantFrom(125, 126, 65_535, 65_536).map((size) => new Uint8Array(size).fill(7))
	);
	fc.assert(
		fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(200_000), { maxLength: 12 }), (messages, cuts) => {
			const stream = Buffer.concat(messages.map((bytes) => serverFrame(bytes)));
			expect(readAll(stream, cuts)).toEqual(messages.map((bytes) => [OPCODE.binary, Buffer.from(bytes).toString('hex')]));
		}),
		{ numRuns: 200 }
	);
});

test('every cut inside a header is survived', () => {
	const stream = Buffer.concat([
		serverFrame(new Uint8Array(70_000)),
		serverFrame(new Uint8Array([1])),
		serverFrame(new Uint8Array(200))
	]);
	const sizes = [70_000, 1, 200];
	for (let cut = 0; cut < 14; cut++)
		expect(readAll(stream, [cut, cut + 1, 70_010 + cut]).map(([, hex]) => hex.length / 2)).toEqual(sizes);
});

test('large frames share buffers without mixing their bytes', () => {
	const payloads = [1, 2, 3, 4].map((value) => new Uint8Array(1_200_000 + value).fill(value));
	const stream = Buffer.concat(payloads.map((bytes) => serverFrame(bytes)));
	const read = readAll(stream, [100, 1_100_000, 1_300_000, 2_500_000, 3_600_000]);
	expect(read.map(([, hex]) => hex)).toEqual(payloads.map((bytes) => Buffer.from(bytes).toString('hex')));
});

test('a message in several frames is put together, with a ping in between', () => {
	const stream = Buffer.concat([
		serverFrame(new Uint8Array([1, 2]), OPCODE.binary, false),
		serverFrame(new Uint8Array([9]), OPCODE.ping),
		serverFrame(new Uint8Array([3]), OPCODE.continuation, false),
		serverFrame(new Uint8Array([4]), OPCODE.continuation)
	]);
	expect(readAll(stream, [3, 5])).toEqual([
		[OPCODE.ping, '09'],
		[OPCODE.binary, '01020304']
	]);
});

test('a masked frame gives back its message', () => {
	for (const size of [0, 5, 126, 70_000]) {
		const message = Uint8Array.from({ length: size }, (_, index) => index & 0xff);
		const frame = maskedFrame(message);
		const header = size < 126 ? 2 : size < 65_536 ? 4 : 10;
		const mask = frame.subarray(header, header + 4);
		expect(frame[1] & 0x80).toBe(0x80);
		expect([...frame.subarray(header + 4)].map((byte, index) => byte ^ mask[index & 3])).toEqual([...message]);
	}
});

test('an edit written by hand is what Yjs would write', () => {
	const doc = new Y.Doc();
	doc.clientID = FIRST_CLIENT_ID;
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const text = doc.getText('test');
	for (let clock = 0; clock < 40; clock++) text.insert(clock, 'nghị quyết của hội đồng nhân dân '[clock % 33]);
	expect(updates.map((update) => Buffer.from(update).toString('hex'))).toEqual(
		updates.map((_, clock) => Buffer.from(typedCharacter(FIRST_CLIENT_ID, clock)).toString('hex'))
	);
});

test('merged updates are counted edit by edit, and gaps are not', () => {
	const updates = [0, 1, 2, 5, 6].map((clock) => typedCharacter(FIRST_CLIENT_ID, clock));
	updates.push(typedCharacter(FIRST_CLIENT_ID + 1, 0));
	const ranges = rangesOf(Y.mergeUpdates(updates)).sort((a, b) => a.clientId - b.clientId || a.from - b.from);
	expect(ranges).toEqual([
		{ clientId: FIRST_CLIENT_ID, from: 0, to: 3 },
		{ clientId: FIRST_CLIENT_ID, from: 5, to: 7 },
		{ clientId: FIRST_CLIENT_ID + 1, from: 0, to: 1 }
	]);
});

test('what a document emits after merging its structs is counted the same', () => {
	const doc = new Y.Doc();
	for (let clock = 0; clock < 10; clock++) Y.applyUpdate(doc, typedCharacter(FIRST_CLIENT_ID, clock));
	expect(rangesOf(Y.encodeStateAsUpdate(doc))).toEqual([{ clientId: FIRST_CLIENT_ID, from: 0, to: 10 }]);
});

test('a delivery counts once per member, without the own edit, whatever is repeated or echoed', () => {
	const edits = new Deliveries(3, 10);
	const latency = new Histogram();
	const clocks = [edits.send(0, 0), edits.send(0, 0)];
	edits.beginWindow(latency);
	clocks.push(edits.send(1, 100));
	edits.endWindow();
	edits.send(2, 200);
	expect(clocks).toEqual([0, 1, 0]);
	expect(edits.expected).toBe(8);
	const merged = edits.numbersOf([
		{ clientId: FIRST_CLIENT_ID + 1, from: 0, to: 1 },
		{ clientId: FIRST_CLIENT_ID, from: 0, to: 2 }
	]);
	for (const member of [0, 1, 2]) edits.receive(member, merged, 130);
	expect(edits.received).toBe(1 + 2 + 3);
	edits.receive(0, merged, 400);
	edits.receive(2, edits.numbersOf([{ clientId: FIRST_CLIENT_ID, from: 1, to: 2 }]), 400);
	expect([edits.received, edits.repeated]).toEqual([6, 2]);
	expect(latency.count).toBe(2); // only the edit of the window, at its two readers
	expect(latency.percentile(1)).toBeCloseTo(30.1, 5);
	const last = edits.numbersOf([{ clientId: FIRST_CLIENT_ID + 2, from: 0, to: 1 }]);
	for (const member of [0, 1]) edits.receive(member, last, 500);
	expect(edits.received).toBe(edits.expected);
	expect(edits.foreign).toBe(0);
});

test('an edit that nobody in the room made is noticed and not counted', () => {
	const edits = new Deliveries(2, 10);
	edits.send(0, 0);
	edits.receive(
		1,
		edits.numbersOf([
			{ clientId: FIRST_CLIENT_ID, from: 0, to: 3 },
			{ clientId: 5, from: 0, to: 1 }
		]),
		1
	);
	expect([edits.received, edits.foreign]).toEqual([1, 3]);
});

test('only the newest caret must arrive, and a missing one is noticed', () => {
	const latency = new Histogram();
	const carets = new CaretDeliveries(2, latency);
	carets.send(0, 0);
	const clock = carets.send(0, 10);
	expect(carets.missing).toBe(1);
	carets.receive(1, [{ clientId: FIRST_CLIENT_ID, clock: 1 }], 12);
	expect(carets.missing).toBe(1);
	carets.receive(1, caretClocks(caretEntry(FIRST_CLIENT_ID, clock)), 15);
	carets.receive(1, [{ clientId: FIRST_CLIENT_ID, clock: 1 }], 99);
	expect([carets.missing, latency.count]).toEqual([0, 2]);
});

test('a memo never confuses two messages', () => {
	const memo = new FrameMemo<string>();
	let parsed = 0;
	const read = (bytes: Uint8Array) =>
		memo.read(Buffer.from([0, ...bytes, 0]), 1, 1 + bytes.length, (copy) => {
			parsed++;
			return copy.toString('hex');
		});
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			expect(read(bytes)).toBe(Buffer.from(bytes).toString('hex'));
		}),
		{ numRuns: 300 }
	);
	const mistaken = Array.from({ length: 2_100 }, (_, round) => {
		const long = new Uint8Array(500).fill(1);
		long[7] = round & 0xff; // places that the key does not look at
		long[9] = round >> 8;
		return read(long) !== Buffer.from(long).toString('hex');
	});
	expect(mistaken).not.toContain(true);
	const before = parsed;
	expect([read(new Uint8Array([1, 2, 3])), read(new Uint8Array([1, 2, 3]))]).toEqual(['010203', '010203']);
	expect(parsed).toBe(before + 1);
});

test('percentiles and medians', () => {
	const histogram = new Histogram();
	expect(histogram.percentile(0.5)).toBeNaN();
	for (let ms = 1; ms <= 100; ms++) histogram.add(ms);
	expect(histogram.percentile(0.5)).toBeCloseTo(50.1, 5);
	expect(histogram.percentile(0.99)).toBeCloseTo(99.1, 5);
	expect(histogram.percentile(1)).toBeCloseTo(100.1, 5);
	histogram.add(1e9);
	expect(histogram.percentile(1)).toBeGreaterThan(19_999);
	expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([NaN, 5])]).toEqual([2, 2.5, 5]);
});
