import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import type { Node } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import type { Command } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { enterInRecipients } from '../../src/lib/documents/editor/structure/enter.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../src/lib/text/body.ts';
import { caretIn, expectSame, linesOf, people } from './support/people.ts';
import { type Person, sync } from './support/person.ts';
import { play, type Story } from './support/stories.ts';

const { bulletList, listItem, paragraph, recipients } = documentSchema.nodes;

const text = (uid: string, letters: string) => paragraph.create({ uid }, documentSchema.text(letters));
const item = (...content: Node[]) => listItem.create(null, content);
const start = (...blocks: Node[]) => documentToUpdate(documentSchema.node('doc', null, blocks));

/** Two lines with one below the first, a paragraph, two recipients. */
const START = start(
	bulletList.create(null, [item(text('#a', 'một'), bulletList.create(null, [item(text('#b', 'hai'))])), item(text('#c', 'ba'))]),
	text('#p', 'sau'),
	recipients.create(null, [text('#x', 'tỉnh'), text('#y', 'xã')])
);
const BELOW = ['#p paragraph: sau', '#x recipients: tỉnh', '#y recipients: xã'];
const LINES = ['#a - : một', '#b -- : hai', '#c - : ba', ...BELOW];

/** One dash for each depth of a line of a list, `+` for what is not the first of its line. */
const seen = (person: Person) =>
	linesOf(person, ({ kind, attrs }) =>
		kind === 'listItem' ? `${'-'.repeat(Number(attrs.depth) + 1)} ${attrs.more ? '+' : ''}` : kind
	);
const run =
	(uid: string, command: Command, offset = 0) =>
	(person: Person) => {
		caretIn(person, uid, offset);
		if (!person.run(command)) throw new Error('the command does not apply');
	};
const type = (uid: string, offset: number, letters: string) => (person: Person) => {
	caretIn(person, uid, offset);
	person.type(letters);
};
const [enter, indent, lift, wrap] = [
	splitListItem(listItem),
	sinkListItem(listItem),
	liftListItem(listItem),
	wrapInList(bulletList)
];

