import * as Y from 'yjs';
import { block, blocks, content, entry, letters, type Payloads, placeIn } from './hostile.ts';

/** Births, places, kinds and fields that no page writes. */
export const BIRTHS: Payloads = {
	'a place under nothing': { write: (doc) => block(doc, 'x', { place: placeIn('nobody') }), blocks: 1 },
	'a place under itself': { write: (doc) => block(doc, 'x', { place: placeIn('x') }), blocks: 1 },
	'a place under an element': { write: (doc) => block(doc, 'x', { place: placeIn('note') }), blocks: 1 },
	'a place under a row': { write: (doc) => block(doc, 'x', { place: placeIn('row1') }), blocks: 1 },
	'places of wrong shapes': {
		write: (doc) =>
			[7, {}, 'x', null, [null], [null, 'zzzzzz', 1], [7, 'zzzzzz'], ['a b', 'zzzzzz'], ['blocks', 'zzzzzz']].forEach(
				(place, nth) => block(doc, `x${nth}`, { place })
			)
	},
	'keys of wrong shapes': {
		write: (doc) =>
			['', '!', 'zzzzz', 'zzzzzzz', 'đđđđđđ', 7, null, 'zzzzzz'.repeat(101)].forEach((key, nth) =>
				block(doc, `x${nth}`, { place: [null, key] })
			)
	},
	'a key that nobody could have come to': {
		write: (doc) => block(doc, 'x', { place: [null, 'zzzzzz'.repeat(1_000)] }),
		isRefused: true
	},
	'several values in one entry, of which the last holds': {
		write: (doc) =>
			content(
				doc,
				'blocks',
				'x',
				new Y.ContentAny([7, { kind: 'nonsense' }, { kind: 'paragraph', place: placeIn(null), is: 1 }])
			),
		blocks: 1
	},
	'the longest key': { write: (doc) => block(doc, 'x', { place: [null, 'zzzzzz'.repeat(100)] }), blocks: 1 },
	'the last and the first key': {
		write: (doc) => [block(doc, 'x', { place: [null, 'zzzzzz'] }), block(doc, 'y', { place: [null, '000000'] })],
		blocks: 2
	},
	'a hundred with one key': { write: (doc) => blocks(doc, 100, () => ({ place: placeIn(null) })), blocks: 100 },
	'1,000 places below one another': {
		write: (doc) => blocks(doc, 1_000, (nth) => ({ place: placeIn(nth > 0 ? `x${nth - 1}` : null) })),
		blocks: 1_000
	},
	'30,000 places below one another': {
		write: (doc) => blocks(doc, 30_000, (nth) => ({ place: placeIn(nth > 0 ? `x${nth - 1}` : null) })),
		blocks: 30_000
	},
	'a circle of places': {
		write: (doc) => [block(doc, 'x', { place: placeIn('y') }), block(doc, 'y', { place: placeIn('x') })],
		blocks: 2
	},
	'a circle of 9,000 places': {
		write: (doc) => blocks(doc, 9_000, (nth) => ({ place: placeIn(`x${(nth + 1) % 9_000}`) })),
		blocks: 9_000
	},
	'9,000 circles of one': { write: (doc) => blocks(doc, 9_000, (nth) => ({ place: placeIn(`x${nth}`, nth) })), blocks: 9_000 },
	'a normal block in a circle': {
		write: (doc) => [block(doc, 'x', { place: placeIn('middle') }), entry(doc, 'middle/place', placeIn('x'))],
		blocks: 1
	},
	'a place of a wrong shape for a normal block': {
		write: (doc) => [7, 'x', [1, 2]].forEach((place, nth) => entry(doc, `${['middle', 'clause', 'line1'][nth]}/place`, place))
	},
	'births that are none': {
		write: (doc) =>
			[null, 7, 'x', [], {}, { kind: 7 }, { kind: '' }, { kind: 'a b' }, { kind: 'x'.repeat(81) }].forEach((birth, nth) =>
				entry(doc, `x${nth}`, birth)
			)
	},
	'a birth without a place': { write: (doc) => [block(doc, 'x', { place: undefined }), letters(doc, 'x', 'chữ')] },
	'the map as a uid': {
		write: (doc) => {
			block(doc, 'blocks');
			block(doc, 'x', { in: 'blocks', place: undefined, into: null });
			entry(doc, 'y', { kind: 'row', of: 'blocks', place: placeIn(null) });
			entry(doc, 'article/into', ['blocks', null]);
			entry(doc, 'blocks/is', 1);
		}
	},
	'the birth of a normal block, as something else': {
		write: (doc) => [
			entry(doc, 'middle', 7),
			entry(doc, 'article', { kind: 'table', place: placeIn(null) }),
			entry(doc, 'line1', { kind: 'row', of: 'table', place: placeIn(null) })
		],
		attacks: ['middle', 'article', 'line1']
	},
	'the birth of a normal row and element, as something else': {
		write: (doc) => [entry(doc, 'row1', 7), entry(doc, 'note', { kind: 'table', place: placeIn(null) })],
		attacks: ['table', 'clause']
	},
	'the birth of a normal block and row, as no birth': {
		write: (doc) => [entry(doc, 'middle', 7), entry(doc, 'row1', null)],
		attacks: ['middle', 'table']
	},
	'entries of normal blocks that are deleted': {
		write: (doc) => ['middle', 'line1', 'row1', 'note', 'image'].forEach((name) => doc.getMap('blocks').delete(name)),
		attacks: ['middle', 'line1', 'table', 'clause', 'image']
	},
	'is that is not 1': { write: (doc) => blocks(doc, 4, (nth) => ({ is: [true, '1', 2, {}][nth] })) },
	'is that is not 1, of blocks with letters (EX2)': {
		write: (doc) => [entry(doc, 'article/is', true), entry(doc, 'clause/is', 'x'), entry(doc, 'middle/is', { is: 1 })]
	},
	'kinds of everything else in the schema': {
		write: (doc) =>
			[
				'doc',
				'text',
				'tableRow',
				'tableCell',
				'bulletList',
				'headerField',
				'hardBreak',
				'footnote',
				'opaque',
				'opaqueBlock',
				'block',
				'row',
				'col'
			].forEach((kind, nth) => [block(doc, `x${nth}`, { kind }, nth), letters(doc, `x${nth}`, 'chữ')]),
		blocks: 13
	},
	'kinds that all objects have': {
		write: (doc) =>
			['__proto__', 'constructor', 'toString', 'hasOwnProperty'].forEach((kind, nth) => block(doc, `x${nth}`, { kind }, nth)),
		blocks: 4
	},
	'uids that all objects have': {
		write: (doc) =>
			['__proto__', 'constructor', 'toString'].forEach((uid, nth) => [
				block(doc, uid, {}, nth),
				entry(doc, `${uid}/__proto__`, { is: 1 }),
				letters(doc, uid, 'chữ')
			]),
		blocks: 3
	},
	'a normal block as a table, and back': {
		write: (doc) => [
			entry(doc, 'article/kind', 'table'),
			entry(doc, 'middle/kind', 'documentHeader'),
			entry(doc, 'clause/kind', { kind: 'x' }),
			entry(doc, 'table/kind', 'paragraph')
		]
	},
	'names of entries with several slashes': {
		write: (doc) =>
			[
				'/',
				'//',
				'/article',
				'article/',
				'article//',
				'article/a/b',
				'article/@level/x',
				'row1:col1/a/b',
				'a:b:c/x',
				':/x',
				':'
			].forEach((name) => entry(doc, name, 1))
	},
	'a name of an entry of 6,000 letters': {
		write: (doc) => entry(doc, 'zzzzzz'.repeat(1_000), { kind: 'paragraph', place: placeIn(null), is: 1 }),
		isRefused: true
	},
	'a text of no block': {
		write: (doc) => [
			letters(doc, 'nobody', 'chữ'),
			letters(doc, 'head:nofield', 'chữ'),
			letters(doc, 'nobody:subject', 'chữ'),
			letters(doc, 'row1:nocolumn', 'chữ'),
			letters(doc, 'note', 'chữ')
		]
	},
	'a header with a field twice': {
		write: (doc) => block(doc, 'x', { kind: 'documentHeader', fields: ['subject', 'subject'] }),
		blocks: 1
	},
	'headers with fields that are none': {
		write: (doc) =>
			[['subject', 7], 'subject', {}, [], Array.from({ length: 1_000 }, (_one, nth) => `f${nth}`), ['a b'], ['a:b']].forEach(
				(fields, nth) => block(doc, `x${nth}`, { kind: 'signature', fields }, nth)
			)
	},
	'a header with a field that all objects have': {
		write: (doc) => [block(doc, 'x', { kind: 'documentHeader', fields: ['__proto__'] }), letters(doc, 'x:__proto__', 'chữ')],
		blocks: 1,
		nodes: 3
	},
	'fields of a wrong shape for a normal header': {
		write: (doc) => [entry(doc, 'head/fields', 7), entry(doc, 'signature/fields', ['signer', 'signer', 'signer'])]
	}
};
