import { block, blocks, element, entry, letters, type Payloads, table } from './hostile.ts';

/** Markers and joins that no page writes. */
export const JOINS: Payloads = {
	'a marker of nobody': {
		write: (doc) => [
			element(doc, 'article', { b: 'nobody' }),
			element(doc, 'article', { b: {} }),
			element(doc, 'article', { b: 'article' }),
			element(doc, 'article', { b: 'clause' })
		],
		attacks: ['article'],
		nodes: 4
	},
	'a marker twice': {
		write: (doc) => [
			block(doc, 'x'),
			letters(doc, 'x', 'một'),
			element(doc, 'x', { b: 'y' }),
			letters(doc, 'x', 'hai'),
			element(doc, 'x', { b: 'y' }),
			entry(doc, 'y', { kind: 'paragraph', in: 'x', into: null })
		],
		blocks: 2,
		nodes: 7
	},
	'a marker in two texts': {
		write: (doc) => [
			blocks(doc, 2, () => ({})),
			element(doc, 'x0', { b: 'y' }),
			element(doc, 'x1', { b: 'y' }),
			letters(doc, 'x0', 'chữ'),
			letters(doc, 'x1', 'chữ'),
			entry(doc, 'y', { kind: 'paragraph', in: 'x0', into: null })
		],
		blocks: 3
	},
	'a marker in its own text': {
		write: (doc) => [
			entry(doc, 'x', { kind: 'paragraph', in: 'x', into: null, is: 1 }),
			element(doc, 'x', { b: 'x' }),
			letters(doc, 'x', 'chữ')
		]
	},
	'a marker in the text of no block': {
		write: (doc) => [
			letters(doc, 'nobody', 'chữ'),
			element(doc, 'nobody', { b: 'x' }),
			letters(doc, 'nobody', 'chữ'),
			entry(doc, 'x', { kind: 'paragraph', in: 'nobody', into: null, is: 1 })
		]
	},
	'a marker in a cell': {
		write: (doc) => [
			table(doc, 1, 1),
			element(doc, 'r0:c0', { b: 'y' }),
			letters(doc, 'r0:c0', 'chữ'),
			entry(doc, 'y', { kind: 'paragraph', in: 'r0:c0', into: null, is: 1 })
		],
		blocks: 1,
		nodes: 7
	},
	'two texts that are each a marker in the other': {
		write: (doc) => [
			element(doc, 'x', { b: 'y' }),
			letters(doc, 'x', 'chữ'),
			element(doc, 'y', { b: 'x' }),
			letters(doc, 'y', 'chữ'),
			entry(doc, 'x', { kind: 'paragraph', in: 'y', into: null, is: 1 }),
			entry(doc, 'y', { kind: 'paragraph', in: 'x', into: null, is: 1 })
		],
		blocks: 2
	},
	'the same, going on in each other': {
		write: (doc) => [
			element(doc, 'x', { b: 'y' }),
			letters(doc, 'x', 'chữ'),
			element(doc, 'y', { b: 'x' }),
			letters(doc, 'y', 'chữ'),
			entry(doc, 'x', { kind: 'paragraph', in: 'y', into: '<', is: 1 }),
			entry(doc, 'y', { kind: 'paragraph', in: 'x', into: '<', is: 1 })
		],
		blocks: 1,
		nodes: 2
	},
	'9,000 texts that are markers in one another': {
		write: (doc) => {
			for (let nth = 0; nth < 9_000; nth++) {
				const next = (nth + 1) % 9_000;
				element(doc, `x${nth}`, { b: `x${next}` });
				letters(doc, `x${nth}`, 'chữ');
				entry(doc, `x${next}`, { kind: 'paragraph', in: `x${nth}`, into: null, is: 1 });
			}
		},
		blocks: 9_000
	},
	'9,000 births that are in themselves': {
		write: (doc) => {
			for (let nth = 0; nth < 9_000; nth++) entry(doc, `x${nth}`, { kind: 'paragraph', in: `x${nth}`, into: '<', is: 1 });
		}
	},
	'9,000 markers in one text': {
		write: (doc) => {
			block(doc, 'x');
			for (let nth = 0; nth < 9_000; nth++) {
				letters(doc, 'x', 'chữ');
				element(doc, 'x', { b: `y${nth}` });
				entry(doc, `y${nth}`, { kind: 'paragraph', in: 'x', into: nth % 2 ? null : '<', is: 1 });
			}
		},
		blocks: 4_501,
		nodes: 9_002
	},
	'a join with itself': {
		write: (doc) => [block(doc, 'x'), letters(doc, 'x', 'chữ'), entry(doc, 'x/into', ['x', null])],
		blocks: 1
	},
	'a join with nothing': {
		write: (doc) =>
			[
				['nobody', null],
				['article', 'nobody'],
				['head:subject', null]
			].forEach((into, nth) => [block(doc, `x${nth}`, {}, nth), entry(doc, `x${nth}/into`, into)]),
		blocks: 2
	},
	'joins of wrong shapes': {
		write: (doc) =>
			[7, {}, 'x', [], ['article'], ['a b', null], [null, null], ['article', 7]].forEach((into, nth) => [
				block(doc, `x${nth}`, {}, nth),
				entry(doc, `x${nth}/into`, into)
			]),
		blocks: 8
	},
	'a circle of joins': {
		write: (doc) => [
			blocks(doc, 2, () => ({})),
			letters(doc, 'x0', 'một'),
			letters(doc, 'x1', 'hai'),
			entry(doc, 'x0/into', ['x1', null]),
			entry(doc, 'x1/into', ['x0', null])
		],
		blocks: 1
	},
	'a circle of 9,000 joins': {
		write: (doc) => [
			blocks(doc, 9_000, () => ({})),
			...Array.from({ length: 9_000 }, (_one, nth) => entry(doc, `x${nth}/into`, [`x${(nth + 1) % 9_000}`, null]))
		],
		blocks: 1
	},
	'30,000 joins one after another': {
		write: (doc) => [
			blocks(doc, 30_000, () => ({})),
			...Array.from({ length: 29_999 }, (_one, nth) => entry(doc, `x${nth + 1}/into`, [`x${nth}`, null]))
		],
		blocks: 1
	},
	'9,000 joins into one text': {
		write: (doc) => [
			blocks(doc, 9_000, () => ({})),
			...Array.from({ length: 8_999 }, (_one, nth) => entry(doc, `x${nth + 1}/into`, ['x0', null]))
		],
		blocks: 1
	},
	'a picture and a header that go on in a paragraph': {
		write: (doc) => [
			block(doc, 'x', { kind: 'image' }),
			block(doc, 'y', { kind: 'signature', fields: ['signer'] }),
			entry(doc, 'x/into', ['middle', null]),
			entry(doc, 'y/into', ['middle', null])
		],
		blocks: 2,
		nodes: 3
	},
	'a paragraph that goes on in a table, a header and a picture': {
		write: (doc) => [
			blocks(doc, 3, () => ({})),
			['table', 'head', 'image'].forEach((uid, nth) => [letters(doc, `x${nth}`, 'chữ'), entry(doc, `x${nth}/into`, [uid, null])])
		],
		blocks: 3
	}
};
