import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { applyAll } from '../../src/lib/text/apply.ts';
import { type ClientRanges, RangeCollector, without } from '../../src/lib/collab/persistence/ranges.server.ts';
import { encodeSync, SYNC } from '../../src/lib/collab/protocol.ts';
import { HostileEngine } from './support/hostile-engine.ts';
import { BOMBS, hostileFrame } from './support/hostile-frames.ts';
import { markersOf, PageWitness } from './support/promises.ts';
import { capture, RawClient, storedDoc } from './support/raw-client.ts';
import { tally } from './support/tally.ts';
import { until } from './support/wait.ts';

/** Frames that the engine must have read; a soak reads more. A failing seed can be run alone: SEED=… FUZZ_FRAMES=1 */
const FRAMES = Number(process.env.FUZZ_FRAMES ?? 3_000);
const SEED = Number(process.env.SEED ?? process.env.FIRST_SEED ?? 20_261_122);
const FRAMES_PER_SOCKET = 30;
const SOCKETS_PER_ROOM = 15;
const ROOMS_AT_ONCE = 3;

let engine: HostileEngine;
let controlId: string;
let control: PageWitness[];
/** The honest people of the control room go on writing all the while. */
let typing: NodeJS.Timeout;

beforeAll(async () => {
	const plenty = { perSecond: 1e6, burst: 1e6 };
	engine = await HostileEngine.start({
		frameRate: plenty,
		byteRate: { perSecond: 1e9, burst: 1e9 },
		refusalRate: plenty,
		unloadMs: 500,
		restMs: 200,
		compactRows: 20,
		compactPauseMs: 100
	});
	controlId = randomUUID();
	await engine.share(controlId, { hoa: 'editor', binh: 'editor' });
	control = ['hoa', 'binh'].map((person) => new PageWitness(engine.url, controlId, person, person));
	await until('the control room', () => control.every(({ open }) => open.state.kind === 'saved'));
	typing = setInterval(() => control.forEach((page) => page.type()), 100);
});
afterAll(async () => {
	clearInterval(typing);
	await Promise.all(control.map((page) => page.leave()));
	await engine.stop();
});

/** The control room's people are served and have not lost a letter. */
async function expectControlUndisturbed(): Promise<void> {
	const before = control.map((page) => page.promised.length);
	await until('more promises', () => control.every((page, nth) => page.promised.length > before[nth]), 20_000);
	for (const page of control) {
		expect(page.open.state.kind).toMatch(/^sav/);
		expect(page.network.attempts).toBe(1);
		expect(page.falseWords).toEqual([]);
	}
	const promised = control.flatMap((page) => page.promised);
	const stored = new Set(markersOf(await storedDoc(engine, controlId)));
	expect(promised.filter((marker) => !stored.has(marker))).toEqual([]);
}

/**
 * Sends frames, each followed by a handshake question, and counts the answers: so many frames the engine has read.
 * One that closes the socket ends the conversation.
 */
async function attack(documentId: string, person: string, frames: readonly Uint8Array[]): Promise<number> {
	const socket = new WebSocket(`${engine.url}/${documentId}`, { headers: { authorization: `Bearer ${person}` } });
	socket.binaryType = 'nodebuffer';
	const question = encodeSync(SYNC.step1, new Uint8Array([0]));
	let answers = 0;
	let isClosed = false;
	let failure = '';
	socket.on('error', (error) => (failure = error.message));
	socket.on('close', () => (isClosed = true));
	socket.on('message', (data: Buffer) => (answers += data[0] === 0 && data[1] === SYNC.step2 ? 1 : 0));
	socket.on('open', () => {
		for (const frame of frames) {
			socket.send(frame);
			socket.send(question);
		}
	});
	await until(`an end of the attack ${failure}`, () => isClosed || answers >= frames.length, 20_000);
	socket.terminate();
	return Math.min(frames.length, answers + 1);
}

