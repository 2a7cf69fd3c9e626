import * as decoding from 'lib0/decoding';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Body } from './body.server.ts';
import type { Frame } from '../../server/sockets/frames.ts';

const EMPTY_VECTOR = new Uint8Array([0]);
const REST_MS = 1000;

/** The update that each change of a new text produces. */
function history(...changes: ((text: Y.Text) => void)[]): Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const change of changes) doc.transact(() => change(doc.getText('test')));
	return updates;
}

const typed = (words: string) => (text: Y.Text) => text.insert(text.length, words);

/** What a client has after it applied the frames of an answer. */
function read(frames: Frame[], into = new Y.Doc()): string {
	for (const frame of frames) {
		const header = frame[1] < 126 ? 2 : frame[1] === 126 ? 4 : 10;
		const decoder = decoding.createDecoder(frame.subarray(header));
		decoding.readVarUint(decoder);
		decoding.readVarUint(decoder);
		Y.applyUpdate(into, decoding.readVarUint8Array(decoder));
	}
	return into.getText('test').toString();
}

describe('a text in a room', () => {
	test('[RM6] is served from its bytes, and becomes a document only when it is changed', () => {
		const [first, second, third] = history(typed('one '), typed('two '), typed('three'));
		const body = new Body({ epoch: 1, snapshot: first, stateVector: null, updates: [second] });
		expect(read(body.answer(EMPTY_VECTOR))).toBe('one two ');
		expect(body.stateVector).toEqual(Y.encodeStateVectorFromUpdate(Y.mergeUpdates([first, second])));
		expect(body.hasDoc).toBe(false);
		body.apply([third]);
		expect(body.hasDoc).toBe(true);
		expect(read(body.answer(EMPTY_VECTOR))).toBe('one two three');
	});

	test('[RM6] goes back to bytes when it has rested, with everything that waits for a predecessor', () => {
		const [first, second, third] = history(typed('one '), typed('two '), typed('three'));
		const body = new Body({ epoch: 1, snapshot: null, stateVector: null, updates: [first] });
		expect(body.apply([third]).waits).toBe(true);
		body.tick(Date.now() + REST_MS / 2, REST_MS);
		expect(body.hasDoc).toBe(true);
		body.tick(Date.now() + REST_MS + 1, REST_MS);
		expect(body.hasDoc).toBe(false);
		expect(read(body.answer(EMPTY_VECTOR))).toBe('one ');
		body.apply([second]);
		expect(read(body.answer(EMPTY_VECTOR))).toBe('one two three');
	});

	test('[MS7] the same question is answered with the same bytes, and later with what came since after them', () => {
		const [first, ...later] = history(typed('one '), typed('two '), typed('three '), typed('four'));
		const body = new Body({ epoch: 1, snapshot: first, stateVector: null, updates: [] });
		const [answer] = body.answer(EMPTY_VECTOR);
		expect(body.answer(EMPTY_VECTOR)[0]).toBe(answer);
		for (const update of later) body.apply([update]);
		const frames = body.answer(EMPTY_VECTOR);
		expect(frames.length).toBe(2);
		expect(body.answer(EMPTY_VECTOR).map((frame, nth) => frame === frames[nth])).toEqual([true, true]);
		const client = new Y.Doc();
		expect(read([frames[0]], client)).toBe('one ');
		expect(read([frames[1]], client)).toBe('one two three four');
		expect(client.store.pendingStructs).toBeNull();
	});

	test('[MS7] answers are forgotten when nobody has joined for a while', () => {
		const [first, second] = history(typed('one '), typed('two'));
		const body = new Body({ epoch: 1, snapshot: first, stateVector: null, updates: [] });
		const [answer] = body.answer(EMPTY_VECTOR);
		body.apply([second]);
		body.tick(Date.now() + 60_000, 120_000);
		const frames = body.answer(EMPTY_VECTOR);
		expect(frames.length).toBe(1);
		expect(frames[0]).not.toBe(answer);
		expect(read(frames)).toBe('one two');
	});

	test('[MS7] whoever asks, whenever, with whatever they have, gets the whole text (property)', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 300 }), fc.nat({ max: 40 }), (dice, stored) => {
				const source = new Y.Doc();
				const updates: Uint8Array[] = [];
				source.on('update', (update: Uint8Array) => updates.push(update));
				const text = source.getText('test');
				for (let nth = 0; nth < stored; nth++) text.insert(0, 'stored ');
				const snapshot = stored % 3 === 0 ? null : Y.mergeUpdates([new Uint8Array([0, 0]), ...updates.splice(0, stored / 2)]);
				const body = new Body({ epoch: 1, snapshot, stateVector: null, updates: updates.splice(0) });
				const newcomers: Y.Doc[] = [];
				for (const roll of dice) {
					if (roll < 5) text.insert(text.length, `typed${roll} `);
					else if (roll < 7 && text.length > 2) text.delete(0, 2);
					else if (roll === 7) body.tick(Date.now() + 60_000, REST_MS);
					else newcomers.push(new Y.Doc());
					if (updates.length > 2 || roll === 9) body.apply(updates.splice(0));
					const newcomer = newcomers.at(-1);
					if (newcomer && updates.length === 0) {
						expect(read(body.answer(Y.encodeStateVector(newcomer)), newcomer)).toBe(text.toString());
					}
				}
			}),
			{ numRuns: 60 }
		);
	});

	test('[RM2] a text with a row that cannot be read is not served', () => {
		const [first] = history(typed('one'));
		expect(() => new Body({ epoch: 1, snapshot: first, stateVector: null, updates: [new Uint8Array([9, 9, 9])] })).toThrow();
		expect(() => new Body({ epoch: 1, snapshot: null, stateVector: null, updates: [new Uint8Array([9, 9, 9])] })).toThrow();
	});
});
