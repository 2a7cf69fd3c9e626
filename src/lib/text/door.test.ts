import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { faultIn, faultOf } from './door.ts';

const PLACE = [null, '001TzM'];
const LONG_KEY = '001TzM'.repeat(103);
const BIRTH = { kind: 'provision', attrs: { level: 'clause' }, place: PLACE, is: 1 };

/** The update that some writing makes on an empty document, or, with `before`, on one that has that. */
function updateOf(write: (doc: Y.Doc) => void, before?: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	if (before) before(doc);
	const known = Y.encodeStateVector(doc);
	doc.transact(() => write(doc));
	return Y.encodeStateAsUpdate(doc, known);
}

/** Puts content at the end of a root type, or into an entry of one, also such as Yjs would not make itself. */
function put(doc: Y.Doc, name: string, entry: string | null, content: Y.Item['content'], isInFront = false): void {
	const type = doc.get(name) as Y.AbstractType<unknown>;
	const right = isInFront ? type._first : null;
	const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
	doc.transact((transaction) =>
		new Y.Item(id, null, null, right, right && right.id, type, entry, content).integrate(transaction, 0)
	);
}

const value = (name: string, is: unknown) => (doc: Y.Doc) => void doc.getMap('blocks').set(name, is);
const letters = (doc: Y.Doc) => doc.getText('b1').insert(0, 'Nội dung');
const element = (embed: unknown) => (doc: Y.Doc) => doc.getText('b1').insertEmbed(0, embed as object);
const mark = (name: string, is: unknown) => (doc: Y.Doc) => doc.getText('b1').insert(0, 'x', { [name]: is });
const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);

