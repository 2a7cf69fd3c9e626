import { joinBackward } from '@tiptap/pm/commands';
import { Fragment, Slice } from '@tiptap/pm/model';
import { addRowBefore } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { writeAnew } from '../../src/lib/text/write-anew.ts';
import { caretIn, expectSame, people } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';
import { goTo, moveRow, runIn, tableOf } from './support/tables.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba', 'bốn năm sáu', 'Đối tượng', 'bảy tám'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);

/** What the server does when somebody comments on letters of a text. */
function comment({ ydoc }: Person, text: string, from: number, to: number, id = 7): void {
	ydoc.transact(() => ydoc.getText(text).format(from, to - from, { [`comment:${id}`]: true }), 'server');
}

/** The letters that are commented on, of each block that has some, in the order of the document. */
function commented({ leaves, shared: { model } }: Person, id = 7): string[] {
	const tags = [...model.tags('comment:')].filter(({ name }) => name === `comment:${id}`);
	return leaves.flatMap(({ uid, node }) => {
		const own = tags.filter(({ block }) => block === uid).toSorted((a, b) => a.from - b.from);
		const letters = own.map(({ from, to }) => node.textBetween(from, to, '', '*')).join('');
		return letters ? [`${uid.startsWith('#') ? uid : 'new'} ${letters}`] : [];
	});
}

const enter = (person: Person, uid: string, offset: number) => {
	caretIn(person, uid, offset);
	person.run(enterInProvision('nd30'));
};
const type = (person: Person, uid: string, offset: number, text: string) => {
	caretIn(person, uid, offset);
	person.type(text);
};

/** What A does to the clause of which three letters, `hai`, are commented on, and which letters are commented on then. */
const ACTS: Record<string, { act: (a: Person) => void; after: string[]; meanwhile?: string[] }> = {
	'splits before them': { act: (a) => enter(a, '#1', 2), after: ['new hai'] },
	'splits right before them': { act: (a) => enter(a, '#1', 4), after: ['new hai'] },
	'splits in them': { act: (a) => enter(a, '#1', 5), after: ['#1 h', 'new ai'] },
	'splits in them twice': {
		act: (a) => {
			enter(a, '#1', 6);
			enter(a, '#1', 5);
		},
		after: ['#1 h', 'new a', 'new i']
	},
	'splits right behind them': { act: (a) => enter(a, '#1', 7), after: ['#1 hai'] },
	'splits in them and joins again': {
		act: (a) => {
			enter(a, '#1', 5);
			a.joinUp(2);
		},
		after: ['#1 hai']
	},
	'joins the clause to the one above': { act: (a) => a.joinUp(1), after: ['#0 hai'] },
	'joins the next to it': { act: (a) => a.joinUp(2), after: ['#1 hai'] },
	'moves the article': { act: (a) => void a.run(moveSubtree(3, 0)), after: ['#1 hai'] },
	'moves the clause': { act: (a) => void a.run(moveSubtree(1, 3)), after: ['#1 hai'] },
	'makes it a legal basis': { act: (a) => a.setKind(1, 'legalBasis'), after: ['#1 hai'] },
	'makes it a paragraph': { act: (a) => a.setKind(1, 'paragraph'), after: ['#1 hai'] },
	'sets its level': { act: (a) => a.setLevel(1, 'point'), after: ['#1 hai'] },
	'makes some of them bold': { act: (a) => a.mark(1, 2, 6), after: ['#1 hai'] },
	'types before them': { act: (a) => type(a, '#1', 3, 'X'), after: ['#1 hai'] },
	'types right before them': { act: (a) => type(a, '#1', 4, 'X'), after: ['#1 hai'] },
	'types in them': { act: (a) => type(a, '#1', 5, 'X'), after: ['#1 hXai'] },
	// Neither knows of the other then, and Yjs puts the end of the mark behind what was typed.
	'types right behind them': { act: (a) => type(a, '#1', 7, 'X'), after: ['#1 hai'], meanwhile: ['#1 haiX'] },
	'types behind them': { act: (a) => type(a, '#1', 8, 'X'), after: ['#1 hai'] },
	'puts a footnote in them': { act: (a) => a.footnote(1, 5, 'note'), after: ['#1 h*ai'] },
	'deletes the first of them': { act: (a) => a.delete(1, 3, 5), after: ['#1 ai'] },
	'deletes the last of them': { act: (a) => a.delete(1, 6, 9), after: ['#1 ha'] },
	'deletes one amid them': { act: (a) => a.delete(1, 5, 6), after: ['#1 hi'] },
	'deletes all of them': { act: (a) => a.delete(1, 4, 7), after: [] },
	'deletes them with what is around them': { act: (a) => a.delete(1, 2, 9), after: [] },
	'deletes from the block above into them': { act: (a) => a.deleteAcross(0, 4, 1, 5), after: ['#0 ai'] },
	'deletes from them into the next block': { act: (a) => a.deleteAcross(1, 5, 2, 4), after: ['#1 h'] },
	'deletes across the whole clause': { act: (a) => a.deleteAcross(0, 4, 2, 4), after: [] },
	'removes the clause': { act: (a) => a.deleteBlock(1), after: [] },
	'removes the clause above': { act: (a) => a.deleteBlock(0), after: ['#1 hai'] }
};

