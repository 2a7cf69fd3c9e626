import { block, blocks, element, entry, type Payloads, SIZES } from './hostile.ts';

const SOURCES = [
	'javascript:alert(1)',
	'https://example.org/x.png',
	'//example.org/x',
	'/api/files/../x',
	'/api/files/a/b',
	'/api/files/',
	' /api/files/abc',
	'/api/files/abc\n',
	'data:image/png;base64,AAAA',
	7,
	{},
	['/api/files/abc']
];

/** Attributes that no page writes. */
export const ATTRIBUTES: Payloads = {
	'levels that are none': {
		write: (doc) =>
			[7, 'x', '__proto__', {}, null, ['article'], true].forEach((level, nth) =>
				block(doc, `x${nth}`, { kind: 'provision', attrs: { level } }, nth)
			),
		blocks: 7
	},
	'numbers of provisions that are none': {
		write: (doc) =>
			[{}, 7, 'x'.repeat(1_000), [], true].forEach((number, nth) =>
				block(doc, `x${nth}`, { kind: 'provision', attrs: { number, mark: number } }, nth)
			),
		blocks: 5
	},
	'alignments that reach for a style': {
		write: (doc) =>
			['red;background:url(//example.org)', 'center ', 7, {}, ['center'], '__proto__'].forEach((align, nth) => [
				block(doc, `x${nth}`, { attrs: { align } }, nth),
				block(doc, `y${nth}`, { kind: 'listItem', attrs: { align } }, 10 + nth),
				block(doc, `z${nth}`, { kind: 'recipients', attrs: { align } }, 20 + nth)
			]),
		blocks: 18,
		nodes: 48
	},
	'pictures from elsewhere': {
		write: (doc) =>
			SOURCES.forEach((src, nth) => block(doc, `x${nth}`, { kind: 'image', attrs: { src, alt: {}, title: 7 } }, nth)),
		blocks: SOURCES.length
	},
	'pictures of any size': {
		write: (doc) =>
			SIZES.forEach((size, nth) =>
				block(doc, `x${nth}`, { kind: 'image', attrs: { src: '/api/files/abc', width: size, height: size } }, nth)
			),
		blocks: SIZES.length
	},
	'a picture with a long text': {
		write: (doc) => block(doc, 'x', { kind: 'image', attrs: { alt: 'x'.repeat(50_000), title: 'x'.repeat(50_000) } }),
		blocks: 1,
		isRefused: true
	},
	'appendices that are none': {
		write: (doc) =>
			[7, 'x', {}].forEach((kind, nth) => block(doc, `x${nth}`, { kind: 'appendix', attrs: { kind, number: kind } }, nth)),
		blocks: 3
	},
	'attributes that are no object': {
		write: (doc) => [7, 'x', [], null].forEach((attrs, nth) => block(doc, `x${nth}`, { attrs }, nth)),
		blocks: 4
	},
	'attributes of names that mean something else': {
		write: (doc) => block(doc, 'x', { attrs: { uid: 'article', constructor: 'x', toString: 'x', is: 'x', content: [] } }),
		blocks: 1
	},
	'attributes made after others': {
		write: (doc) => block(doc, 'x', { attrs: JSON.parse('{"__proto__": {"align": "center", "uid": "article"}}') }),
		blocks: 1,
		isRefused: true
	},
	'an attribute eleven deep': {
		write: (doc) => block(doc, 'x', { attrs: { align: JSON.parse('['.repeat(11) + ']'.repeat(11)) } }),
		blocks: 1,
		isRefused: true
	},
	'depths of a list that are none': {
		write: (doc) =>
			[-5, NaN, Infinity, 1e308, 2.5, '3', {}, null, 1_000].forEach((depth, nth) =>
				block(doc, `x${nth}`, { kind: 'listItem', attrs: { depth } }, nth)
			),
		blocks: 9,
		nodes: 40
	},
	'1,000 lines below one another': {
		write: (doc) => blocks(doc, 1_000, (nth) => ({ kind: 'listItem', attrs: { depth: nth } })),
		blocks: 1_000,
		nodes: 2_020
	},
	'30,000 lines below one another': {
		write: (doc) => blocks(doc, 30_000, (nth) => ({ kind: 'listItem', attrs: { depth: nth } })),
		blocks: 30_000,
		nodes: 60_020
	},
	'30,000 lines up and down': {
		write: (doc) =>
			blocks(doc, 30_000, (nth) => ({ kind: 'listItem', attrs: { depth: nth % 2 ? 1_000 : 0, more: nth % 3 === 0 } })),
		blocks: 30_000,
		nodes: 90_000
	},
	'a line that goes on before any line': {
		write: (doc) => blocks(doc, 3, (nth) => ({ kind: 'listItem', attrs: { depth: 8, more: [true, 1, 'x'][nth] } })),
		blocks: 3,
		nodes: 20
	},
	'footnotes whose text is none': {
		write: (doc) => [
			block(doc, 'x'),
			...[7, {}, null, ['x']].map((text, nth) => [
				entry(doc, `n${nth}`, { kind: 'footnote', attrs: { text } }),
				element(doc, 'x', { n: 'footnote', i: `n${nth}` })
			])
		],
		blocks: 1,
		nodes: 5
	},
	'a footnote of 10 MB': {
		write: (doc) => [
			block(doc, 'x'),
			entry(doc, 'n', { kind: 'footnote', attrs: { text: 'x'.repeat(10 << 20) } }),
			element(doc, 'x', { n: 'footnote', i: 'n' })
		],
		blocks: 1,
		isRefused: true
	},
	'a normal footnote with a text of 50,000 letters': {
		write: (doc) => entry(doc, 'note/@text', 'x'.repeat(50_000)),
		attacks: ['clause']
	},
	'references whose attributes are none': {
		write: (doc) => [
			block(doc, 'x'),
			...[7, {}, ['x'], 'x'.repeat(500)].map((target, nth) => [
				entry(doc, `n${nth}`, { kind: 'reference', attrs: { target, text: target, scope: target } }),
				element(doc, 'x', { n: 'reference', i: `n${nth}` })
			])
		],
		blocks: 1,
		nodes: 5
	},
	'placeholders whose label is none': {
		write: (doc) => [
			block(doc, 'x'),
			...[7, {}, null, 'x'.repeat(500)].map((label, nth) => [
				entry(doc, `n${nth}`, { kind: 'placeholder', attrs: { label } }),
				element(doc, 'x', { n: 'placeholder', i: `n${nth}` })
			])
		],
		blocks: 1,
		nodes: 5
	},
	'attributes of a normal block of wrong types': {
		write: (doc) => [
			entry(doc, 'middle/@align', 'red;x'),
			entry(doc, 'article/@level', 7),
			entry(doc, 'article/@number', {}),
			entry(doc, 'image/@src', 'javascript:x'),
			entry(doc, 'image/@width', NaN)
		],
		attacks: ['middle', 'article', 'image']
	}
};