const REFUSED: Record<string, [fault: string, write: (doc: Y.Doc) => void, before?: (doc: Y.Doc) => void]> = {
	'a map as a value': [
		'something that is neither letters nor a value',
		(doc) => void doc.getMap('blocks').set('b1', new Y.Map())
	],
	'an array among letters': [
		'something that is neither letters nor a value',
		(doc) => doc.getText('b1').insertEmbed(0, new Y.Array())
	],
	'an XML element, as texts once had': [
		'something that is neither letters nor a value',
		(doc) => doc.getXmlFragment('b1').insert(0, [new Y.XmlElement('p')])
	],
	'what stands within a map': [
		'something within another type',
		(doc) => void (doc.getMap('blocks').get('b1') as Y.Map<unknown>).set('a', 1),
		(doc) => void doc.getMap('blocks').set('b1', new Y.Map())
	],
	'a document as a value': [
		'something that is neither letters nor a value',
		(doc) => void doc.getMap('blocks').set('b1', new Y.Doc())
	],
	'bytes as a value': ['something that is neither letters nor a value', value('b1', new Uint8Array([1]))],
	'values of an old Yjs': [
		'something that is neither letters nor a value',
		(doc) => put(doc, 'b1', null, new Y.ContentJSON([1]))
	],
	'bytes within a value': ['a value is not plain or too deep', value('b1', { a: new Uint8Array([1]) })],
	'a number without bounds': ['a value is not plain or too deep', value('b1', { a: 1n })],
	'a value made after another': ['a value is not plain or too deep', value('b1', JSON.parse('{"__proto__": {"is": 1}}'))],
	'an element made after another': ['an element is not plain or too deep', element(JSON.parse('{"__proto__": {"is": 1}}'))],
	'an entry of another map': ['an entry that is not in the map', (doc) => void doc.getMap('others').set('b1', 1)],
	'an entry of a text': ['an entry that is not in the map', (doc) => doc.getText('b1').setAttribute('a', 1)],
	'letters in the map': ['letters in the map', (doc) => doc.getText('blocks').insert(0, 'x')],
	'letters in an entry of the map': ['letters in the map', (doc) => put(doc, 'blocks', 'b1', new Y.ContentString('x'))],
	'an element in an entry of the map': ['letters in the map', (doc) => put(doc, 'blocks', 'b1', new Y.ContentEmbed({}))],
	'a value as the first of a text': ['a value among letters', (doc) => put(doc, 'b1', null, new Y.ContentAny([1]))],
	'a value in front of letters': ['a value among letters', (doc) => put(doc, 'b1', null, new Y.ContentAny([1]), true), letters],
	'two values in one, of which the second is none': [
		'a value is not plain or too deep',
		(doc) => put(doc, 'blocks', 'b1', new Y.ContentAny([1, new Uint8Array([1])]))
	],
	'a value of 100,001 letters': ['a value is too large', value('b1', 'x'.repeat(100_001))],
	'a value of many small ones': [
		'a value is too large',
		value(
			'b1',
			Array.from({ length: 30_000 }, () => null)
		)
	],
	'a value with many names': [
		'a value is too large',
		value('b1', Object.fromEntries(Array.from({ length: 20_000 }, (_one, nth) => [`name${nth}`, 1])))
	],
	'a value that overwrites another and is too large': ['a value is too large', value('b1', 'x'.repeat(100_001)), value('b1', 1)],
	'a value eleven deep': ['a value is not plain or too deep', value('b1', deep(11))],
	'a value a thousand deep': ['a value is not plain or too deep', value('b1', deep(1_000))],
	'an element that is a string': [
		'an element that is no object',
		(doc) => put(doc, 'b1', null, new Y.ContentEmbed('x' as never))
	],
	'an element that is a list': ['an element that is no object', element([])],
	'an element that is nothing': [
		'an element that is no object',
		(doc) => put(doc, 'b1', null, new Y.ContentEmbed(null as never))
	],
	'an element of 10,001 letters': ['an element is too large', element({ n: 'formula', x: 'x'.repeat(10_001) })],
	'an element eleven deep': ['an element is not plain or too deep', element({ x: deep(10) })],
	'an element with a long type': ['the type of an element is too long', element({ n: 'x'.repeat(201) })],
	'a mark with a long name': ['a mark has an impossible name', mark('x'.repeat(201), true)],
	'a mark that is what all objects are made after': [
		'a mark has an impossible name',
		(doc) => put(doc, 'b1', null, new Y.ContentFormat('__proto__', { bold: true } as never))
	],
	'a mark with a large value': ['a mark is too large', mark('link', { href: 'x'.repeat(10_001) })],
	'a text with a long name': ['the name of a text is too long', (doc) => doc.getText('x'.repeat(201)).insert(0, 'x')],
	'an entry with a long name': ['the name of an entry is too long', value('x'.repeat(401), 1)],
	'the place of a block with a key that is longer than any': [
		'the key of a place is too long',
		value('b1/place', [null, LONG_KEY])
	],
	'a place that overwrites another, with such a key': [
		'the key of a place is too long',
		value('b1/place', ['b2', LONG_KEY]),
		value('b1/place', PLACE)
	],
	'a birth with such a place': ['the key of a place is too long', value('b1', { ...BIRTH, place: [null, LONG_KEY] })]
};

describe('what no page can have written is refused (DR1)', () => {
	for (const [name, [fault, write, before]] of Object.entries(REFUSED)) {
		test(name, () => expect(faultOf(updateOf(write, before))).toBe(fault));
	}

	test('also behind much that is right', () => {
		const update = updateOf((doc) => {
			value('b1', BIRTH)(doc);
			letters(doc);
			value('b2', new Uint8Array([1]))(doc);
		});
		expect(faultOf(update)).not.toBeNull();
		expect(faultIn(Y.decodeUpdate(update).structs)).toBe(faultOf(update));
	});

	test('and a value is not read beyond its bound (DR3)', () => {
		const doc = new Y.Doc();
		doc.getMap('blocks').set('b1', 1);
		const [struct] = Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs;
		const list: unknown[] = Array.from({ length: 50_000 }, () => null);
		Object.defineProperty(list, 30_000, {
			get: () => {
				throw new Error('was read');
			}
		});
		(struct as Y.Item).content = new Y.ContentAny([{ a: { b: list } }]);
		expect(faultIn([struct])).toBe('a value is too large');
	});

	test('bytes that are no update are not judged', () => {
		expect(() => faultOf(new Uint8Array([1, 200, 7]))).toThrow();
	});
});