describe('letters on which somebody commented', () => {
	for (const [name, { act, after, meanwhile = after }] of Object.entries(ACTS)) {
		// Whoever deletes all of them at that very moment leaves nothing that Yjs could mark.
		for (const isFirst of after.length > 0 ? [true, false] : [true]) {
			test(`A ${name} ${isFirst ? 'after' : 'while'} the server marks them: just those are commented on, for all, also after undo and redo, and when the text is written anew (MK3, MK4, UN1, AN1)`, () => {
				const [a, b, server] = people(3, START);
				comment(server, '#1', 4, 7);
				if (isFirst) sync(a, b, server);
				const before = a.doc;
				act(a);
				expect(a.doc).not.toBe(before);
				const expectCommented = (letters: string[], when: string) => {
					sync(a, b, server);
					expectSame(a, b, server);
					for (const person of [server, b, a]) expect(commented(person), when).toEqual(letters);
					expect(commented(new Person(writeAnew(server.ydoc, server.schema))), `${when}, anew`).toEqual(letters);
				};
				expectCommented(isFirst ? after : meanwhile, 'done');
				for (let round = 0; round < 2; round++) {
					a.undo();
					expectCommented(['#1 hai'], 'undone');
					a.redo();
					expectCommented(isFirst ? after : meanwhile, 'redone');
				}
			});
		}
	}

	test('B splits and types in them while A deletes some: what is left is commented on, and all of it after undo (MK3, UN1)', () => {
		const [a, b, server] = people(3, START);
		comment(server, '#1', 4, 10);
		sync(a, b, server);
		a.delete(1, 5, 8);
		enter(b, '#1', 6);
		type(b, '#1', 6, 'X');
		sync(a, b, server);
		expectSame(a, b, server);
		expect(commented(server)).toEqual(['#1 hX', 'new ba']);
		a.undo();
		sync(a, b, server);
		expectSame(a, b, server);
		expect(commented(server)).toEqual(['#1 haX', 'new i ba']);
	});

	test('two comments over one another are each over their own, whatever is done (MK3)', () => {
		const [a, b, server] = people(3, START);
		comment(server, '#1', 0, 7, 7);
		sync(a, b, server);
		comment(server, '#1', 4, 10, 8);
		enter(a, '#1', 5);
		b.mark(1, 3, 6);
		sync(a, b, server);
		expectSame(a, b, server);
		expect(commented(b, 7)).toEqual(['#1 một h', 'new ai']);
		expect(commented(b, 8)).toEqual(['#1 h', 'new ai ba']);
	});

	test('a comment that the server takes away is gone, in all parts of what it was over (MK3)', () => {
		const [a, b, server] = people(3, START);
		comment(server, '#1', 4, 7);
		sync(a, b, server);
		enter(a, '#1', 5);
		sync(a, b, server);
		server.ydoc.transact(
			() => server.ydoc.getText('#1').format(0, server.ydoc.getText('#1').length, { 'comment:7': null }),
			'server'
		);
		sync(a, b, server);
		expectSame(a, b, server);
		expect(commented(b)).toEqual([]);
	});

	test('in a cell they are found through moves of its row and new lines in it, by the name of the cell (MK3)', () => {
		const [a, b, server] = people(3, tableOf(['một', 'hai/ba'], ['x', 'y']));
		comment(server, 'r0:c1', 1, 5);
		moveRow(a, 0, 1);
		sync(a, b, server);
		runIn(b, 0, 0, addRowBefore);
		goTo(a, 1, 1, 0, 1);
		expect(a.run(joinBackward)).toBe(true);
		sync(a, b, server);
		expectSame(a, b, server);
		expect([...server.shared.model.tags('comment:')]).toEqual([{ block: 'r0:c1', name: 'comment:7', from: 1, to: 4 }]);
		a.undo();
		sync(a, b, server);
		expect([...server.shared.model.tags('comment:')]).toEqual([{ block: 'r0:c1', name: 'comment:7', from: 1, to: 5 }]);
	});

	describe('that are cut and pasted', () => {
		const START_OF: Record<string, (a: Person) => void> = {
			'a few words with them': (a) => a.cursorIn(1, 2, 9),
			'the words alone': (a) => a.cursorIn(1, 4, 7),
			'all words of the clause': (a) => a.cursorIn(1, 0, 99),
			'from the clause above to the next': (a) => a.select(a.at(0, 4), a.at(2, 3))
		};
		for (const [what, select] of Object.entries(START_OF))
			test(`${what}: they are commented on where they stand now, for all, and where they stood when it is undone (MK5)`, () => {
				const [a, b, server] = people(3, START);
				comment(server, '#1', 4, 7);
				sync(a, b, server);
				select(a);
				const cut = a.cut();
				sync(a, b, server);
				expect(commented(b)).toEqual([]);
				a.beginStep();
				a.paste(a.at(a.doc.childCount - 1, 3), cut);
				sync(a, b, server);
				expectSame(a, b, server);
				for (const person of [a, b, server]) expect(commented(person).join(' ')).toMatch(/^(#4|#1|new) hai$/);
				a.undo();
				sync(a, b, server);
				expect(commented(server)).toEqual([]);
				a.undo();
				sync(a, b, server);
				expectSame(a, b, server);
				expect(commented(server)).toEqual(['#1 hai']);
			});

		test('a copy takes no comment with it, and one that is pasted twice takes it once (MK5)', () => {
			const [a, b, server] = people(3, START);
			comment(server, '#1', 4, 7);
			sync(a, b, server);
			a.cursorIn(1, 2, 9);
			const slice = a.copy();
			a.paste(a.at(4, 3), slice);
			expect(commented(a)).toEqual(['#1 hai']);
			a.cursorIn(1, 2, 9);
			a.cut();
			a.paste(a.at(3, 1), slice);
			a.paste(a.at(2, 1), slice);
			sync(a, b, server);
			expectSame(a, b, server);
			expect(commented(server)).toEqual(['#3 hai']);
		});

		test('a passage over two clauses is cut and pasted as one (MK5)', () => {
			const [a, b, server] = people(3, START);
			comment(server, '#1', 4, 10);
			comment(server, '#2', 0, 3);
			sync(a, b, server);
			a.select(a.at(1, 2), a.at(2, 5));
			const cut = a.cut();
			a.paste(a.at(a.doc.childCount - 1, 0), cut);
			sync(a, b, server);
			expectSame(a, b, server);
			expect(commented(server).map((letters) => letters.split(' ').slice(1).join(' '))).toEqual(['hai ba', 'bốn']);
		});

		test('of words that a colleague has changed meanwhile nothing is tied to what was not commented on (MK5)', () => {
			const [a, b, server] = people(3, START);
			comment(server, '#1', 4, 7);
			sync(a, b, server);
			a.cursorIn(1, 2, 9);
			a.cut();
			a.paste(a.at(4, 3), new Slice(Fragment.from(a.schema.text('hai')), 0, 0));
			sync(a, b, server);
			expect(commented(server)).toEqual([]);
		});
	});
});
