import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeSync, LIMITS, SYNC } from '../../src/lib/collab/protocol.ts';
import { HostileEngine } from './support/hostile-engine.ts';
import { PageWitness } from './support/promises.ts';
import { capture, RawClient, storedText } from './support/raw-client.ts';
import { frame, OPCODE, RawSocket } from './support/raw-socket.ts';
import { until } from './support/wait.ts';

const MB = 2 ** 20;
/** How much more memory an attack may leave behind, or take while it lasts. */
const SLACK = 32 * MB;
const SILENT_MS = 3_000;

let engine: HostileEngine;
let documentId: string;
let control: PageWitness[];
let typing: NodeJS.Timeout;

beforeAll(async () => {
	engine = await HostileEngine.start({ silentMs: SILENT_MS, refusalRate: { perSecond: 1e6, burst: 1e6 } });
	const controlId = randomUUID();
	await engine.share(controlId, { hoa: 'editor', binh: 'editor' });
	control = ['hoa', 'binh'].map((person) => new PageWitness(engine.url, controlId, person, person));
	documentId = randomUUID();
	await engine.share(documentId, { honest: 'editor', writer: 'editor', reader: 'viewer' });
	await until('the control room', () => control.every(({ open }) => open.state.kind === 'saved'));
	typing = setInterval(() => control.forEach((page) => page.type()), 40);
});
afterAll(async () => {
	clearInterval(typing);
	await Promise.all(control.map((page) => page.leave()));
	await engine.stop();
});

/** The process lives, and the people of another room go on without having lost their connection. */
async function expectUndisturbed(): Promise<void> {
	expect(engine.ended).toBeNull();
	const before = control.map((page) => page.promised.length);
	await until('more promises', () => control.every((page, nth) => page.promised.length > before[nth]), 20_000);
	for (const page of control) {
		expect(page.network.attempts).toBe(1);
		expect(page.falseWords).toEqual([]);
	}
}

/** Bytes that cannot be collected. */
async function inUse(): Promise<number> {
	const { heapUsed, external } = await engine.memory();
	return heapUsed + external;
}

const attacker = (id = documentId) => new RawSocket(engine.port, id, 'writer').open();
const ended = (socket: RawSocket, withinMs = 10_000) => until('the end', () => socket.closeCode, withinMs);

function sentence(text: string): Uint8Array {
	const doc = new Y.Doc();
	return encodeSync(
		SYNC.update,
		capture(doc, () => doc.getText('test').insert(0, text))
	);
}

const half = frame(OPCODE.binary, sentence('half'), { fin: false });
const WRONG: [string, Uint8Array, number][] = [
	['an unmasked frame', frame(OPCODE.binary, sentence('x'), { masked: false }), 1002],
	['a reserved bit', frame(OPCODE.binary, sentence('x'), { reserved: 4 }), 1002],
	['another reserved bit', frame(OPCODE.binary, sentence('x'), { reserved: 1 }), 1002],
	['a reserved kind of data', frame(3, sentence('x')), 1002],
	['a reserved kind of control', frame(11), 1002],
	['a continuation of nothing', frame(OPCODE.continuation, sentence('x')), 1002],
	['a message inside a message', Buffer.concat([half, frame(OPCODE.binary, sentence('x'))]), 1002],
	['a control frame in parts', frame(OPCODE.ping, new Uint8Array(2), { fin: false }), 1002],
	['a ping that is too long', frame(OPCODE.ping, new Uint8Array(126)), 1002],
	['a close code that is none', frame(OPCODE.close, new Uint8Array([3, 237])), 1002],
	['a close of one byte', frame(OPCODE.close, new Uint8Array([3])), 1002],
	['a text', frame(OPCODE.text, Buffer.from('hello')), 1003],
	['a text that is none', frame(OPCODE.text, new Uint8Array([0xff, 0xfe])), 1007],
	['a frame over the bound, announced', frame(OPCODE.binary, new Uint8Array(1), { claims: BigInt(LIMITS.frameBytes + 1) }), 1009],
	['a frame of 2 ** 62 bytes, announced', frame(OPCODE.binary, new Uint8Array(1), { claims: 2n ** 62n }), 1009]
];

