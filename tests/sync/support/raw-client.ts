import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { partsOf } from '../../../src/lib/collab/persistence/store.server.ts';
import { encodeAck, encodeSync, MESSAGE, SYNC } from '../../../src/lib/collab/protocol.ts';
import { until } from './wait.ts';

export interface PresenceEntry {
	clientId: number;
	clock: number;
	state: Record<string, unknown> | null;
}

/** A client that says exactly what a test tells it to, honest or not, and remembers what it heard. */
export class RawClient {
	readonly ws: WebSocket;
	readonly doc = new Y.Doc();
	readonly acks: number[] = [];
	readonly rejections: string[] = [];
	readonly roles: string[] = [];
	readonly presence: PresenceEntry[] = [];
	/** Every frame in the order it came, as [kind, sync step or -1]. */
	readonly frames: [number, number][] = [];
	frameBytes = 0;
	/** Bytes behind the first message of a frame; y-websocket would never read them. */
	unreadBytes = 0;
	closed: { code: number; reason: string } | null = null;
	/** Status of an upgrade that was refused with plain HTTP. */
	refusedWith: number | null = null;
	/** Answer the server's question for everything we have, as every honest client does. */
	answersStep1 = true;
	#counter = 0;

	constructor(url: string, documentId: string, person: string | null, options: RawOptions = {}) {
		const headers: Record<string, string> = { ...options.headers };
		if (person) headers.authorization = `Bearer ${person}`;
		this.ws = new WebSocket(`${url}/${documentId}${options.query ?? ''}`, { headers });
		this.ws.binaryType = 'nodebuffer';
		this.ws.on('open', () => {
			for (const frame of options.first ?? [encodeSync(SYNC.step1, Y.encodeStateVector(this.doc))]) this.ws.send(frame);
		});
		this.ws.on('message', (data: Buffer) => this.#heard(data));
		this.ws.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
		this.ws.on('unexpected-response', (_, response) => {
			this.refusedWith = response.statusCode ?? 0;
			response.resume();
			this.ws.terminate();
		});
		this.ws.on('error', () => {});
	}

	/** Resolves when the server has sent the document. */
	async synced(): Promise<this> {
		await until('the first step 2', () => this.frames.some(([kind, step]) => kind === 0 && step === 1));
		return this;
	}

	send(bytes: Uint8Array): void {
		this.ws.send(bytes);
	}

	sendUpdate(update: Uint8Array): void {
		this.send(encodeSync(SYNC.update, update));
	}

	/** Types into the document and sends what Yjs says about it. */
	type(text: string): void {
		const update = capture(this.doc, () => this.text.insert(this.text.length, text));
		this.sendUpdate(update);
	}

	/** Asks whether everything sent is committed; returns the counter that will come back. */
	askAck(): number {
		this.send(encodeAck(++this.#counter));
		return this.#counter;
	}

	async acked(counter = this.askAck()): Promise<void> {
		await until(`acknowledgement ${counter}`, () => this.acks.includes(counter));
	}

	/** Resolves after the server has read everything sent so far: it answers a handshake question in order. */
	async settled(): Promise<void> {
		const before = this.step2s;
		this.send(encodeSync(SYNC.step1, Y.encodeStateVector(this.doc)));
		await until('an answer to step 1', () => this.step2s > before || this.closed);
	}

	sendPresence(clientId: number, clock: number, state: unknown): void {
		this.send(presenceFrame([[clientId, clock, JSON.stringify(state)]]));
	}

	get text(): Y.Text {
		return this.doc.getText('test');
	}

	get step2s(): number {
		return this.frames.filter(([kind, step]) => kind === 0 && step === 1).length;
	}

	async end(withinMs?: number): Promise<{ code: number; reason: string }> {
		return until('the close', () => this.closed, withinMs);
	}

	close(): void {
		this.ws.terminate();
	}

	#heard(data: Buffer): void {
		this.frameBytes += data.byteLength;
		const decoder = decoding.createDecoder(data);
		const kind = decoding.readVarUint(decoder);
		let step = -1;
		if (kind === MESSAGE.sync) {
			step = decoding.readVarUint(decoder);
			const bytes = decoding.readVarUint8Array(decoder);
			if (step !== SYNC.step1) Y.applyUpdate(this.doc, bytes, this);
			else if (this.answersStep1) this.send(encodeSync(SYNC.step2, Y.encodeStateAsUpdate(this.doc, bytes)));
		} else if (kind === MESSAGE.awareness) this.presence.push(...readPresence(decoding.readVarUint8Array(decoder)));
		else if (kind === MESSAGE.ack) this.acks.push(decoding.readVarUint(decoder));
		else if (kind === MESSAGE.rejected) this.rejections.push(decoding.readVarString(decoder));
		else if (kind === MESSAGE.role) this.roles.push(decoding.readVarString(decoder));
		this.unreadBytes += data.byteLength - decoder.pos;
		this.frames.push([kind, step]);
	}
}

interface RawOptions {
	query?: string;
	headers?: Record<string, string>;
	/** Sent when the socket opens, instead of a step 1. */
	first?: Uint8Array[];
}

/** The one update that a change produces. */
export function capture(doc: Y.Doc, change: () => void): Uint8Array {
	const updates: Uint8Array[] = [];
	const listen = (update: Uint8Array) => updates.push(update);
	doc.on('update', listen);
	doc.transact(change);
	doc.off('update', listen);
	return Y.mergeUpdates(updates);
}

/** An awareness frame with these entries, as [client id, clock, JSON]. */
export function presenceFrame(entries: [number, number, string][]): Uint8Array {
	const inner = encoding.createEncoder();
	encoding.writeVarUint(inner, entries.length);
	for (const [clientId, clock, json] of entries) {
		encoding.writeVarUint(inner, clientId);
		encoding.writeVarUint(inner, clock);
		encoding.writeVarString(inner, json);
	}
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
	return encoding.toUint8Array(encoder);
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
	const decoder = decoding.createDecoder(bytes);
	return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
		clientId: decoding.readVarUint(decoder),
		clock: decoding.readVarUint(decoder),
		state: JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null
	}));
}

type Loads = { load(id: string): Promise<{ snapshot: Uint8Array | null; updates: Uint8Array[] } | null> };

/** The document as the store alone has it. */
export async function storedDoc(store: Loads, documentId: string): Promise<Y.Doc> {
	const stored = await store.load(documentId);
	const doc = new Y.Doc();
	for (const part of stored ? partsOf(stored) : []) Y.applyUpdate(doc, part);
	return doc;
}

/** The text that the store alone holds of a document. */
export async function storedText(store: Loads, documentId: string): Promise<string> {
	return (await storedDoc(store, documentId)).getText('test').toString();
}
