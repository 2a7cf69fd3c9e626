import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { newDoc } from './new-doc.ts';

const ROOTS = 400;
const CLIENTS = 5;

/** A document into which several people wrote many texts, one after the other. */
function written(doc: Y.Doc): Y.Doc {
	const authors = Array.from({ length: CLIENTS }, (_, nth) => {
		const author = new Y.Doc();
		author.clientID = nth + 1;
		author.on('update', (update: Uint8Array) => Y.applyUpdate(doc, update));
		return author;
	});
	for (let nth = 0; nth < ROOTS; nth++) authors[nth % CLIENTS].getText(`text${nth}`).insert(0, 'Điều');
	return doc;
}

/** How many names Yjs looks at while it encodes a document. */
function namesLookedAt(doc: Y.Doc): number {
	let names = 0;
	const { share } = doc;
	const entries = share.entries.bind(share);
	share.entries = () => {
		const search = entries();
		const counted = { next: () => (names++, search.next()), [Symbol.iterator]: () => counted };
		return counted as unknown as typeof search;
	};
	Y.encodeStateAsUpdate(doc);
	return names;
}

test('encodes to the same bytes as any other document of Yjs', () => {
	expect(Y.encodeStateAsUpdate(written(newDoc()))).toEqual(Y.encodeStateAsUpdate(written(new Y.Doc())));
});

test('finds the name of each text at once, or once per author, while a plain document looks at half of all for each', () => {
	expect(namesLookedAt(written(newDoc()))).toBeLessThan(ROOTS * CLIENTS * 2);
	expect(namesLookedAt(written(new Y.Doc()))).toBeGreaterThan((ROOTS * ROOTS) / 3);
});

test('finds the map as quickly, which each new entry asks for, also between texts', () => {
	const doc = newDoc();
	doc.transact(() => {
		const map = doc.getMap('blocks');
		for (let nth = 0; nth < ROOTS; nth++) {
			map.set(`entry${nth}`, nth);
			if (nth % 3 > 0) doc.getText(`text${nth}`).insert(0, 'Điều');
		}
	});
	expect(namesLookedAt(doc)).toBeLessThan(ROOTS * 6);
});

test('finds every text whatever was asked before, also those that came since', () => {
	const doc = written(newDoc());
	const nameOf = (type: unknown) => Y.findRootTypeKey(type as never);
	for (const nth of [7, 399, 0, 250, 250, 1]) expect(nameOf(doc.getText(`text${nth}`))).toBe(`text${nth}`);
	expect(nameOf(doc.getMap('later'))).toBe('later');
	expect(() => nameOf(Object.assign(new Y.Text(), { doc }))).toThrow();
});
