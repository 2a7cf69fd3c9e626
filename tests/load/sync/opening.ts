import * as Y from 'yjs';
import type { FrameMemo } from './frame-memo.ts';
import type { LargeDocument } from './large-documents.ts';
import { PERSON } from './live-room.ts';
import { RawSocket } from './raw-socket.ts';
import { EMPTY_UPDATE, type Heard, type Wire } from './wire.ts';

/** Servers encode the same document in nearly the same size; what was received is compared exactly afterwards. */
const WHOLE = 0.9;
const POLL_MS = 2;

/** One client that opens a document and notes when which content came. */
export class Opening {
	readonly began = performance.now();
	/** Content in the order it came; equal bytes are one object for all clients that share a memo. */
	readonly parts: { at: number; content: Heard & { kind: 'content' } }[] = [];
	loss: string | null = null;
	readonly #socket: RawSocket;
	readonly #wholeBytes: number;
	#bytes = 0;
	#wholeAt = NaN;

	constructor(room: string, document: LargeDocument, wire: Wire, port: number, memo: FrameMemo<Heard>) {
		this.#wholeBytes = document.bytes.length * WHOLE;
		this.#socket = new RawSocket({
			port,
			path: wire.path(room),
			headers: { Authorization: `Bearer ${PERSON}` },
			onOpen: () => {
				for (const message of wire.greeting(room)) this.#socket.send(message);
			},
			onMessage: (bytes, start, end, now) => {
				const heard = memo.read(bytes, start, end, (message) => wire.read(message));
				if (heard.kind === 'step 1') this.#socket.send(wire.step2(room, EMPTY_UPDATE));
				if (heard.kind !== 'content') return;
				this.parts.push({ at: now, content: heard });
				this.#bytes += heard.bytes.length;
				if (Number.isNaN(this.#wholeAt) && this.#bytes >= this.#wholeBytes) this.#wholeAt = now;
			},
			onClose: (reason) => (this.loss = reason)
		});
	}

	/** Milliseconds from connecting to holding the whole document; NaN as long as it does not. */
	get tookMs(): number {
		return this.#wholeAt - this.began;
	}

	/** The server said "this is everything" without the document's content. */
	get wasEmptyFirst(): boolean {
		const first = this.parts.find(({ content }) => content.step2);
		return first !== undefined && first.content.bytes.length < 10;
	}

	/** How many times the whole document came. */
	get timesSent(): number {
		return this.parts.filter(({ content }) => content.bytes.length >= this.#wholeBytes).length;
	}

	leave(): void {
		this.#socket.destroy();
	}
}

/** Waits until all hold the document, at most `withinMs`; returns what went wrong. */
export async function allOpened(openings: Opening[], withinMs: number): Promise<string[]> {
	const until = performance.now() + withinMs;
	while (openings.some(({ tookMs, loss }) => Number.isNaN(tookMs) && loss === null)) {
		if (performance.now() > until) break;
		await new Promise((resume) => setTimeout(resume, POLL_MS));
	}
	const missing = openings.filter(({ tookMs }) => Number.isNaN(tookMs));
	if (missing.length === 0) return [];
	return [`${missing.length} of ${openings.length} did not get the document (${missing[0].loss ?? 'no answer in time'})`];
}

/** Compares what each client received with the document, exactly: content, deletions, nothing pending. */
export function wrongContents(openings: Opening[], document: LargeDocument): string[] {
	const expected = built([document.bytes]);
	const verdicts = new Map<string, boolean>();
	const numbers = new Map<unknown, number>();
	let wrong = 0;
	for (const { parts } of openings) {
		for (const { content } of parts) if (!numbers.has(content)) numbers.set(content, numbers.size);
		const key = parts.map(({ content }) => numbers.get(content)).join();
		if (!verdicts.has(key)) verdicts.set(key, isSame(built(parts.map(({ content }) => content.bytes)), expected));
		if (!verdicts.get(key)) wrong++;
	}
	return wrong > 0 ? [`${wrong} of ${openings.length} received something else than the document`] : [];
}

function built(updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
}

function isSame(doc: Y.Doc, expected: Y.Doc): boolean {
	return (
		doc.store.pendingStructs === null && doc.store.pendingDs === null && Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(expected))
	);
}