/** The text that is stored loads without an error and is the one that an honest colleague sees. */
async function expectSound(documentId: string, honest: RawClient): Promise<void> {
	await honest.acked();
	const newcomer = await new RawClient(engine.url, documentId, 'honest').synced();
	await newcomer.settled();
	const stored = await storedDoc(engine, documentId);
	// Some of what waits may only be taken when the text has come to rest, and is then sent to all.
	const has = ({ doc }: RawClient) => Y.snapshot(whole(doc)).sv;
	const wanted = Y.snapshot(whole(stored)).sv;
	await until('all that is stored', () => [honest, newcomer].every((client) => isDeepStrictEqual(has(client), wanted)));
	expect(Y.equalSnapshots(Y.snapshot(whole(stored)), Y.snapshot(whole(newcomer.doc)))).toBe(true);
	// Not every letter: Yjs tidies formatting in the document of a page, which would tell the others and this bare client does
	// not; and an item that waited and names neighbours in the wrong order stands elsewhere in each document. What honest
	// people wrote is the same.
	const [here, there] = [honest.doc, stored].map((doc) => Y.snapshot(whole(doc)));
	expect(here.sv).toEqual(there.sv);
	expect(without(deletedIn(there), deletedIn(here)).size).toBe(0);
	const words = (doc: Y.Doc) => doc.getText('test').toString().match(/<\w+>/g);
	expect(words(honest.doc)).toEqual(words(stored));
	newcomer.close();
}

/** What is deleted in a snapshot, by client. */
function deletedIn({ ds }: Y.Snapshot): ClientRanges {
	const deleted = new RangeCollector();
	for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) deleted.add(client, clock, clock + len);
	return deleted.ranges();
}

/** Everything a document has, also what Yjs leaves waiting although its predecessors have come (see `applyAll`). */
function whole(doc: Y.Doc): Y.Doc {
	const again = new Y.Doc();
	applyAll(again, [Y.encodeStateAsUpdate(doc)]);
	return again;
}

test(
	`[HI1, HI2, HI3, HI5, CO6] ${FRAMES} hostile frames of writers and readers (seed ${SEED})`,
	{ timeout: 120_000 + FRAMES * 20 },
	async () => {
		let read = 0;
		let rooms = 0;
		let warm: NodeJS.MemoryUsage | undefined;
		const lane = async () => {
			while (read < FRAMES) {
				const more = await attackRoom(SEED + rooms++);
				read += more;
				if (read > FRAMES / 4) warm ??= await engine.memory();
			}
		};
		await Promise.all(Array.from({ length: ROOMS_AT_ONCE }, lane));
		await expectControlUndisturbed();
		const after = await engine.memory();
		tally('fuzz', {
			frames: read,
			rooms,
			seeds: `${SEED} to ${SEED + rooms - 1}`,
			heapMb: [warm!, after].map(({ heapUsed }) => Math.round(heapUsed / 2 ** 20)),
			externalMb: [warm!, after].map(({ external }) => Math.round(external / 2 ** 20)),
			processMb: [warm!, after].map(({ rss }) => Math.round(rss / 2 ** 20)),
			complaints: (await engine.stats()).complaints
		});
		// The store keeps every log in memory, some kilobytes a room.
		expect(after.heapUsed).toBeLessThan(1.2 * warm!.heapUsed + 20 * 2 ** 20 + rooms * 8 * 1024);
	}
);

/** Hostile frames for one document with an honest colleague in it; the seed decides all of them. */
async function attackRoom(seed: number): Promise<number> {
	const documentId = randomUUID();
	await engine.share(documentId, { honest: 'editor', writer: 'editor', reader: 'viewer' });
	const honest = await new RawClient(engine.url, documentId, 'honest').synced();
	const sockets = fc.sample(fc.tuple(fc.boolean(), fc.array(hostileFrame, { minLength: 1, maxLength: FRAMES_PER_SOCKET })), {
		seed,
		numRuns: SOCKETS_PER_ROOM
	});
	const markers: string[] = [];
	const write = (marker: string) => (markers.push(marker), honest.type(marker));
	let read = 0;
	try {
		for (const [nth, [asReader, frames]] of sockets.entries()) {
			if (nth % 4 === 0) write(`<${nth}>`);
			read += await attack(documentId, asReader ? 'reader' : 'writer', frames);
			expect(engine.ended).toBeNull();
		}
		write('<end>');
		await expectSound(documentId, honest);
		const text = (await storedDoc(engine, documentId)).getText('test').toString();
		for (const marker of markers) expect(text.split(marker).length, marker).toBe(2);
	} catch (error) {
		throw new Error(`seed ${seed}`, { cause: error });
	}
	honest.close();
	return read;
}