const STORIES: Record<string, Story<string[]>> = {
	'Enter in a line that the other types in (WR1)': {
		a: run('#a', enter, 1),
		b: type('#a', 2, 'X'),
		both: ['#a - : m', 'new - : ộXt', '#b -- : hai', '#c - : ba', ...BELOW],
		withoutA: ['#a - : mộXt', ...LINES.slice(1)],
		withoutB: ['#a - : m', 'new - : ột', '#b -- : hai', '#c - : ba', ...BELOW]
	},
	'Enter at the end of a line while the other types in the next (WR1)': {
		a: run('#c', enter, 9),
		b: type('#c', 2, 'X'),
		both: ['#a - : một', '#b -- : hai', '#c - : baX', 'new - : ', ...BELOW],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : baX', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c - : ba', 'new - : ', ...BELOW]
	},
	'both make a line behind the same (WR1)': {
		a: (a) => {
			run('#c', enter, 9)(a);
			a.type('A');
		},
		b: (b) => {
			run('#c', enter, 9)(b);
			b.type('B');
		},
		both: ['#a - : một', '#b -- : hai', '#c - : ba', 'new - : A', 'new - : B', ...BELOW],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : ba', 'new - : B', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c - : ba', 'new - : A', ...BELOW]
	},
	'a line is put deeper while the other types in it (WR1)': {
		a: run('#c', indent),
		b: type('#c', 1, 'X'),
		both: ['#a - : một', '#b -- : hai', '#c -- : bXa', ...BELOW],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : bXa', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c -- : ba', ...BELOW]
	},
	'a line is put deeper while the other types in another (WR1)': {
		a: run('#c', indent),
		b: type('#a', 0, 'X'),
		both: ['#a - : Xmột', '#b -- : hai', '#c -- : ba', ...BELOW],
		withoutA: ['#a - : Xmột', '#b -- : hai', '#c - : ba', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c -- : ba', ...BELOW]
	},
	'a line is lifted while the other types in it and presses Enter (WR1)': {
		a: run('#b', lift),
		b: (b) => {
			run('#b', enter, 1)(b);
			b.type('X');
		},
		both: ['#a - : một', '#b - : h', 'new -- : Xai', '#c - : ba', ...BELOW],
		withoutA: ['#a - : một', '#b -- : h', 'new -- : Xai', '#c - : ba', ...BELOW],
		withoutB: ['#a - : một', '#b - : hai', '#c - : ba', ...BELOW]
	},
	'a line becomes a paragraph while the other types in it (WR1)': {
		a: run('#c', lift),
		b: type('#c', 1, 'X'),
		both: ['#a - : một', '#b -- : hai', '#c paragraph: bXa', ...BELOW],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : bXa', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c paragraph: ba', ...BELOW]
	},
	'a line becomes a paragraph while the other splits it: the new one is a line of a list of its own (WR1, RE4)': {
		a: run('#c', lift),
		b: run('#c', enter, 1),
		both: ['#a - : một', '#b -- : hai', '#c paragraph: b', 'new - : a', ...BELOW],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : b', 'new - : a', ...BELOW],
		withoutB: ['#a - : một', '#b -- : hai', '#c paragraph: ba', ...BELOW]
	},
	'a paragraph becomes a line while the other types in it, and in the line it stands behind (WR1, WR6)': {
		a: run('#p', wrap),
		b: (b) => {
			type('#p', 1, 'X')(b);
			type('#c', 1, 'Y')(b);
		},
		both: ['#a - : một', '#b -- : hai', '#c - : bYa', '#p - : sXau', ...BELOW.slice(1)],
		withoutA: ['#a - : một', '#b -- : hai', '#c - : bYa', '#p paragraph: sXau', ...BELOW.slice(1)],
		withoutB: ['#a - : một', '#b -- : hai', '#c - : ba', '#p - : sau', ...BELOW.slice(1)]
	},
	'the line above is taken out of the list while the other puts the line below it deeper: it stands no deeper than it can (RE4)':
		{
			first: run('#c', indent),
			a: run('#a', lift),
			b: run('#c', indent),
			both: ['#a paragraph: một', '#b - : hai', '#c -- : ba', ...BELOW],
			withoutA: ['#a - : một', '#b -- : hai', '#c --- : ba', ...BELOW],
			withoutB: ['#a paragraph: một', '#b - : hai', '#c - : ba', ...BELOW]
		},
	'the line above is removed while the other types in the line below it (RE4)': {
		a: (a) => {
			caretIn(a, '#a');
			a.dispatch(a.state.tr.delete(a.state.selection.from, a.state.selection.from + 3));
			run('#b', lift)(a);
			run('#b', joinBackward)(a);
		},
		b: type('#b', 3, 'X'),
		both: ['#a - : ', '#b - +: haiX', '#c - : ba', ...BELOW],
		withoutA: ['#a - : một', '#b -- : haiX', '#c - : ba', ...BELOW],
		withoutB: ['#a - : ', '#b - +: hai', '#c - : ba', ...BELOW]
	},
	'Enter in a recipient that the other types in (WR1)': {
		a: run('#x', splitBlock, 2),
		b: type('#x', 3, 'X'),
		both: [...LINES.slice(0, 4), '#x recipients: tỉ', 'new recipients: nXh', '#y recipients: xã'],
		withoutA: [...LINES.slice(0, 4), '#x recipients: tỉnXh', '#y recipients: xã'],
		withoutB: [...LINES.slice(0, 4), '#x recipients: tỉ', 'new recipients: nh', '#y recipients: xã']
	},
	'two recipients are joined while the other types in both (WR1)': {
		a: run('#y', joinBackward),
		b: (b) => {
			type('#x', 0, 'X')(b);
			type('#y', 0, 'Y')(b);
		},
		both: [...LINES.slice(0, 4), '#x recipients: XtỉnhYxã'],
		withoutA: [...LINES.slice(0, 4), '#x recipients: Xtỉnh', '#y recipients: Yxã'],
		withoutB: [...LINES.slice(0, 4), '#x recipients: tỉnhxã']
	},
	'Enter in the empty last recipient leaves them while the other types in the one above (WR1)': {
		first: run('#y', splitBlock, 9),
		a: (a) => {
			a.select(a.doc.content.size - 2);
			a.run(enterInRecipients);
		},
		b: type('#y', 2, 'X'),
		both: [...LINES.slice(0, 5), '#y recipients: xãX', 'new paragraph: '],
		withoutA: [...LINES.slice(0, 5), '#y recipients: xãX', 'new recipients: '],
		withoutB: [...LINES.slice(0, 5), '#y recipients: xã', 'new paragraph: ']
	}
};

describe('two work on one list, or one block of recipients, at the same moment', () => {
	for (const [name, story] of Object.entries(STORIES)) {
		test(`${name}; undo by each takes back what is theirs (UN1)`, () => play(START, story, seen));
	}
});

