import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Node } from '@tiptap/pm/model';
import { documentToUpdate, readDocument } from '../../text/body.ts';
import { complete } from './complete.ts';
import { inlineOf, type JsonNode, node, text } from './json.ts';
import { documentSchema } from './schema.ts';

const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content });
const paragraph = (value = '', attrs: Record<string, unknown> | null = null) => node('paragraph', attrs, inlineOf(value));
const list = (...items: JsonNode[][]) =>
	node(
		'bulletList',
		null,
		items.map((content) => node('listItem', null, content))
	);
const cell = (content: JsonNode[] = [paragraph()], attrs: Record<string, unknown> | null = null, type = 'tableCell') =>
	node(type, attrs, content);
const table = (...rows: JsonNode[][]) =>
	node(
		'table',
		null,
		rows.map((cells) => node('tableRow', null, cells))
	);
const marked = (value: string, ...marks: string[]) =>
	text(
		value,
		marks.map((type) => ({ type }))
	);

/** The completed document, which is of the schema, and read from Yjs the same. */
function completed(...content: JsonNode[]): Node {
	const made = documentSchema.nodeFromJSON(complete(doc(...content)));
	made.check();
	const ydoc = new Y.Doc();
	Y.applyUpdate(ydoc, documentToUpdate(made));
	expect(readDocument(ydoc, documentSchema).toJSON()).toEqual(made.toJSON());
	return made;
}

/** Blocks as text: `paragraph(…)`, a cell that reaches over others as `2x1(…)`, a header cell with `!`. */
function shown(parent: Node): string[] {
	return parent.children.map((child) => {
		const { type, attrs } = child;
		const cellName = `${type.name === 'tableHeader' ? '!' : ''}${attrs.colspan}x${attrs.rowspan}`;
		const name = type.name === 'tableRow' ? 'row' : 'colspan' in attrs ? cellName : type.name;
		return `${name}(${child.inlineContent ? child.textContent : shown(child).join(' ')})`;
	});
}

const uidsOf = (parent: Node): unknown[] => parent.children.map(({ attrs }) => attrs.uid);

describe('text', () => {
	test('is in NFC, also where a letter and its tone stood in two runs', () => {
		const made = completed(node('paragraph', null, [text('Điều nà'.normalize('NFD')), text('y e'), text('\u0302')]));
		expect(made.textContent).toBe('Điều này ê');
		expect(made.firstChild!.childCount).toBe(1);
	});

	test('is what Yjs can store: half of a letter is not', () => {
		expect(completed(paragraph('a\ud83d')).textContent).toBe('a\ufffd');
	});

	test('has of marks that exclude each other one, and keeps those of notes and references (MK2)', () => {
		const note: JsonNode = { type: 'footnote', attrs: { uid: 'n1', text: 'ghi chú' }, marks: [{ type: 'bold' }] };
		const [run, footnote] = completed(node('paragraph', null, [marked('2', 'superscript', 'bold', 'subscript', 'bold'), note]))
			.firstChild!.children;
		expect(run.marks.map(({ type }) => type.name)).toEqual(['bold', 'superscript']);
		expect(footnote.marks.map(({ type }) => type.name)).toEqual(['bold']);
	});

	test('that stands in no block is a paragraph', () => {
		const made = completed(
			text('một'),
			node('listItem', null, [paragraph('hai')]),
			node('tableRow', null, [cell([text('ba')])]),
			text('bốn')
		);
		expect(shown(made)).toEqual(['paragraph(một)', 'paragraph(hai)', 'paragraph(ba)', 'paragraph(bốn)']);
	});
});

