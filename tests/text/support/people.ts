import * as Y from 'yjs';
import { expect } from 'vitest';
import { readDocument } from '../../../src/lib/text/body.ts';
import { type Leaf, textOf } from '../../../src/lib/text/leaves.ts';
import { positionOf } from '../../../src/lib/text/positions.ts';
import { Person } from './person.ts';

/** So many people on one document, whose names in Yjs are in this order. */
export function people(count: number, start: Uint8Array): Person[] {
	return Array.from({ length: count }, (_person, nth) => new Person(start, { clientId: 11 + nth }));
}

/** All see the same, which is what Yjs holds, and no editor had to be put right. */
export function expectSame(...all: readonly Person[]): void {
	for (const person of all) {
		expect(person.shown).toEqual(all[0].shown);
		expect(person.doc.toJSON()).toEqual(all[0].doc.toJSON());
		expect(person.corrections).toBe(0);
		person.doc.check();
		expect(readAnew(person).toJSON()).toEqual(person.doc.toJSON());
	}
}

/** What somebody sees who opens the document now. */
export function readAnew({ ydoc, schema }: Person) {
	const again = new Y.Doc();
	Y.applyUpdate(again, Y.encodeStateAsUpdate(ydoc));
	return readDocument(again, schema);
}

/** Lines `#1 clause: text`; what was born in the test is `new`, since its uid is drawn by lot. */
export function linesOf(
	{ leaves }: Person,
	describe: (leaf: Leaf) => string = ({ attrs, kind }) => String(attrs.level ?? kind)
): string[] {
	return leaves.map(
		(leaf) =>
			`${leaf.uid.startsWith('#') ? leaf.uid : 'new'} ${describe(leaf)}: ${textOf(leaf).textBetween(0, textOf(leaf).size, '', '*')}`
	);
}

/** Puts the caret so many letters into a block, wherever it stands. */
export function caretIn(person: Person, uid: string, offset = 0): void {
	const found = positionOf(person.shared.model, uid);
	if (!found) throw new Error(`${uid} is not seen`);
	person.select(found.position + 1 + Math.min(offset, found.node.content.size));
}
