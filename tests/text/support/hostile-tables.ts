import { block, element, entry, letters, type Payloads, placeIn, SIZES, table } from './hostile.ts';

/** Tables that no page writes. */
export const TABLES: Payloads = {
	'a table without rows or columns': { write: (doc) => block(doc, 'x', { kind: 'table' }) },
	'a table without columns': { write: (doc) => table(doc, 3, 0) },
	'a table of rows and columns that are not there (TA4)': { write: (doc) => table(doc, 3, 3, {}), blocks: 1, nodes: 4 },
	'cells that reach over everything': {
		write: (doc) => [table(doc, 3, 3), entry(doc, 'r0:c0/to', ['r2', 'c2'])],
		blocks: 1,
		nodes: 6
	},
	'cells that reach to nothing, to themselves, back, elsewhere': {
		write: (doc) => [
			table(doc, 3, 3),
			[['nobody', 'nobody'], ['r0', 'c1'], ['r0', 'c0'], ['row1', 'col1'], ['x0', 'x0'], [7, {}], [null, null], 'r2', 7].forEach(
				(to, nth) => entry(doc, `r${Math.floor(nth / 3)}:c${nth % 3}/to`, to)
			)
		],
		blocks: 1,
		nodes: 22
	},
	'cells that all reach to the last one': {
		write: (doc) => [
			table(doc, 40, 40),
			...Array.from({ length: 1_600 }, (_one, nth) => entry(doc, `r${Math.floor(nth / 40)}:c${nth % 40}/to`, ['r39', 'c39']))
		],
		blocks: 1,
		nodes: 43
	},
	'cells of normal tables that reach to a row of another': {
		write: (doc) => [table(doc, 1, 1), entry(doc, 'row1:col1/to', ['r0', 'c0'])],
		blocks: 1,
		nodes: 4
	},
	'heads, widths and alignments that are none': {
		write: (doc) => [
			table(doc, 2, 10),
			...SIZES.map((size, nth) => [
				entry(doc, `c${nth}/@width`, size),
				entry(doc, `c${nth}/@head`, size),
				entry(doc, `r1:c${nth}/head`, size),
				entry(doc, `r0:c${nth}/align`, ['red;x', size][nth % 2]),
				entry(doc, `r1:c${nth}/align`, { align: size })
			])
		],
		blocks: 1,
		nodes: 43
	},
	'a first line of a kind that no line has': {
		write: (doc) => [
			table(doc, 2, 4),
			...['table', 'doc', '__proto__', 'documentHeader', 'image', 'opaqueBlock', 'text', 7].map((kind, nth) => [
				entry(doc, `r${nth >> 2}:c${nth % 4}/kind`, kind),
				letters(doc, `r${nth >> 2}:c${nth % 4}`, 'chữ')
			])
		],
		blocks: 1,
		nodes: 27
	},
	'first lines with attributes that are none': {
		write: (doc) => [
			table(doc, 1, 4),
			...['provision', 'listItem', 'appendix', 'paragraph'].map((kind, nth) =>
				['kind', '@level', '@depth', '@align', '@uid', '@more'].forEach((key) =>
					entry(doc, `r0:c${nth}/${key}`, key === 'kind' ? kind : 'article')
				)
			)
		],
		blocks: 1,
		nodes: 12
	},
	'10,000 separators in a cell, and some that are none': {
		write: (doc) => [
			table(doc, 1, 1),
			...Array.from({ length: 10_000 }, (_one, nth) => element(doc, 'r0:c0', { p: `s${nth}` })),
			...[{}, 7, 'a b'].map((p) => element(doc, 'r0:c0', { p })),
			...['table', 'listItem', 'image', '__proto__'].map((kind, nth) =>
				entry(doc, `s${nth}`, { kind, attrs: { depth: 99, src: 'javascript:x', p: {} } })
			)
		],
		blocks: 1,
		nodes: 10_012
	},
	'separators that say themselves what begins at them': {
		write: (doc) => [
			table(doc, 1, 1),
			letters(doc, 'r0:c0', 'chữ'),
			...[
				{},
				{ kind: 'image', attrs: { src: 'javascript:alert(1)', width: 1e9 } },
				{ kind: 'paragraph', attrs: { align: 'red;background:url(//example.org)' } },
				{ kind: 7, attrs: 7 }
			].map((p) => element(doc, 'r0:c0', { p }))
		],
		blocks: 1,
		nodes: 13
	},
	'a separator that is a block, and one that is its own table': {
		write: (doc) => [table(doc, 1, 1), element(doc, 'r0:c0', { p: 'article' }), element(doc, 'r0:c0', { p: 'x0' })],
		blocks: 1,
		nodes: 6
	},
	'rows and columns of themselves': {
		write: (doc) =>
			['row', 'col', 'table', 'paragraph'].forEach((kind, nth) =>
				entry(doc, `x${nth}`, { kind, of: `x${nth}`, place: placeIn(null), is: 1 })
			)
	},
	'rows of one another': {
		write: (doc) => [
			entry(doc, 'x', { kind: 'row', of: 'y', place: placeIn(null), is: 1 }),
			entry(doc, 'y', { kind: 'row', of: 'x', place: placeIn(null), is: 1 })
		]
	},
	'rows of a provision, and of no kind': {
		write: (doc) => [
			entry(doc, 'x', { kind: 'row', of: 'article', place: placeIn(null), is: 1 }),
			entry(doc, 'y', { kind: 'cell', of: 'table', place: placeIn(null), is: 1 }),
			entry(doc, 'z', { kind: '__proto__', of: 'table', place: placeIn(null), is: 1 })
		]
	},
	'rows without a place': {
		write: (doc) => [
			entry(doc, 'x', { kind: 'row', of: 'table', is: 1 }),
			entry(doc, 'y', { kind: 'row', of: 'table', place: 7, is: 1 })
		]
	},
	'rows whose place is no place any more': {
		write: (doc) => [table(doc, 3, 1), entry(doc, 'r0/place', 7), entry(doc, 'r1/place', ['article', 'zzzzzz'])],
		blocks: 1,
		nodes: 10
	},
	'a row that is a block as well, and a cell of letters of a block': {
		write: (doc) => [table(doc, 1, 1), block(doc, 'r0', {}), letters(doc, 'r0', 'chữ'), letters(doc, 'c0', 'chữ')],
		blocks: 1
	},
	'a column of another table': {
		write: (doc) => [
			table(doc, 1, 1),
			letters(doc, 'r0:col1', 'chữ'),
			letters(doc, 'row1:c0', 'chữ'),
			entry(doc, 'c0/of', 'table'),
			entry(doc, 'row1:c0/to', ['row2', 'col2'])
		],
		blocks: 1,
		nodes: 4
	},
	'a table of 100,000 rows and 200 columns': { write: (doc) => table(doc, 100_000, 200), blocks: 1, nodes: 130_000 },
	'a table of 1,000 rows and 200 columns': { write: (doc) => table(doc, 1_000, 200), blocks: 1, nodes: 130_000 },
	'a table of 5,000 rows and 100 columns that are not there': { write: (doc) => table(doc, 5_000, 100, {}), blocks: 1, nodes: 4 },
	'a table of 2 rows and 20,000 columns': { write: (doc) => table(doc, 2, 20_000), blocks: 1, nodes: 1_000 },
	'a table of 3,000 rows and 200 columns, one cell over all of it': {
		write: (doc) => [table(doc, 3_000, 200), entry(doc, 'r0:c0/to', ['r2999', 'c199'])],
		blocks: 1,
		nodes: 130_000
	}
};