describe('uids', () => {
	test('are on every block, row, note and reference (WR6)', () => {
		const made = completed(
			node('documentHeader', null, [node('headerField', { name: 'agency' }, inlineOf('SỞ'))]),
			...['legalBasis', 'enactingLine', 'provision', 'paragraph', 'appendix', 'image'].map((type) => node(type, null)),
			list([paragraph('a'), paragraph('b')]),
			node('recipients', null, [paragraph('c')]),
			table([cell([paragraph()])]),
			node('signature', null, [node('headerField', { name: 'signer' })]),
			node('paragraph', null, [node('footnote', { text: 'd' }), node('reference', { target: 'e', text: 'Điều 1' })])
		);
		const uids: unknown[] = [];
		made.descendants(({ type, attrs }) => {
			if ('uid' in attrs) uids.push(attrs.uid);
			return type.spec.tableRole !== 'row';
		});
		expect(uids).toHaveLength(16);
		expect(new Set(uids).size).toBe(uids.length);
		for (const uid of uids) expect(uid).toMatch(/^[0-9a-z]{12}$/);
	});

	test('stay where they are, and of two the first keeps it, whatever they stand on (WR6)', () => {
		const noted = node('paragraph', { uid: 'two' }, [node('footnote', { uid: 'three', text: '' })]);
		const made = completed(
			paragraph('a', { uid: 'one' }),
			node('provision', { uid: 'one' }),
			noted,
			table([cell()]),
			paragraph('b', { uid: 'three' })
		);
		expect(uidsOf(made).slice(0, 3)).toEqual(['one', expect.stringMatching(/^[0-9a-z]{12}$/), 'two']);
		expect(made.child(2).firstChild!.attrs.uid).toBe('three');
		expect(made.child(4).attrs.uid).toMatch(/^[0-9a-z]{12}$/);
	});

	test.each(['', 'a b', 'a:b', 'a/b', 'blocks', 'x'.repeat(81), 7])(
		'are new where they cannot be the name of a text: %j',
		(uid) => {
			expect(completed(paragraph('a', { uid })).firstChild!.attrs.uid).toMatch(/^[0-9a-z]{12}$/);
		}
	);

	test('are not on the lines of a cell, but on the notes in them', () => {
		const noted = node('paragraph', { uid: 'one' }, [node('footnote', { uid: 'note', text: 'a' })]);
		const line = completed(table([cell([noted])])).firstChild!.firstChild!.firstChild!.firstChild!;
		expect(line.attrs.uid).toBeNull();
		expect(line.firstChild!.attrs.uid).toBe('note');
	});
});

describe('lists', () => {
	test('end at what may not stand in them, and text of another kind is a line of theirs', () => {
		const point = node('provision', { level: 'point' }, inlineOf('d'));
		const made = completed(
			list([paragraph('a'), table([cell([paragraph('b')])]), paragraph('c'), point], [node('image', null), paragraph('e')])
		);
		expect(shown(made)).toEqual([
			'bulletList(listItem(paragraph(a)))',
			'table(row(1x1(paragraph(b))))',
			'bulletList(listItem(paragraph(c) paragraph(d)))',
			'image()',
			'bulletList(listItem(paragraph(e)))'
		]);
	});

	test('that stand side by side are one, and so are recipients (WR6)', () => {
		const recipient = (name: string) => node('recipients', null, [paragraph(name)]);
		const made = completed(list([paragraph('a')]), list([paragraph('b')]), recipient('c'), recipient('d'));
		expect(shown(made)).toEqual([
			'bulletList(listItem(paragraph(a)) listItem(paragraph(b)))',
			'recipients(paragraph(c) paragraph(d))'
		]);
	});

	test('keep their depth, and the text below the lines of another list', () => {
		const nested = list([paragraph('a'), list([paragraph('b'), list([paragraph('c')])], [paragraph('d')]), paragraph('e')]);
		expect(shown(completed(nested))).toEqual(shown(documentSchema.nodeFromJSON(doc(nested))));
	});

	test('are at most eight deep below the first (RE4)', () => {
		let deep = list([paragraph('10')]);
		for (let nth = 9; nth >= 0; nth--) deep = list([paragraph(String(nth)), deep]);
		const lines = shown(completed(deep))[0];
		expect(lines.match(/bulletList/g)).toHaveLength(9);
		expect(lines).toContain('listItem(paragraph(8)) listItem(paragraph(9)) listItem(paragraph(10))');
	});
});