describe('lists that come to stand side by side', () => {
	const PARTED = start(
		bulletList.create(null, [item(text('#a', 'một'))]),
		text('#p', 'giữa'),
		bulletList.create(null, [item(text('#b', 'hai'), bulletList.create(null, [item(text('#c', 'ba'))]))])
	);
	const lists = ({ doc }: Person) => doc.children.filter((node) => node.type === bulletList).length;

	test('are one when the paragraph between them is removed, also for who types in it then (WR6, EX2)', () => {
		const [a, b] = people(2, PARTED);
		a.deleteBlock(1);
		expect([lists(a), a.corrections]).toEqual([1, 0]);
		type('#c', 0, 'X')(b);
		sync(a, b);
		expectSame(a, b);
		expect(lists(b)).toBe(1);
		expect(seen(b)).toEqual(['#a - : một', '#b - : hai', '#c -- : Xba']);
		a.undo();
		sync(a, b);
		expectSame(a, b);
		expect(lists(b)).toBe(2);
		expect(seen(b)).toEqual(['#a - : một', '#p paragraph: giữa', '#b - : hai', '#c -- : Xba']);
	});

	test('stay two when a colleague typed into the paragraph between them (EX2, WR6)', () => {
		const [a, b] = people(2, PARTED);
		a.deleteBlock(1);
		type('#p', 4, 'X')(b);
		sync(a, b);
		expectSame(a, b);
		expect(lists(a)).toBe(2);
		expect(seen(a)).toEqual(['#a - : một', '#p paragraph: X', '#b - : hai', '#c -- : ba']);
	});

	test('are one when the paragraph between them becomes a line (WR6)', () => {
		const [a, b] = people(2, PARTED);
		run('#p', wrap)(a);
		type('#p', 0, 'X')(b);
		sync(a, b);
		expectSame(a, b);
		expect(lists(a)).toBe(1);
		expect(seen(a)).toEqual(['#a - : một', '#p - : Xgiữa', '#b - : hai', '#c -- : ba']);
	});

	test('two recipients, pasted beside the others, are of one block (WR6)', () => {
		const [a, b] = people(2, START);
		const end = a.doc.content.size;
		a.dispatch(a.state.tr.insert(end, recipients.create(null, [text('#z', 'huyện')])));
		type('#y', 0, 'X')(b);
		sync(a, b);
		expectSame(a, b);
		expect(a.doc.children.filter((node) => node.type === recipients).length).toBe(1);
		expect(seen(a).slice(-3)).toEqual(['#x recipients: tỉnh', '#y recipients: Xxã', '#z recipients: huyện']);
	});
});

describe('how deep a line stands', () => {
	const depths = ({ leaves }: Person) => leaves.filter(({ kind }) => kind === 'listItem').map(({ attrs }) => attrs.depth);
	const write = ({ ydoc }: Person, uid: string, depth: unknown) =>
		ydoc.transact(() => ydoc.getMap('blocks').set(`${uid}/@depth`, depth), 'somebody');

	test('is one step below the line before at most, and the first stands at the top (RE4)', () => {
		const [a, b] = people(2, START);
		write(a, '#a', 3);
		write(a, '#b', 7);
		write(a, '#c', 1);
		sync(a, b);
		expectSame(a, b);
		expect(depths(b)).toEqual([0, 1, 1]);
	});

	test('a depth that is no depth counts as none, one that is too great as the greatest (RE2, RE4)', () => {
		const [a, b] = people(2, START);
		for (const [wanted, found] of [
			['2', 0],
			[-3, 0],
			[Number.NaN, 0],
			[{ at: 1 }, 0],
			[1.4, 1],
			[1e9, 1]
		]) {
			write(a, '#b', wanted);
			sync(a, b);
			expectSame(a, b);
			expect(depths(b)).toEqual([0, found, 0]);
		}
	});

	test('no line stands deeper than eight others (RE4)', () => {
		const lines = Array.from({ length: 12 }, (_line, nth) => text(`#${nth}`, `dòng ${nth}`));
		const [a, b] = people(
			2,
			start(
				bulletList.create(
					null,
					lines.map((line) => item(line))
				)
			)
		);
		for (const nth of lines.keys()) write(a, `#${nth}`, nth);
		sync(a, b);
		expectSame(a, b);
		expect(depths(b)).toEqual(lines.map((_line, nth) => Math.min(8, nth)));
	});

	test('one who works where a line stands less deep than is written changes nothing of what is written elsewhere (RE4, RE2)', () => {
		const [a, b] = people(2, START);
		write(a, '#b', 7);
		sync(a, b);
		type('#b', 0, 'X')(b);
		run('#c', indent)(b);
		sync(a, b);
		expectSame(a, b);
		expect(depths(a)).toEqual([0, 1, 1]);
		expect(a.ydoc.getMap('blocks').get('#b/@depth')).toBe(7);
	});
});

test('a line keeps its uid in whatever it becomes: line, deeper line, paragraph, line again (WR1)', () => {
	const [a, b] = people(2, START);
	for (const command of [indent, lift, lift, wrap]) {
		run('#c', command)(a);
		sync(a, b);
		type('#c', 0, 'X')(b);
		sync(a, b);
		expectSame(a, b);
	}
	expect(seen(a)[2]).toBe('#c - : XXXXba');
	expect(a.shared.model.text('#c').length).toBe(6);
});

test('lists that meet when what stood between them is deleted keep their lines as deep as they were shown (WR5, RE4)', () => {
	const three = start(bulletList.create(null, [item(text('#a', 'một')), item(text('#b', 'hai')), item(text('#c', 'ba'))]));
	const [a, b] = people(2, three);
	run('#b', lift)(a);
	run('#c', indent)(b);
	sync(a, b);
	expect(seen(a)).toEqual(['#a - : một', '#b paragraph: hai', '#c - : ba']);
	a.deleteBlock(1);
	sync(a, b);
	expect(seen(a)).toEqual(['#a - : một', '#c - : ba']);
	expectSame(a, b);
});
