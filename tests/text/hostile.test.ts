import type { Node } from '@tiptap/pm/model';
import { TableMap } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';
import { faultOf } from '../../src/lib/text/door.ts';
import { allLeaves } from '../../src/lib/text/leaves.ts';
import { forbiddenAttributes } from './support/allowed-attributes.ts';
import { NORMAL, type Payload, type Payloads } from './support/hostile.ts';
import { ATTRIBUTES } from './support/hostile-attributes.ts';
import { BIRTHS } from './support/hostile-births.ts';
import { JOINS } from './support/hostile-joins.ts';
import { LETTERS } from './support/hostile-letters.ts';
import { TABLES } from './support/hostile-tables.ts';
import { Person, sync } from './support/person.ts';

/** A list of eight levels in a list of eight levels, in a cell of a table. */
const DEEPEST_NODE = 24;
/** Some are large; they must end, not be quick. */
const LONGEST_MS = 120_000;

const normal = readDocument(docOf(NORMAL), documentSchema);
const normalLeaves = allLeaves(normal);

function docOf(...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
}

/** What a hostile page sends to those who have the normal document. */
function updateOf({ write }: Payload): Uint8Array {
	const doc = docOf(NORMAL);
	doc.clientID = 666;
	const known = Y.encodeStateVector(doc);
	doc.transact(() => write(doc));
	return Y.encodeStateAsUpdate(doc, known);
}

function countOf(doc: Node): { nodes: number; depth: number } {
	let nodes = 0;
	let depth = 0;
	const look = (node: Node, at: number) => {
		nodes++;
		depth = Math.max(depth, at);
		node.forEach((child) => look(child, at + 1));
	};
	look(doc, 0);
	return { nodes, depth };
}

/** The normal blocks that a payload does not aim at are as they were, each once. */
function expectNormal(doc: Node, { attacks = [] }: Payload, but: readonly string[] = []): void {
	for (const { uid, node } of normalLeaves) {
		if (attacks.includes(uid) || but.includes(uid)) continue;
		const found = allLeaves(doc).filter((leaf) => leaf.uid === uid);
		expect(found.map((leaf) => leaf.node.toJSON())).toEqual([node.toJSON()]);
	}
}

/** Types a letter at the beginning of a block. */
function typeIn(person: Person, uid: string): void {
	let at = -1;
	person.doc.descendants((node, position) => {
		if (node.attrs.uid === uid && node.isTextblock) at = position + 1;
		return at < 0;
	});
	person.dispatch(person.state.tr.insertText('Ơ', at));
}

function expectBorne(payload: Payload): void {
	const update = updateOf(payload);
	expect(faultOf(update) !== null).toBe(payload.isRefused ?? false);
	const { blocks = 0, nodes = 2 * blocks } = payload;

	const read = docOf(NORMAL, update);
	const doc = readDocument(read, documentSchema);
	doc.check();
	expectNormal(doc, payload);
	expect(forbiddenAttributes(doc)).toEqual([]);
	if (!payload.attacks) expect(allLeaves(doc).length - normalLeaves.length).toBe(blocks);
	const counts = countOf(doc);
	expect(counts.nodes - countOf(normal).nodes).toBeLessThanOrEqual(nodes);
	expect(counts.depth).toBeLessThanOrEqual(DEEPEST_NODE);
	// Looking for letters in cells that nobody wrote into must not make their texts.
	expect(read.share.size).toBeLessThanOrEqual(read.getMap('blocks').size + counts.nodes);
	for (const { node } of allLeaves(doc)) if (node.type.name === 'table') expect(TableMap.get(node).problems).toBeNull();

	// One has the document open when it comes, the other opens it afterwards.
	const here = new Person(NORMAL, { clientId: 11 });
	here.receive(update);
	expect(here.doc.eq(doc)).toBe(true);
	const later = new Person(Y.encodeStateAsUpdate(read), { clientId: 12 });
	const typed = ['clause', 'line2'].filter((uid) => !payload.attacks?.includes(uid));
	for (const uid of typed) typeIn(here, uid);
	sync(here, later);
	for (const person of [here, later]) {
		expect(person.corrections).toBe(0);
		person.doc.check();
		expectNormal(person.doc, payload, typed);
		for (const uid of typed) expect(person.leaves.find((leaf) => leaf.uid === uid)!.node.textContent).toMatch(/^Ơ/);
	}
	expect(here.doc.eq(later.doc)).toBe(true);
	for (const person of [here, later]) person.destroy();
}

const ALL: Record<string, Payloads> = { births: BIRTHS, joins: JOINS, attributes: ATTRIBUTES, tables: TABLES, letters: LETTERS };

for (const [group, payloads] of Object.entries(ALL)) {
	describe(`hostile ${group}: all else is read, shown and written as ever, and the door refuses what it can (RE2, RE3, DR1, DR2)`, () => {
		for (const [name, payload] of Object.entries(payloads)) test(name, { timeout: LONGEST_MS }, () => expectBorne(payload));
	});
}