describe('tables', () => {
	const rowsOf = (made: Node) => made.children.flatMap((block) => shown(block));
	const names = (made: Node) => made.firstChild!.children.map((row) => row.children.map(({ attrs }) => attrs.col as string));

	test('have one name for each column in which a cell begins (TA1)', () => {
		const made = completed(
			table([cell(), cell(undefined, { colspan: 2 })], [cell(undefined, { col: 'own' }), cell(undefined, { colspan: 2 })])
		);
		const [[one, two], [three, four]] = names(made);
		expect([one, two]).toEqual([three, four]);
		expect(one).toBe('own');
		expect(two).toMatch(/^[0-9a-z]{12}c1$/);
	});

	test('have no name of a column that another has, here or in another table (TA1)', () => {
		const same = () => cell(undefined, { col: 'x' });
		const made = completed(table([same(), same()]), table([same()]), paragraph('', { uid: 'x' }));
		const all = [...names(made)[0], made.child(1).firstChild!.firstChild!.attrs.col as string, made.child(2).attrs.uid as string];
		expect(all[0]).toBe('x');
		expect(new Set(all).size).toBe(4);
	});

	test('have rows of one length: empty cells stand where there were none, header cells in a row of these (TA3)', () => {
		const made = completed(
			table(
				[cell([paragraph('a')], null, 'tableHeader')],
				[cell([paragraph('b')]), cell([paragraph('c')]), cell([paragraph('d')])],
				[]
			)
		);
		expect(rowsOf(made)).toEqual([
			'row(!1x1(paragraph(a)) !1x1(paragraph()) !1x1(paragraph()))',
			'row(1x1(paragraph(b)) 1x1(paragraph(c)) 1x1(paragraph(d)))',
			'row(1x1(paragraph()) 1x1(paragraph()) 1x1(paragraph()))'
		]);
	});

	test('have cells that reach over their own room only, and not beyond the last row (TA5)', () => {
		const top = [cell([paragraph('a')], { colspan: 'x', rowspan: 0 }), cell([paragraph('b')], { rowspan: 9 })];
		const made = completed(table(top, [cell([paragraph('c')], { colspan: 2 }), cell([paragraph('d')])]));
		expect(rowsOf(made)).toEqual([
			'row(1x1(paragraph(a)) 1x2(paragraph(b)) 1x1(paragraph()))',
			'row(1x1(paragraph(c)) 1x1(paragraph(d)))'
		]);
	});

	test('have a width per column, the first that is said, within what is allowed (TA6, RE2)', () => {
		const wide = (colwidth: unknown[], colspan = 1) => cell(undefined, { colspan, colwidth });
		const made = completed(table([wide([100]), wide([0, 3], 2)], [wide([50]), cell(), wide(['9'])]));
		const widths = made.firstChild!.children.map((row) => row.children.map(({ attrs }) => attrs.colwidth as unknown));
		expect(widths).toEqual([
			[[100], [0, 10]],
			[[100], null, [10]]
		]);
	});

	test('keep the text of a table or header block within a cell as lines of the cell (TA2)', () => {
		const inner = table([cell([paragraph('b'), paragraph('c')]), cell()], [cell([list([paragraph('d')])])]);
		const signature = node('signature', null, [node('headerField', { name: 'signer' }, inlineOf('e'))]);
		const lines = 'paragraph(a) paragraph(b) paragraph(c) bulletList(listItem(paragraph(d))) paragraph(e)';
		expect(rowsOf(completed(table([cell([paragraph('a'), inner, signature])])))).toEqual([`row(1x1(${lines}))`]);
	});

	test('keep provisions, lists, recipients and pictures in a cell (TA2)', () => {
		const provision = node('provision', { uid: 'p', level: 'point', number: '5' }, inlineOf('a'));
		const picture = node('image', { src: '/api/files/1', width: 20 });
		const made = completed(
			table([cell([provision, node('recipients', null, [paragraph('b')]), picture, list([paragraph('c'), paragraph('d')])])])
		);
		expect(rowsOf(made)).toEqual([
			'row(1x1(provision(a) recipients(paragraph(b)) image() bulletList(listItem(paragraph(c) paragraph(d)))))'
		]);
		expect(made.firstChild!.firstChild!.firstChild!.firstChild!.attrs).toMatchObject({ uid: null, level: 'point', number: '5' });
	});

	test('keep the alignment of a cell, if it is one', () => {
		const row = completed(table([cell(undefined, { align: 'right' }), cell(undefined, { align: 'url(x)' })])).firstChild!
			.firstChild!;
		expect(row.children.map(({ attrs }) => attrs.align as unknown)).toEqual(['right', null]);
	});

	test('keep a picture that a cell begins with (TA2)', () => {
		const picture = node('image', { src: '/api/files/1' });
		const made = completed(table([cell([picture]), cell([picture, paragraph('a')])]));
		expect(rowsOf(made)).toEqual(['row(1x1(image()) 1x1(image() paragraph(a)))']);
	});

	test('of more rows than one may have are several, each with all of its cells', () => {
		const rows = Array.from({ length: 3_001 }, (_row, nth) => [cell([paragraph(String(nth))])]);
		const made = documentSchema.nodeFromJSON(complete(doc(table(...rows))));
		expect(made.children.map(({ childCount }) => childCount)).toEqual([3_000, 1]);
		expect(made.lastChild!.textContent).toBe('3000');
	});

	test('of more columns than one may have keep the text in the last', () => {
		const over = [cell([paragraph('c')], { colspan: 199 }), cell([paragraph('d')]), cell([paragraph('e')])];
		const made = completed(table([cell([paragraph('a')], { colspan: 1e9 }), cell([paragraph('b')])], over));
		expect(rowsOf(made)).toEqual([
			'row(200x1(paragraph(a) paragraph(b)))',
			'row(199x1(paragraph(c)) 1x1(paragraph(d) paragraph(e)))'
		]);
	});

	test('without a cell, and header blocks without a field, are not there', () => {
		expect(shown(completed(table(), table([]), node('documentHeader', null), paragraph('a')))).toEqual(['paragraph(a)']);
	});
});

