import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Body } from '../../src/lib/collab/rooms/body.server.ts';
import { jumbled, randomLog, seen } from './support/random-log.ts';
import { seeded } from './support/seeded.ts';

const ROWS_OF_BYTES = 32;

test('[MS6, LG1] a text is whole and the same whatever the order and the grouping of its rows', () => {
	fc.assert(
		fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 90 }), (seed, people, edits) => {
			const random = seeded(seed);
			const log = randomLog(random, people, edits);
			const rows = jumbled(log, random, () => false);
			const loaded = documentOf(rows);
			expect(knows(loaded.doc)).toEqual(seen(log));
			const live = documentOf([]);
			for (let from = 0; from < log.length;) {
				const round = log.slice(from, (from += 1 + Math.floor(random() * 4)));
				live.apply(round);
			}
			expect(knows(live.doc)).toEqual(seen(log));
		}),
		// Of the example Yjs leaves updates waiting although all of them are there.
		{ numRuns: Number(process.env.RUNS ?? 100), examples: [[-260, 4, 79]] }
	);
});

test('[MS3, LG1] tidying by Yjs adds no deletions to what people deleted', () => {
	const writer = new Y.Doc();
	const updates: Uint8Array[] = [];
	writer.on('update', (update: Uint8Array) => updates.push(update));
	const textOf = (doc: Y.Doc) => doc.getXmlFragment('blocks').get(0) as Y.XmlText;
	writer.getXmlFragment('blocks').insert(0, [new Y.XmlText('khoản một')]);
	const other = new Y.Doc();
	for (const update of updates) Y.applyUpdate(other, update);
	const before = Y.encodeStateVector(other);
	// Both at once, so that the marks of one are not needed.
	for (const doc of [writer, other]) textOf(doc).format(0, 5, { bold: true });
	updates.push(Y.encodeStateAsUpdate(other, before));
	const body = documentOf([]);
	for (const update of updates) body.apply([update]);
	expect(knows(body.doc)).toEqual(seen(updates));
});

/** A text that is a document from the beginning. */
function documentOf(rows: Uint8Array[]): Body {
	const filler = Array.from({ length: ROWS_OF_BYTES + 1 }, () => new Uint8Array([0, 0]));
	return new Body({ epoch: 1, snapshot: null, stateVector: null, updates: [...filler, ...rows] });
}

function knows(doc: Y.Doc): object {
	// Read as it is: a copy made by encoding would heal what waits.
	expect(doc.store.pendingStructs).toBeNull();
	return seen([Y.encodeStateAsUpdate(doc)]);
}