test.for(WRONG)('[HI5] %s closes the socket, and nothing else happens', async ([, bytes, code]) => {
	const socket = await attacker();
	await socket.write(bytes);
	expect(await ended(socket)).toBe(code);
	expect(await storedText(engine, documentId)).not.toContain('x');
	socket.end();
	await expectUndisturbed();
});

test('[HI5, MS4] fragments that together pass the bound of a frame close 1009', async () => {
	const socket = await attacker();
	const part = new Uint8Array(MB);
	await socket.write(frame(OPCODE.binary, part, { fin: false }));
	for (let nth = 0; socket.closeCode === null; nth++) {
		expect(nth).toBeLessThan(2 * (LIMITS.frameBytes / MB));
		await socket.write(frame(OPCODE.continuation, part, { fin: false }));
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(await ended(socket)).toBe(1009);
	await expectUndisturbed();
});

test('[HI5] a frame without end in tiny fragments is given up, and costs no memory', async () => {
	const before = await inUse();
	const tiny = Buffer.concat(Array.from({ length: 1_000 }, () => frame(OPCODE.continuation, new Uint8Array(1), { fin: false })));
	const sockets = await Promise.all(Array.from({ length: 10 }, () => attacker()));
	for (const socket of sockets) {
		await socket.write(frame(OPCODE.binary, new Uint8Array(1), { fin: false }));
		for (let nth = 0; nth < 200 && socket.closeCode === null; nth++) await socket.write(tiny);
		expect(await ended(socket)).toBe(1008);
		socket.end();
	}
	expect((await inUse()) - before).toBeLessThan(SLACK);
	await expectUndisturbed();
});

test('[MS1, HI5] an honest message may come in fragments, byte by byte, and with the request itself', async () => {
	const id = randomUUID();
	await engine.share(id, { writer: 'editor' });
	const [one, two, three] = ['in fragments. ', 'byte by byte. ', 'with the request. '].map(sentence);
	const whole = new RawSocket(engine.port, id, 'writer', frame(OPCODE.binary, three));
	await whole.open();
	const parts = Array.from(one, (_, at) =>
		frame(at === 0 ? OPCODE.binary : OPCODE.continuation, one.subarray(at, at + 1), { fin: at === one.byteLength - 1 })
	);
	// A ping between fragments is allowed.
	await whole.write(Buffer.concat([...parts.slice(0, 3), frame(OPCODE.ping), ...parts.slice(3)]));
	for (const byte of frame(OPCODE.binary, two)) await whole.write(new Uint8Array([byte]));
	await until('all three', async () => (await storedText(engine, id)).length === 14 + 14 + 18);
	expect(whole.closeCode).toBeNull();
	whole.end();
});

test('[CN8, HI5] who never finishes a frame, or never answers, is cut', async () => {
	const unfinished = await attacker();
	await unfinished.write(frame(OPCODE.binary, sentence('never finished'), { claims: 1_000_000n }));
	const silent = await attacker();
	const vanished = await attacker();
	vanished.socket.pause();
	await until('the cut', () => unfinished.isClosed && silent.isClosed, SILENT_MS + 10_000);
	await until('the cut', async () => (await engine.stats()).connections <= control.length, SILENT_MS + 10_000);
	vanished.end();
	await expectUndisturbed();
});

test(
	'[HI5, SL2] somebody who floods with pings and reads no answer is cut, and costs no memory',
	{ timeout: 60_000 },
	async () => {
		const before = await inUse();
		const pings = Buffer.concat(Array.from({ length: 2_000 }, () => frame(OPCODE.ping, new Uint8Array(125))));
		const sockets = await Promise.all(Array.from({ length: 4 }, () => attacker()));
		for (const socket of sockets) socket.socket.pause();
		let most = 0;
		while (sockets.some((socket) => !socket.isClosed)) {
			await Promise.race([
				Promise.all(sockets.map((socket) => socket.write(pings))),
				new Promise((resolve) => setTimeout(resolve, 200))
			]);
			most = Math.max(most, (await inUse()) - before);
		}
		for (const socket of sockets) socket.end();
		await expectUndisturbed();
		expect(most).toBeLessThan(SLACK);
	}
);

test(
	'[SL2, HI5] somebody who asks for a long text again and again and reads nothing is cut, and costs a bounded memory',
	{ timeout: 60_000 },
	async () => {
		const id = randomUUID();
		await engine.share(id, { honest: 'editor', writer: 'editor' });
		const honest = await new RawClient(engine.url, id, 'honest').synced();
		for (let nth = 0; nth < 4; nth++) honest.type('x'.repeat(500_000));
		await honest.acked();
		const before = await inUse();
		const question = frame(OPCODE.binary, encodeSync(SYNC.step1, new Uint8Array([0])));
		const sockets = await Promise.all(Array.from({ length: 5 }, () => attacker(id)));
		for (const socket of sockets) {
			socket.socket.pause();
			await socket.write(Buffer.concat(Array.from({ length: 100 }, () => question)));
		}
		let most = 0;
		await until(
			'the cut',
			async () => {
				most = Math.max(most, (await inUse()) - before);
				return (await engine.stats()).connections <= control.length + 1;
			},
			30_000
		);
		expect(most).toBeLessThan(sockets.length * (LIMITS.slowCloseBytes + 2 * 2 * MB) + SLACK);
		for (const socket of sockets) socket.end();
		await honest.settled();
		honest.close();
		await expectUndisturbed();
	}
);

test('[RL1, HI5] floods of questions are read slowly, and others do not notice', async () => {
	const sockets = Array.from({ length: 5 }, () => new RawClient(engine.url, documentId, 'writer'));
	await Promise.all(sockets.map((socket) => socket.synced()));
	const question = encodeSync(SYNC.step1, new Uint8Array([0]));
	for (const socket of sockets) for (let nth = 0; nth < 5_000; nth++) socket.send(nth % 2 ? question : new Uint8Array([3]));
	await expectUndisturbed();
	for (const socket of sockets) {
		expect(socket.frames.length).toBeLessThan(2_000);
		socket.close();
	}
});

test('[AU1, CN2, CN4, HI5] strangers, unknown rooms and wrong pages get nothing, however many', async () => {
	const refused: Promise<number>[] = [];
	const knock = (id: string, headers: Record<string, string>) => {
		const socket = new WebSocket(`${engine.url}/${id}`, { headers });
		refused.push(
			new Promise((resolve) => {
				socket.on('message', () => resolve(0));
				socket.on('close', (code) => resolve(code));
				socket.on('unexpected-response', (_, response) => resolve(response.statusCode!));
				socket.on('error', () => {});
			})
		);
	};
	for (let nth = 0; nth < 100; nth++) {
		knock(randomUUID(), { authorization: 'Bearer writer' });
		knock(documentId, { authorization: 'Bearer stranger' });
		knock(documentId, {});
		knock(documentId, { authorization: 'Basic writer' });
		knock(documentId, { authorization: 'Bearer writer', origin: 'https://evil.test' });
		knock(`${documentId}%2f..`, { authorization: 'Bearer writer' });
	}
	const codes = await Promise.all(refused);
	expect(codes).toEqual(Array.from({ length: 100 }, () => [4404, 4403, 4401, 4401, 403, 404]).flat());
	expect((await engine.stats()).rooms).toBeLessThan(10);
	await expectUndisturbed();
});

test('[CN1, HI5] requests that are no upgrade, or half of one, are refused', async () => {
	const requests = [
		'GET /collab/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
		'GET /collab/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
		'POST /collab/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
		'GET /collab/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
		'\x16\x03\x01\x02\x00\x01\x00'
	];
	for (const request of requests) {
		const socket = connect(engine.port, '127.0.0.1');
		let answer = '';
		socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
		socket.on('error', () => {});
		socket.write(request.replace('/x ', `/${documentId} `));
		await until('the refusal', () => socket.closed || answer);
		expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
		socket.destroy();
	}
	await expectUndisturbed();
});
