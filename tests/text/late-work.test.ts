import { addColumnAfter, addRowAfter, deleteColumn, deleteRow } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { documentSchema as schema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../src/lib/text/body.ts';
import { lateWork } from '../../src/lib/text/late-work.ts';
import { playLate } from './fuzz/late.ts';
import { Late, SAID } from './support/late.ts';
import { caretIn, linesOf } from './support/people.ts';
import { type Person, provisions } from './support/person.ts';
import { cellsOf, merge, moveRow, runIn, setInCell, tableOf, typeIn } from './support/tables.ts';

type Act = (person: Person) => void;

const TEXTS = ['Phạm vi', 'một hai ba bốn năm', 'sáu bảy tám', 'Đối tượng', 'chín mười'];
const START = provisions(['article', 'clause', 'clause', 'article', 'clause'], (nth) => TEXTS[nth]);

const nothing: Act = () => {};
const type =
	(uid: string, at: number, words: string): Act =>
	(person) => {
		caretIn(person, uid, at);
		person.type(words);
	};
const replace =
	(index: number, old: string, words: string): Act =>
	(person) => {
		const at = person.doc.child(index).textContent.indexOf(old);
		person.cursorIn(index, at, at + old.length);
		if (words) person.type(words);
		else person.delete(index, at, at + old.length);
	};
const split =
	(uid: string, at: number): Act =>
	(person) => {
		caretIn(person, uid, at);
		person.run(enterInProvision('nd30'));
	};
const join =
	(index: number): Act =>
	(person) =>
		person.joinUp(index);
const remove =
	(index: number): Act =>
	(person) =>
		person.deleteBlock(index);
const level =
	(index: number, name: string): Act =>
	(person) =>
		person.setLevel(index, name);
const kind =
	(index: number, name: string): Act =>
	(person) =>
		person.setKind(index, name);
const move =
	(from: number, to: number): Act =>
	(person) => {
		const blocks = [...person.doc.children];
		blocks.splice(to, 0, ...blocks.splice(from, 1));
		person.dispatch(person.state.tr.replaceWith(0, person.doc.content.size, blocks));
	};
const add =
	(index: number, words: string): Act =>
	(person) =>
		void person.dispatch(
			person.state.tr.insert(person.before(index), schema.nodes.provision.create({ level: 'clause' }, schema.text(words)))
		);
const all =
	(...acts: Act[]): Act =>
	(person) =>
		acts.forEach((act) => act(person));

const BESIDE = (words: string) => `new paragraph: ${SAID}*${words}`;

const ONE = '#1 clause: một hai ba bốn năm';
const TWO = '#2 clause: sáu bảy tám';
const [HEAD, TAIL] = [['#0 article: Phạm vi'], ['#3 article: Đối tượng', '#4 clause: chín mười']];

interface Case {
	offline: Act;
	others: Act;
	/** What then stands between the first article and the second; nothing when the first clause stands in front of all. */
	then: string[];
	applied: number;
	beside?: number;
}

const CASES: Record<string, Case> = {
	'words and nothing': {
		offline: replace(1, 'một', 'MỘT'),
		others: nothing,
		then: ['#1 clause: MỘT hai ba bốn năm', TWO],
		applied: 1
	},
	'words and other words of the same block (LW2)': {
		offline: replace(1, 'một', 'MỘT'),
		others: replace(1, 'năm', 'NĂM'),
		then: ['#1 clause: MỘT hai ba bốn NĂM', TWO],
		applied: 1
	},
	'words and the same words (LW3)': {
		offline: replace(1, 'ba', 'BA'),
		others: replace(1, 'ba', 'Ba'),
		then: ['#1 clause: một hai Ba bốn năm', BESIDE('một hai BA bốn năm'), TWO],
		applied: 0,
		beside: 1
	},
	'words and the same words made the same (LW3)': {
		offline: replace(1, 'ba', 'BA'),
		others: replace(1, 'ba', 'BA'),
		then: ['#1 clause: một hai BA bốn năm', TWO],
		applied: 0
	},
	'words within what is taken out (LW3)': {
		offline: type('#1', 9, 'X'),
		others: replace(1, ' ba bốn', ''),
		then: ['#1 clause: một hai năm', BESIDE('một hai bXa bốn năm'), TWO],
		applied: 0,
		beside: 1
	},
	'words taken out around what is written (LW3)': {
		offline: replace(1, ' ba bốn', ''),
		others: type('#1', 9, 'X'),
		then: ['#1 clause: một hai bXa bốn năm', BESIDE('một hai năm'), TWO],
		applied: 0,
		beside: 1
	},
	'words added at one place by both (LW2)': {
		offline: type('#1', 18, ' sáu'),
		others: type('#1', 18, ' rưỡi'),
		then: ['#1 clause: một hai ba bốn năm sáu rưỡi', TWO],
		applied: 1
	},
	'words and a block that is gone (LW3)': {
		offline: replace(1, 'ba', 'BA'),
		others: remove(1),
		then: [BESIDE('một hai BA bốn năm'), TWO],
		applied: 0,
		beside: 1
	},
	'words and a block that moved': {
		offline: replace(1, 'ba', 'BA'),
		others: move(1, 2),
		then: [TWO, '#1 clause: một hai BA bốn năm'],
		applied: 1
	},
	'words and another level': {
		offline: replace(1, 'ba', 'BA'),
		others: level(1, 'point'),
		then: ['#1 point: một hai BA bốn năm', TWO],
		applied: 1
	},
	'words in front of a cut (LW2)': {
		offline: replace(1, 'một', 'MỘT'),
		others: split('#1', 8),
		then: ['#1 clause: MỘT hai ', 'new clause: ba bốn năm', TWO],
		applied: 1
	},
	'words behind a cut (LW3)': {
		offline: replace(1, 'năm', 'NĂM'),
		others: split('#1', 8),
		then: ['#1 clause: một hai ', BESIDE('một hai ba bốn NĂM'), 'new clause: ba bốn năm', TWO],
		applied: 0,
		beside: 1
	},
	'words of a block that others joined to the one above (LW3)': {
		offline: replace(2, 'bảy', 'BẢY'),
		others: join(2),
		then: ['#1 clause: một hai ba bốn nămsáu bảy tám', BESIDE('sáu BẢY tám')],
		applied: 0,
		beside: 1
	},

	'a new block and nothing (LW4)': { offline: add(2, 'mới'), others: nothing, then: [ONE, 'new clause: mới', TWO], applied: 1 },
	'a new block and another there (LW4)': {
		offline: add(2, 'mới'),
		others: add(2, 'khác'),
		then: [ONE, 'new clause: mới', 'new clause: khác', TWO],
		applied: 1
	},
	'a new block behind one that is gone (LW4)': {
		offline: add(3, 'mới'),
		others: remove(2),
		then: [ONE, 'new clause: mới'],
		applied: 1
	},
	'a new block behind one that moved (LW4)': {
		offline: add(2, 'mới'),
		others: move(1, 2),
		then: [TWO, ONE, 'new clause: mới'],
		applied: 1
	},
	'two new blocks in a row (LW4)': {
		offline: all(add(2, 'sau'), add(2, 'trước')),
		others: replace(1, 'ba', 'BA'),
		then: ['#1 clause: một hai BA bốn năm', 'new clause: trước', 'new clause: sau', TWO],
		applied: 2
	},

	'a block taken out and nothing (LW5)': { offline: remove(1), others: nothing, then: [TWO], applied: 1 },
	'a block taken out that others changed (LW5)': {
		offline: remove(1),
		others: replace(1, 'ba', 'BA'),
		then: ['#1 clause: một hai BA bốn năm', TWO],
		applied: 0
	},
	'a block taken out by both (LW5)': { offline: remove(1), others: remove(1), then: [TWO], applied: 0 },
	'a block taken out that moved (LW5)': { offline: remove(1), others: move(1, 2), then: [TWO], applied: 1 },

	'a move and nothing (LW5)': { offline: move(1, 2), others: nothing, then: [TWO, ONE], applied: 1 },
	'a move and other words (LW5)': {
		offline: move(1, 2),
		others: replace(1, 'ba', 'BA'),
		then: [TWO, '#1 clause: một hai BA bốn năm'],
		applied: 1
	},
	'a move and another move of it (LW5)': { offline: move(1, 2), others: move(1, 0), then: [], applied: 0 },
	'a move of a block that is gone (LW5)': { offline: move(1, 2), others: remove(1), then: [TWO], applied: 0 },

	'a level and nothing (LW5)': { offline: level(2, 'point'), others: nothing, then: [ONE, '#2 point: sáu bảy tám'], applied: 1 },
	'a level and other words (LW5)': {
		offline: level(2, 'point'),
		others: replace(2, 'sáu', 'SÁU'),
		then: [ONE, '#2 point: SÁU bảy tám'],
		applied: 1
	},
	'a level and another level (LW5)': {
		offline: level(2, 'point'),
		others: level(2, 'indent'),
		then: [ONE, '#2 indent: sáu bảy tám'],
		applied: 0
	},
	'a kind and other words (LW5)': {
		offline: kind(2, 'paragraph'),
		others: replace(2, 'sáu', 'SÁU'),
		then: [ONE, '#2 paragraph: SÁU bảy tám'],
		applied: 1
	},
	'a kind and a level (LW5)': {
		offline: kind(2, 'paragraph'),
		others: level(2, 'point'),
		then: [ONE, '#2 point: sáu bảy tám'],
		applied: 0
	},

	'a cut and nothing (LW6)': {
		offline: split('#1', 8),
		others: nothing,
		then: ['#1 clause: một hai ', 'new clause: ba bốn năm', TWO],
		applied: 1
	},
	'a cut and words on both sides of it (LW6)': {
		offline: split('#1', 8),
		others: all(replace(1, 'một', 'MỘT'), replace(1, 'năm', 'NĂM')),
		then: ['#1 clause: MỘT hai ', 'new clause: ba bốn NĂM', TWO],
		applied: 1
	},
	'a cut with words, and other words (LW6)': {
		offline: all(split('#1', 8), replace(2, 'năm', 'NĂM')),
		others: replace(1, 'một', 'MỘT'),
		then: ['#1 clause: MỘT hai ', 'new clause: ba bốn NĂM', TWO],
		applied: 1
	},
	'a cut with words, and the same words (LW6)': {
		offline: all(split('#1', 8), replace(2, 'năm', 'NĂM')),
		others: replace(1, 'năm', 'Năm'),
		then: ['#1 clause: một hai ba bốn Năm', BESIDE('ba bốn NĂM'), TWO],
		applied: 0,
		beside: 1
	},
	'a cut of a block that is gone (LW6)': {
		offline: all(split('#1', 8), replace(2, 'năm', 'NĂM')),
		others: remove(1),
		then: [BESIDE('ba bốn NĂM'), TWO],
		applied: 0,
		beside: 1
	},
	'a join and nothing (LW6)': {
		offline: join(2),
		others: nothing,
		then: ['#1 clause: một hai ba bốn nămsáu bảy tám'],
		applied: 1
	},
	'a join and words of both (LW6)': {
		offline: join(2),
		others: all(replace(1, 'một', 'MỘT'), replace(2, 'tám', 'TÁM')),
		then: ['#1 clause: MỘT hai ba bốn nămsáu bảy TÁM'],
		applied: 1
	},
	'a join across a new block (LW6)': {
		offline: join(2),
		others: add(2, 'giữa'),
		then: ['#1 clause: một hai ba bốn nămsáu bảy tám', 'new clause: giữa'],
		applied: 1
	},
	'a join with words, and the same words (LW6)': {
		offline: all(join(2), replace(1, 'bảy', 'BẢY')),
		others: replace(2, 'bảy', 'Bảy'),
		then: [ONE, BESIDE('một hai ba bốn nămsáu BẢY tám'), '#2 clause: sáu Bảy tám'],
		applied: 0,
		beside: 1
	},
	'a join of a block that is gone (LW6)': { offline: join(2), others: remove(2), then: [ONE], applied: 0 }
};

describe('late work of one person meets the work of others', () => {
	for (const [name, { offline, others, then, applied, beside = 0 }] of Object.entries(CASES)) {
		test(name.includes('(') ? name : `${name} (LW2)`, () => {
			const { late, done } = Late.play(START, offline, others);
			const shown = linesOf(late.live);
			expect(shown).toEqual(then.length > 0 ? [...HEAD, ...then, ...TAIL] : [ONE, ...HEAD, TWO, ...TAIL]);
			expect(done).toEqual({ applied, beside });
		});
	}
});

describe('late work in a table', () => {
	const TABLE = tableOf(['một', 'hai'], ['ba', 'bốn'], ['năm', 'sáu']);
	const grid = (offline: Act, others: Act) => {
		const { late, done } = Late.play(TABLE, offline, others);
		return { cells: cellsOf(late.live), beside: linesOf(late.live).filter((line) => line.includes(SAID)), done };
	};

	test('is in the cells, and words of others in the same cell stay (LW7)', () => {
		const { cells, done } = grid(
			all(
				(p) => typeIn(p, 0, 0, 'X '),
				(p) => typeIn(p, 1, 1, ' Y', 3)
			),
			all(
				(p) => typeIn(p, 0, 0, ' Z', 3),
				(p) => typeIn(p, 2, 1, 'W')
			)
		);
		expect(cells).toEqual([
			['X một Z', 'hai'],
			['ba', 'bốn Y'],
			['năm', 'Wsáu']
		]);
		expect(done).toEqual({ applied: 1, beside: 0 });
	});

	test('stands beside the table where others changed the same words, or took the row or column out (LW7, LW3)', () => {
		const { cells, beside, done } = grid(
			all(
				(p) => typeIn(p, 0, 0, 'X'),
				(p) => typeIn(p, 1, 1, 'Y'),
				(p) => typeIn(p, 2, 0, 'Z/')
			),
			all(
				(p) => typeIn(p, 0, 0, 'U'),
				(p) => runIn(p, 1, 1, deleteRow)
			)
		);
		expect(cells).toEqual([
			['Umột', 'hai'],
			['Z/năm', 'sáu']
		]);
		expect(beside).toEqual([BESIDE('Xmột'), BESIDE('Ybốn')]);
		expect(done).toEqual({ applied: 1, beside: 2 });
	});

	test('of rows and columns is told apart from what others did to rows and columns (LW7)', () => {
		const added = all(
			(p) => runIn(p, 0, 0, addRowAfter),
			(p) => typeIn(p, 1, 0, 'mới')
		);
		expect(
			grid(
				added,
				all(
					(p) => runIn(p, 0, 1, addColumnAfter),
					(p) => typeIn(p, 0, 2, 'cột')
				)
			).cells
		).toEqual([
			['một', 'hai', 'cột'],
			['mới', '', ''],
			['ba', 'bốn', ''],
			['năm', 'sáu', '']
		]);
		expect(grid(added, added).cells.map((row) => row[0])).toEqual(['một', 'mới', 'mới', 'ba', 'năm']);
		expect(grid((p) => moveRow(p, 0, 2), added).cells.map((row) => row[0])).toEqual(['mới', 'ba', 'năm', 'một']);
		expect(
			grid(
				(p) => runIn(p, 1, 0, deleteRow),
				(p) => typeIn(p, 2, 0, 'X')
			).cells.map((row) => row[0])
		).toEqual(['một', 'Xnăm']);
		expect(
			grid(
				(p) => runIn(p, 1, 0, deleteRow),
				(p) => typeIn(p, 1, 0, 'X')
			).cells.map((row) => row[0])
		).toEqual(['một', 'Xba', 'năm']);
		expect(
			grid(
				(p) => runIn(p, 0, 1, deleteColumn),
				(p) => typeIn(p, 1, 0, 'X')
			).cells
		).toEqual([['một'], ['Xba'], ['năm']]);
		expect(
			grid(
				(p) => runIn(p, 0, 1, deleteColumn),
				(p) => typeIn(p, 1, 1, 'X')
			).cells[1]
		).toEqual(['ba', 'Xbốn']);
	});

	test('aligns a cell that nobody else aligned (LW7)', () => {
		const { late } = Late.play(
			TABLE,
			all(
				(p) => setInCell(p, 0, 0, 'align', 'right'),
				(p) => setInCell(p, 1, 0, 'align', 'right')
			),
			all(
				(p) => setInCell(p, 1, 0, 'align', 'center'),
				(p) => typeIn(p, 0, 0, 'X')
			)
		);
		expect(late.live.doc.firstChild!.children.map((row) => row.firstChild!.attrs.align as string)).toEqual([
			'right',
			'center',
			null
		]);
	});

	test('with merged cells is beside as a table, or as it was made when nobody else changed the table (LW7)', () => {
		const offline: Act = all(
			(p) => runIn(p, 2, 0, addRowAfter),
			(p) => typeIn(p, 3, 0, 'mới')
		);
		const empty = tableOf(['một', ''], ['ba', 'bốn'], ['năm', 'sáu']);
		const { late, done } = Late.play(empty, offline, (p) => merge(p, 0, 0, 0, 1));
		expect(done).toEqual({ applied: 0, beside: 1 });
		expect(cellsOf(late.live)[0]).toEqual(['một+1x0']);
		const [own, said, offered] = late.live.doc.children;
		expect([own.childCount, said.textContent, offered.childCount, offered.lastChild!.textContent]).toEqual([3, SAID, 4, 'mới']);
		const alone = Late.play(empty, (p) => merge(p, 0, 0, 0, 1));
		expect(cellsOf(alone.late.live)[0]).toEqual(['một+1x0']);
		expect(alone.done).toEqual({ applied: 1, beside: 0 });
		// In cells of the same grid each is told apart all the same.
		const cells = Late.play(
			empty,
			(p) => typeIn(p, 1, 0, 'X'),
			(p) => merge(p, 0, 0, 0, 1)
		);
		expect(cellsOf(cells.late.live)).toEqual([['một+1x0'], ['Xba', 'bốn'], ['năm', 'sáu']]);
	});

	test('that is gone by now stands beside, whole (LW3)', () => {
		const { late, done } = Late.play(
			TABLE,
			(p) => typeIn(p, 0, 0, 'X'),
			(p) => p.deleteBlock(0)
		);
		expect(done.beside).toBe(1);
		expect(cellsOf(late.live)).toEqual([
			['Xmột', 'hai'],
			['ba', 'bốn'],
			['năm', 'sáu']
		]);
	});
});

describe('late work in a header block', () => {
	const { documentHeader, headerField, provision } = schema.nodes;
	const field = (name: string, words: string) => headerField.create({ name }, schema.text(words));
	const HEADER = documentToUpdate(
		schema.node('doc', null, [
			documentHeader.create({ uid: 'head' }, [field('agency', 'Sở Tư pháp'), field('subject', 'về việc')]),
			provision.create({ uid: '#0', level: 'article' }, schema.text('Phạm vi'))
		])
	);
	const inField =
		(nth: number, old: string, words: string): Act =>
		(person) => {
			const header = person.doc.firstChild!;
			const start = 1 + header.children.slice(0, nth).reduce((sum, { nodeSize }) => sum + nodeSize, 0) + 1;
			const at = header.child(nth).textContent.indexOf(old);
			person.dispatch(person.state.tr.insertText(words, start + at, start + at + old.length));
		};
	const withFields =
		(change: (fields: ReturnType<typeof field>[]) => void): Act =>
		(person) => {
			const header = person.doc.firstChild!;
			const fields = [...header.children];
			change(fields);
			person.dispatch(person.state.tr.replaceWith(1, 1 + header.content.size, fields));
		};

	test('is in its fields, or behind the header where others changed the same words (LW2, LW3)', () => {
		const { late, done } = Late.play(
			HEADER,
			all(inField(0, 'Sở', 'Ban'), inField(1, 'việc', 'VIỆC')),
			all(inField(0, 'pháp', 'PHÁP'), inField(1, 'việc', 'chuyện'))
		);
		expect(late.live.texts.slice(0, 2)).toEqual(['{Ban Tư PHÁP}{về chuyện}', `<italic:${SAID}>[hardBreak]về VIỆC`]);
		expect(done).toEqual({ applied: 1, beside: 1 });
	});

	test('adds a field, and takes out one that nobody changed (LW5)', () => {
		const offline = withFields((fields) => fields.splice(1, 1, field('number', 'số 1')));
		expect(Late.play(HEADER, offline, inField(0, 'pháp', 'PHÁP')).shown[0]).toBe('{Sở Tư PHÁP}{số 1}');
		expect(Late.play(HEADER, offline, inField(1, 'việc', 'chuyện')).shown[0]).toBe('{Sở Tư pháp}{số 1}{về chuyện}');
	});
});

test('what two readings have in common is no late work (LW1)', () => {
	const late = new Late(START);
	expect(lateWork(late.offline.doc, late.live.doc)).toBeNull();
	replace(1, 'ba', 'BA')(late.offline);
	expect(late.work.after.blocks).toHaveLength(1);
});

test('comments stay at the words that were cut, joined or left beside what was written (LW6, MK3)', () => {
	const { live, offline, bringIn } = tagging();
	all(replace(1, 'một', 'MỘT'), split('#1', 12), join(3))(offline);
	bringIn();
	expect(live.texts.slice(1, 4)).toEqual(['MỘT hai ba b', 'ốn nămsáu bảy tám', 'Đối tượng']);
	expect([...live.shared.model.tags('comment:')].map(({ name, from, to }) => [name, from, to])).toEqual([
		['comment:7', 4, 12],
		['comment:8', 6, 9],
		['comment:7', 0, 2]
	]);
});

/** The words `hai ba bốn` and `sáu` have comments. */
function tagging() {
	const late = new Late(START);
	late.live.ydoc.getText('#1').format(4, 10, { 'comment:7': true });
	late.live.ydoc.getText('#2').format(0, 3, { 'comment:8': true });
	return { live: late.live, offline: late.offline, bringIn: () => late.bringIn() };
}

test('footnotes that are edited by both keep the text of the others, and the words of the person stand beside (LW3)', () => {
	const note = (text: string) => schema.nodes.footnote.create({ uid: 'note', text });
	const start = documentToUpdate(
		schema.node('doc', null, [schema.nodes.paragraph.create({ uid: 'p' }, [schema.text('một '), note('cũ')])])
	);
	const edit =
		(text: string): Act =>
		(person) =>
			person.dispatch(person.state.tr.setNodeAttribute(5, 'text', text));
	const { late, done } = Late.play(start, edit('của Hoa'), edit('của Bình'));
	expect(done).toEqual({ applied: 0, beside: 1 });
	const notes: [string, string][] = [];
	late.live.doc.descendants(
		({ type: { name }, attrs }) => void (name === 'footnote' && notes.push([attrs.uid as string, attrs.text as string]))
	);
	expect(notes).toEqual([
		['note', 'của Bình'],
		[expect.not.stringMatching(/^note$/), 'của Hoa']
	]);
});

test('a block that both put there is there once, with what the person wrote beside (LW3, LW4)', () => {
	const made =
		(words: string): Act =>
		(person) =>
			void person.dispatch(
				person.state.tr.insert(
					person.before(2),
					schema.nodes.provision.create({ uid: 'made', level: 'clause' }, schema.text(words))
				)
			);
	const { late } = Late.play(START, made('của Hoa'), made('của Bình'));
	expect(linesOf(late.live).slice(1, 4)).toEqual([ONE, 'new clause: của Bình', BESIDE('của Hoa')]);
	expect(Late.play(START, made('như nhau'), made('như nhau')).done).toEqual({ applied: 0, beside: 0 });
});

test(
	'whatever both did, each letter that somebody wrote is there once and none of others is lost (LW2, LW3, LW4, LW5, LW6, LW7)',
	{ timeout: 120_000 },
	() => {
		for (let seed = 1; seed <= 150; seed++) expect(playLate({ seed, steps: 3 + (seed % 6) }), `history ${seed}`).toEqual([]);
	}
);