const PASSES: Record<string, [write: (doc: Y.Doc) => void, before?: (doc: Y.Doc) => void]> = {
	'a birth with letters': [(doc) => [value('b1', BIRTH)(doc), letters(doc)]],
	'letters in the middle': [(doc) => doc.getText('b1').insert(3, 'x'), letters],
	'a mark around letters': [(doc) => doc.getText('b1').format(1, 3, { 'bold~abc1': true }), letters],
	'the end of a mark': [
		(doc) => doc.getText('b1').format(0, 2, { 'bold~abc1': null }),
		(doc) => doc.getText('b1').insert(0, 'Nội', { 'bold~abc1': true })
	],
	'a marker and a line break': [(doc) => [element({ b: 'b2' })(doc), element({ n: 'hardBreak' })(doc)]],
	'an overwritten value': [value('b1/is', 0), value('b1/is', 1)],
	'nothing as a value': [(doc) => [value('b1/@number', null)(doc), value('b1/@align', undefined)(doc)]],
	'a footnote of 20,000 letters, as it is born and as it is changed': [
		(doc) => [
			value('n1', { kind: 'footnote', attrs: { text: 'ộ'.repeat(20_000) } })(doc),
			value('n1/@text', 'ộ'.repeat(20_000))(doc)
		]
	],
	'a cell with the longest names': [
		(doc) => [
			doc.getText(`${'r'.repeat(80)}:${'c'.repeat(80)}`).insert(0, 'x'),
			value(`${'r'.repeat(80)}:${'c'.repeat(80)}/@alignment`, 1)(doc)
		]
	],
	'a paste of more than a million letters into one block': [(doc) => doc.getText('b1').insert(0, 'x'.repeat(1_000_001))],
	'lists of two that are no places': [
		(doc) => [
			value('b1/@seal', [7, LONG_KEY])(doc),
			value('b1/@name', [null, 'x'.repeat(5_000)])(doc),
			value('b1/@two', ['a b', LONG_KEY])(doc)
		]
	],
	'a deletion': [(doc) => doc.getText('b1').delete(0, 8), letters],
	'what is deleted already': [
		(doc) => [letters(doc), doc.getText('b1').delete(0, 8), value('b1/is', 1)(doc), value('b1/is', 0)(doc)]
	],
	'a kind, key and shape of a later version (RE3)': [
		(doc) => [
			value('b9', {
				kind: 'chart',
				place: PLACE,
				data: {
					rows: [
						[1, 2.5],
						[3, null]
					]
				}
			})(doc),
			value('b9/data/3', [true, 'x'])(doc)
		]
	],
	'an element and a mark of a later version (RE3)': [
		(doc) => [
			element({ formula: { tex: 'x^2', of: [1, { a: 'b' }] } })(doc),
			mark('comment~7', { thread: 'c1' })(doc),
			mark('shade', 2)(doc)
		]
	],
	'a value ten deep (RE3)': [value('b1', deep(10))],
	'a wrong value that readers clamp (RE2)': [
		(doc) => [value('b1/@width', NaN)(doc), value('b1/place', ['b1', '!'])(doc), value('__proto__', { kind: 7 })(doc)]
	],
	nothing: [() => undefined]
};

describe('what a page of this or a later version can have written passes (DR2)', () => {
	for (const [name, [write, before]] of Object.entries(PASSES)) {
		test(name, () => expect(faultOf(updateOf(write, before))).toBeNull());
	}

	test('values that were overwritten and that undo keeps, which Yjs puts together', () => {
		const doc = new Y.Doc();
		const undo = new Y.UndoManager(doc.getMap('blocks'));
		for (const level of ['clause', 'point', 'clause']) value('b1/@level', level)(doc);
		const update = Y.encodeStateAsUpdate(doc);
		expect(Y.decodeUpdate(update).structs.map(({ length }) => length)).toEqual([2, 1]);
		expect(faultOf(update)).toBeNull();
		undo.destroy();
	});

	test('an update that lacks what comes before it, and says so', () => {
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		for (const text of ['một', 'hai', 'ba']) doc.getText('b1').insert(0, text);
		expect(faultOf(Y.mergeUpdates([updates[0], updates[2]]))).toBeNull();
	});
});