describe('attributes', () => {
	test('that are not allowed are as if absent, and a picture from elsewhere has no address any more (RE2)', () => {
		const made = completed(
			node('image', { src: 'https://elsewhere.example/a.png', alt: 'Sơ đồ', width: 1e9 }),
			node('provision', { level: 'verse', mark: 'greek', number: 5 }),
			paragraph('', { align: 'url(x)' }),
			node('appendix', { kind: 'z' })
		);
		expect(made.children.map(({ attrs: { uid: _uid, ...attrs } }) => attrs)).toEqual([
			{ src: null, alt: 'Sơ đồ', width: 4_000 },
			{ level: 'clause', mark: null, number: null, titled: null },
			{ align: null },
			{ kind: 'appendix', number: null }
		]);
	});

	test('that are typed by hand are cut where they are too long', () => {
		const long = [node('footnote', { text: 'ê'.repeat(20_001) }), node('reference', { text: 'e\u0302'.repeat(300) })];
		const [footnote, reference] = completed(node('paragraph', null, long)).firstChild!.children;
		expect(footnote.attrs.text).toBe('ê'.repeat(20_000));
		expect(reference.attrs.text).toBe('ê'.repeat(300));
	});

	test('of several fields of one name the text stands in the first, one below the other', () => {
		const field = (name: string, value: string) => node('headerField', { name }, inlineOf(value));
		const [header] = completed(
			node('documentHeader', null, [field('agency', 'A'), field('kind', 'B'), field('agency', 'C'), field('kind', '')])
		).children;
		expect(header.children.map((child) => [child.attrs.name, child.textBetween(0, child.content.size, '', '|')])).toEqual([
			['agency', 'A|C'],
			['kind', 'B']
		]);
	});
});

test('a document of nothing is an empty paragraph', () => {
	expect(shown(completed())).toEqual(['paragraph()']);
});