test('[HI4, RM6] what waited and is taken when the text comes to rest reaches those who are there', async () => {
	// Pieces that contradict each other, which Yjs takes in one order and lets wait in another.
	await attackRoom(774_001_005);
});

test('[HI4, LG1] of two updates that wait for predecessors both are stored', async () => {
	const documentId = randomUUID();
	await engine.share(documentId, { honest: 'editor' });
	const doc = new Y.Doc();
	const parts = ['first ', 'second ', 'third '].map((word) =>
		capture(doc, () => doc.getText('test').insert(doc.getText('test').length, word))
	);
	const honest = await new RawClient(engine.url, documentId, 'honest').synced();
	honest.answersStep1 = false;
	for (const part of [parts[2], parts[1], parts[0]]) {
		honest.sendUpdate(part);
		await honest.settled();
	}
	await honest.acked();
	expect((await storedDoc(engine, documentId)).getText('test').toString()).toBe('first second third ');
	honest.close();
});

test('[HI2] delete ranges out of order are malformed, and cost colleagues nothing', async () => {
	const documentId = randomUUID();
	await engine.share(documentId, { honest: 'editor', writer: 'editor' });
	const honest = await new RawClient(engine.url, documentId, 'honest').synced();
	const backwards = encodeSync(SYNC.update, new Uint8Array([0, 1, 77, 2, 9, 1, 3, 1]));
	for (let nth = 0; nth < 3; nth++) {
		const writer = await new RawClient(engine.url, documentId, 'writer').synced();
		writer.send(backwards);
		expect((await writer.end()).code).toBe(1007);
	}
	await honest.settled();
	expect(honest.closed).toBeNull();
	honest.close();
});

test('[RO1, AW1, HI5] nothing that readers send changes a document or what it is called by', async () => {
	const documentId = randomUUID();
	await engine.share(documentId, { honest: 'editor', reader: 'viewer', guest: 'commenter' });
	const honest = await new RawClient(engine.url, documentId, 'honest').synced();
	honest.type('agreed text');
	await honest.acked();
	const before = await engine.load(documentId);
	const sockets = fc.sample(fc.array(hostileFrame, { minLength: 1, maxLength: FRAMES_PER_SOCKET }), { seed: SEED, numRuns: 40 });
	for (const [nth, frames] of sockets.entries()) await attack(documentId, nth % 2 ? 'reader' : 'guest', frames);
	await honest.settled();
	expect(honest.text.toString()).toBe('agreed text');
	expect(await engine.load(documentId)).toEqual(before);
	const names = honest.presence.flatMap(({ state }) => (state ? [(state.user as { name: string }).name] : []));
	expect(names.filter((name) => !/^Name of (reader|guest)$/.test(name))).toEqual([]);
	honest.close();
});

test('[HI1, HI5, AW3, AW4] each known bomb costs next to nothing', { timeout: 60_000 }, async () => {
	const before = await engine.memory();
	for (const [name, bomb] of Object.entries(BOMBS)) {
		const documentId = randomUUID();
		await engine.share(documentId, { honest: 'editor', writer: 'editor', reader: 'viewer' });
		const honest = await new RawClient(engine.url, documentId, 'honest').synced();
		honest.type('<marker>');
		await attack(documentId, 'writer', [bomb]);
		await attack(documentId, 'reader', [bomb]);
		expect(engine.ended, name).toBeNull();
		await expectSound(documentId, honest);
		honest.close();
	}
	await expectControlUndisturbed();
	const after = await engine.memory();
	expect(after.heapUsed - before.heapUsed).toBeLessThan(50 * 2 ** 20);
});
