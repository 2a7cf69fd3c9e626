import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentToUpdate, readDocument } from '../../text/body.ts';
import bodies from './bodies-v1.json' with { type: 'json' };
import { readBodyV1 } from './body-v1.ts';
import { complete } from './complete.ts';
import type { JsonNode } from './json.ts';
import { migrate, readVersionOne } from './migrate.ts';
import { documentSchema } from './schema.ts';

/** Bodies as version 1 wrote them, by its own hand, and what each has to be now; uids that it did not have are left out. */
const STORED = bodies.map(({ updates, ...rest }) => ({
	...rest,
	updates: updates.map((base64) => new Uint8Array(Buffer.from(base64, 'base64')))
}));

function reading(update: Uint8Array) {
	const ydoc = new Y.Doc();
	Y.applyUpdate(ydoc, update);
	return readDocument(ydoc, documentSchema);
}

function uidsIn({ attrs, content = [] }: JsonNode): unknown[] {
	return [attrs?.uid, ...content.flatMap(uidsIn)].filter((uid) => typeof uid === 'string');
}

/** A node without what is usual, without names of columns, and of uids with those that are known. */
function bare({ type, attrs = {}, content = [], marks, text }: JsonNode, known: readonly unknown[]): JsonNode {
	const usual = documentSchema.nodes[type]?.spec.attrs ?? {};
	const isOwn = (name: string, value: unknown) =>
		value !== null && value !== usual[name]?.default && name !== 'col' && (name !== 'uid' || known.includes(value));
	const own = Object.entries(attrs).filter(([name, value]) => isOwn(name, value));
	return {
		type,
		...(own.length > 0 ? { attrs: Object.fromEntries(own) } : {}),
		...(text === undefined ? {} : { text }),
		...(marks ? { marks: marks.map((mark) => ({ type: mark.type })) } : {}),
		...(content.length > 0 ? { content: content.map((child) => bare(child, known)) } : {})
	};
}

describe.each(STORED)('$name', ({ updates, unknown, body }) => {
	const known = (body as JsonNode[]).flatMap(uidsIn);

	test('has the same blocks, text, marks, notes, references, breaks, lists and cells in the form of version 2', () => {
		const migrated = migrate({ updates: updates, from: 1 });
		const document = reading(migrated.update);
		document.check();
		expect((document.toJSON() as JsonNode).content?.map((block) => bare(block, known))).toEqual(body);
		expect(migrated.unknown).toBe(unknown);
	});

	test('is read exactly as it was completed', () => {
		const completed = documentSchema.nodeFromJSON(complete(readBodyV1(updates).json));
		expect(reading(documentToUpdate(completed)).eq(completed)).toBe(true);
	});

	test('keeps the uids that it had, and each block, row, note and reference has one now (WR6)', () => {
		const document = reading(migrate({ updates: updates, from: 1 }).update);
		const uids = uidsIn(document.toJSON() as JsonNode);
		expect(new Set(uids).size).toBe(uids.length);
		expect(uids).toEqual(expect.arrayContaining(known));
		document.descendants(({ type, attrs }) => {
			if ('uid' in attrs) expect(attrs.uid, type.name).toMatch(/^[0-9a-z]{12}$/);
			return type.spec.tableRole !== 'row';
		});
	});

	test('has the same uids and names of columns whoever reads it', () => {
		expect(readVersionOne(updates).eq(readVersionOne(updates))).toBe(true);
		expect(reading(migrate({ updates, from: 1 }).update).eq(readVersionOne(updates))).toBe(true);
	});

	test('has no history: one hand, nothing deleted', () => {
		const { structs, ds } = Y.decodeUpdate(migrate({ updates: updates, from: 1 }).update);
		expect(new Set(structs.map(({ id }) => id.client)).size).toBe(1);
		expect(structs.every((struct) => struct instanceof Y.Item)).toBe(true);
		expect(ds.clients.size).toBe(0);
	});

	test('is read without what version 1 kept beside its schema', () => {
		expect(JSON.stringify(readBodyV1(updates).json)).not.toMatch(/"_/);
	});

	test('is the same in whatever order its updates come', () => {
		expect(readBodyV1(updates.toReversed())).toEqual(readBodyV1(updates));
	});
});

test('nothing is left out in an order of updates in which Yjs leaves some waiting', () => {
	const { updates } = STORED.find(({ name }) => name.startsWith('a table'))!;
	const order = [2, 8, 6, 7, 9, 4, 5, 0, 1, 3, 10];
	expect(new Set(order)).toEqual(new Set(updates.keys()));
	const shuffled = order.map((nth) => updates[nth]);
	const ydoc = new Y.Doc();
	ydoc.transact(() => shuffled.forEach((update) => Y.applyUpdate(ydoc, update)));
	expect(ydoc.store.pendingStructs).not.toBeNull();
	expect(readBodyV1(shuffled)).toEqual(readBodyV1(updates));
});

test('a body of which a part waits for what is not there is refused, and not brought up without it', () => {
	const { updates } = STORED.find(({ name }) => name.startsWith('provisions'))!;
	expect(() => migrate({ updates: updates.slice(1), from: 1 })).toThrow(
		new RangeError('a part of the body waits for what is not there')
	);
});

test('a body that nobody wrote in is one empty paragraph', () => {
	expect(bare(reading(migrate({ updates: [], from: 1 }).update).toJSON() as JsonNode, [])).toEqual({
		type: 'doc',
		content: [{ type: 'paragraph' }]
	});
});

test('what was typed and deleted in a long life is not in the new body', () => {
	const ydoc = new Y.Doc();
	for (const update of STORED[1].updates) Y.applyUpdate(ydoc, update);
	const letters = (ydoc.getXmlFragment('body').get(1) as Y.XmlElement).get(0) as Y.XmlText;
	for (let nth = 0; nth < 2_000; nth++) {
		letters.insert(3, `nháp ${nth} `);
		letters.delete(3, `nháp ${nth} `.length);
	}
	const old = Y.encodeStateAsUpdate(ydoc);
	const { update } = migrate({ updates: [old], from: 1 });
	expect(update.length).toBeLessThanOrEqual(migrate({ updates: STORED[1].updates, from: 1 }).update.length + 20);
	expect(reading(update).textContent).toBe(reading(migrate({ updates: STORED[1].updates, from: 1 }).update).textContent);
});

test.each([0, 2, 3, Number.NaN])('a body of version %s is refused, with the version that can be brought up named', (version) => {
	expect(() => migrate({ updates: STORED[0].updates, from: version })).toThrow(
		new RangeError(`no stored body of version ${version} can be brought up: version 1 can`)
	);
});