test('what is not of the schema is refused', () => {
	expect(() => complete(doc(node('video', null)))).toThrow(RangeError);
	expect(() => complete(doc(node('toString', null)))).toThrow(RangeError);
	expect(() => complete(doc(node('paragraph', null, [marked('a', 'blink')])))).toThrow(RangeError);
});

test('what a later version put into a text stays as it is (RE3)', () => {
	const unknown = [node('opaque', { is: { n: 'mention', i: 'x' } }), node('opaque', null)];
	const made = completed(
		node('opaqueBlock', { uid: 'one', is: 'formula' }),
		node('opaqueBlock', { is: 'table' }),
		node('paragraph', null, unknown)
	);
	expect(made.children.map(({ type, attrs }) => [type.name, attrs.is as unknown])).toEqual([
		['opaqueBlock', 'formula'],
		['paragraph', undefined]
	]);
	expect(made.lastChild!.children.map(({ attrs }) => attrs.is as unknown)).toEqual([{ n: 'mention', i: 'x' }, {}]);
});

const attributes = fc.record(
	{
		uid: fc.constantFrom(null, 'a', 'b', 'c', 'e:f', 7),
		col: fc.constantFrom(null, 'a', 'k', 'l'),
		level: fc.constantFrom('article', 'verse', 'point'),
		align: fc.constantFrom(null, 'left', 'middle'),
		name: fc.constantFrom('agency', 'symbol', 'x:y'),
		colspan: fc.constantFrom(1, 2, 3, 0, '2'),
		rowspan: fc.constantFrom(1, 2, 3, 0, 50),
		colwidth: fc.constantFrom(null, [100], [0, 50], 'x', [20, 30, 40]),
		text: fc.constantFrom('Điều 1', 7)
	},
	{ requiredKeys: [] }
);
const marks = fc.subarray(['bold', 'italic', 'superscript', 'subscript']).map((names) => names.map((type) => ({ type })));
const TEXTS = ['paragraph', 'provision', 'legalBasis', 'headerField'];
const FRAMES = [
	'documentHeader',
	'signature',
	'bulletList',
	'listItem',
	'recipients',
	'table',
	'tableRow',
	'tableCell',
	'tableHeader',
	'doc'
];
const { anything } = fc.letrec<{ anything: JsonNode; children: JsonNode[] }>((tie) => ({
	children: fc.array(tie('anything'), { maxLength: 4 }),
	anything: fc.oneof(
		{ maxDepth: 6 },
		fc.oneof(
			fc.record({ type: fc.constant('text'), text: fc.constantFrom('a', 'ê', 'e\u0302', '\u0301', 'tiếng'), marks }),
			fc.record({ type: fc.constantFrom('hardBreak', 'footnote', 'reference'), attrs: attributes, marks }),
			fc.record({ type: fc.constant('image'), attrs: attributes })
		),
		fc.record({ type: fc.constantFrom(...TEXTS, ...FRAMES), attrs: attributes, content: tie('children') }),
		fc.record({
			type: fc.constantFrom('table', 'bulletList'),
			content: fc.array(fc.record({ type: fc.constantFrom('tableRow', 'listItem'), content: tie('children') }), { maxLength: 4 })
		})
	)
}));

/** All letters of a document, and notes and references as one each, in no order. */
function lettersOf(json: JsonNode): string {
	const signs: Record<string, string> = { footnote: '†', reference: '§' };
	const letters = ({ type, text: value = '', content = [] }: JsonNode): string =>
		value + (signs[type] ?? '') + content.map(letters).join('');
	return [...letters(json).normalize('NFD')].sort().join('');
}

test('of whatever nodes in whatever place no letter is lost, the result is of the schema, and completing it again changes nothing', () => {
	fc.assert(
		fc.property(fc.array(anything, { maxLength: 6 }), (content) => {
			const made = completed(...content);
			expect(lettersOf(made.toJSON() as JsonNode)).toBe(lettersOf(doc(...content)));
			expect(complete(made.toJSON() as JsonNode)).toEqual(made.toJSON());
		}),
		{ numRuns: 150 }
	);
});
