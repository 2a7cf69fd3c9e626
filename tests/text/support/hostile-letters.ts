import * as Y from 'yjs';
import { block, content, element, entry, letters, type Payloads } from './hostile.ts';

/** What is among letters that no page writes. */
export const LETTERS: Payloads = {
	'marks that all objects have': {
		write: (doc) => [
			block(doc, 'x'),
			...['constructor~1', 'toString', 'hasOwnProperty~', '~', '~bold'].map((name) => letters(doc, 'x', name, { [name]: true }))
		],
		blocks: 1,
		nodes: 6
	},
	'a mark that all objects are made after': {
		write: (doc) => [
			block(doc, 'x'),
			content(doc, 'x', null, new Y.ContentFormat('__proto__', { 'bold~1': true, comment: 1 } as never)),
			letters(doc, 'x', 'chữ')
		],
		blocks: 1,
		isRefused: true
	},
	'known marks with values that are none': {
		write: (doc) => [
			block(doc, 'x'),
			...[false, 0, 1, 'true', {}, [], { style: 'red' }].map((value, nth) =>
				letters(doc, 'x', `${nth}`, { 'bold~1': value, italic: value })
			)
		],
		blocks: 1,
		nodes: 8
	},
	'ten thousand marks over one letter': {
		write: (doc) => [
			block(doc, 'x'),
			letters(
				doc,
				'x',
				'x',
				Object.fromEntries(
					Array.from({ length: 10_000 }, (_one, nth) => [
						`${['bold', 'superscript', 'subscript', 'unknown'][nth % 4]}~${nth}`,
						true
					])
				)
			)
		],
		blocks: 1
	},
	'a mark with an address': {
		write: (doc) => [
			block(doc, 'x'),
			letters(doc, 'x', 'x', {
				link: { href: 'javascript:alert(1)' },
				textStyle: { color: 'red' },
				'bold~1': { href: 'javascript:alert(1)', onclick: 'x' }
			})
		],
		blocks: 1
	},
	'elements of types that are none': {
		write: (doc) => [
			block(doc, 'x'),
			...['table', 'text', 'doc', 'paragraph', '__proto__', 'constructor', 'opaque', 'opaqueBlock', '', 7, {}, null].map((n) =>
				element(doc, 'x', { n, i: 'article', is: { n } })
			)
		],
		blocks: 1,
		nodes: 13
	},
	'elements without a type': {
		write: (doc) => [
			block(doc, 'x'),
			...[{}, { i: 'note' }, { b: {} }, { p: {} }, { b: 7 }, { p: 'x' }, { p: 'nobody' }].map((embed) => element(doc, 'x', embed))
		],
		blocks: 1,
		nodes: 8
	},
	'elements whose uids are none': {
		write: (doc) => [
			block(doc, 'x'),
			...['a b', '', 7, {}, 'blocks', 'a:b', '__proto__', undefined].map((i) => [
				element(doc, 'x', { n: 'footnote', i }),
				element(doc, 'x', { n: 'hardBreak', i })
			])
		],
		blocks: 1,
		nodes: 17
	},
	'a footnote that stands in two texts': {
		write: (doc) => [
			block(doc, 'x'),
			element(doc, 'x', { n: 'footnote', i: 'note' }),
			element(doc, 'x', { n: 'footnote', i: 'note' }),
			element(doc, 'x', { n: 'reference', i: 'note' })
		],
		blocks: 1,
		nodes: 4
	},
	'an element in a normal text': {
		write: (doc) => [
			element(doc, 'middle', { n: 'table', i: 'article' }),
			element(doc, 'middle', { p: 'article' }),
			element(doc, 'row1:col1', { b: 'x' }),
			element(doc, 'head:subject', { n: 'image' })
		],
		attacks: ['middle', 'table', 'head'],
		nodes: 4
	},
	'letters in what has none': {
		write: (doc) => [
			letters(doc, 'image', 'chữ'),
			letters(doc, 'table', 'chữ'),
			letters(doc, 'head', 'chữ'),
			letters(doc, 'row1', 'chữ')
		]
	},
	'letters that are hard to show': {
		write: (doc) => [block(doc, 'x'), letters(doc, 'x', '\u0000\u202e\n\r\t\ud800\ufffe<script>')],
		blocks: 1
	},
	'a map among letters': {
		write: (doc) => [
			block(doc, 'x'),
			element(doc, 'x', new Y.Map()),
			element(doc, 'x', new Y.Text('chữ')),
			element(doc, 'x', new Y.XmlElement('p'))
		],
		blocks: 1,
		nodes: 4,
		isRefused: true
	},
	'a value behind letters, of which the door does not learn where it is': {
		write: (doc) => {
			content(doc, 'middle', null, new Y.ContentAny(['x']));
			letters(doc, 'middle', 'chữ');
		},
		attacks: ['middle'],
		nodes: 1
	},
	'values of an old Yjs among letters': {
		write: (doc) => content(doc, 'middle', null, new Y.ContentJSON(['x'])),
		isRefused: true
	},
	'a value as the first of a text': {
		write: (doc) => [block(doc, 'x'), content(doc, 'x', null, new Y.ContentAny(['x'])), letters(doc, 'x', 'chữ')],
		blocks: 1,
		isRefused: true
	},
	'bytes and a string as elements': {
		write: (doc) => [
			block(doc, 'x'),
			content(doc, 'x', null, new Y.ContentEmbed('x' as never)),
			content(doc, 'x', null, new Y.ContentEmbed(null as never)),
			content(doc, 'x', null, new Y.ContentBinary(new Uint8Array(9)))
		],
		blocks: 1,
		nodes: 3,
		isRefused: true
	},
	'letters in the map': {
		write: (doc) => [
			content(doc, 'blocks', null, new Y.ContentString('chữ')),
			content(doc, 'blocks', 'x', new Y.ContentString('chữ')),
			content(doc, 'blocks', 'article/@level', new Y.ContentEmbed({}))
		],
		attacks: ['article'],
		isRefused: true
	},
	'types within the map': {
		write: (doc) => {
			entry(doc, 'x', new Y.Map([['kind', 'paragraph']]));
			entry(doc, 'y', new Y.Text('chữ'));
			entry(doc, 'article/place', new Y.Array());
			entry(doc, 'middle/@align', new Uint8Array(3));
		},
		attacks: ['article', 'middle'],
		isRefused: true
	}
};
