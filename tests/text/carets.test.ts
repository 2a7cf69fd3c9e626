import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import type { Node } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import { addColumnBefore, addRowBefore, deleteRow } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../src/lib/text/body.ts';
import { toAbsolute, toRelative } from '../../src/lib/text/positions.ts';
import { caretIn, expectSame, people } from './support/people.ts';
import { type Person, sync } from './support/person.ts';
import { goTo, moveRow, runIn, typeIn } from './support/tables.ts';

const { nodes } = documentSchema;
const letters = (text: string) => (text ? [documentSchema.text(text)] : []);
const text = (uid: string | null, content: string) => nodes.paragraph.create({ uid }, letters(content));
const item = (...content: Node[]) => nodes.listItem.create(null, content);
const fields = (...names: string[]) => names.map((name) => nodes.headerField.create({ name }, letters(`trường ${name}`)));
const cell = (col: string, ...lines: Node[]) => nodes.tableCell.create({ col }, lines);

const PROVISIONS = [
	['article', 'Phạm vi'],
	['clause', 'một hai ba'],
	['clause', 'bốn năm sáu'],
	['article', 'Đối tượng'],
	['clause', 'bảy']
];

/** Everything that has letters in it, in all the ways in which blocks can hold it. */
const START = documentToUpdate(
	documentSchema.node('doc', null, [
		nodes.documentHeader.create({ uid: 'head' }, fields('agency', 'subject')),
		...PROVISIONS.map(([level, content], nth) => nodes.provision.create({ uid: `#${nth}`, level }, letters(content))),
		nodes.bulletList.create(null, [
			item(text('#a', 'dòng'), nodes.bulletList.create(null, [item(text('#b', 'sâu'), text('#c', 'nữa'))])),
			item(text('#d', ''))
		]),
		nodes.table.create({ uid: 'T' }, [
			nodes.tableRow.create({ uid: 'r0' }, [
				cell('c0', text(null, 'ô'), text(null, ''), text(null, 'ba dòng')),
				cell('c1', text(null, ''))
			]),
			nodes.tableRow.create({ uid: 'r1' }, [
				cell(
					'c0',
					nodes.bulletList.create(null, [item(text(null, 'trong'), nodes.bulletList.create(null, [item(text(null, 'ô'))]))]),
					text(null, 'sau')
				),
				cell('c1', text(null, 'x'))
			])
		]),
		nodes.image.create({ uid: 'picture', src: '/api/files/1' }),
		nodes.paragraph.create({ uid: '#p' }, [
			...letters('gạch'),
			nodes.hardBreak.create(),
			...letters('và'),
			nodes.footnote.create({ uid: 'note', text: 'chú' })
		]),
		nodes.recipients.create(null, [text('#x', 'tỉnh'), text('#y', 'xã')]),
		nodes.signature.create({ uid: 'end' }, fields('signer'))
	])
);

const enter = (person: Person, uid: string, offset: number) => {
	caretIn(person, uid, offset);
	person.run(enterInProvision('nd30'));
};
const join = (person: Person, index: number) => person.joinUp(index);
/** Where each of these provisions stands among the top-level blocks at the beginning. */
const [ARTICLE, CLAUSE, NEXT, OTHER] = [1, 2, 3, 4];

/** Every position at which a caret can stand. */
function positions({ doc }: Person): number[] {
	return Array.from({ length: doc.content.size }, (_position, nth) => nth).filter(
		(position) => doc.resolve(position).parent.isTextblock
	);
}

/** The letters on both sides of a caret, and the block, cell or field that it is in. */
function around({ doc, state: { selection } }: Person): string {
	const { $head } = selection;
	const { parent, parentOffset } = $head;
	const side = (from: number, to: number) => parent.textBetween(from, to, '', '*');
	return `${side(0, parentOffset)}|${side(parentOffset, parent.content.size)}${doc.resolve($head.pos).depth > 1 ? ` in ${$head.node(-1).type.name}` : ''}`;
}

describe('every position is found again', () => {
	const HISTORIES: Record<string, (a: Person, b: Person) => void> = {
		'as the document began': () => {},
		'after splits, joins and moves': (a, b) => {
			enter(a, '#1', 4);
			enter(b, '#1', 7);
			b.mark(CLAUSE, 1, 3);
			sync(a, b);
			enter(b, '#2', 3);
			join(a, ARTICLE + 1);
			sync(a, b);
			a.run(moveSubtree(OTHER, ARTICLE));
			join(b, NEXT + 1);
			sync(a, b);
			a.setKind(NEXT, 'legalBasis');
		},
		'after lines were split and joined, rows moved and columns added': (a, b) => {
			goTo(a, 0, 0, 3, 2);
			a.run(splitBlock);
			goTo(b, 0, 0, 0, 2);
			b.run(joinBackward);
			sync(a, b);
			moveRow(a, 1, 0);
			runIn(b, 0, 1, addColumnBefore);
			caretIn(a, '#b', 1);
			a.run(splitListItem(nodes.listItem));
			sync(a, b);
			caretIn(b, '#b');
			b.run(liftListItem(nodes.listItem));
			caretIn(a, '#x', 2);
			a.run(splitBlock);
		},
		'after letters were deleted and came back': (a, b) => {
			a.deleteAcross(CLAUSE, 4, OTHER, 3);
			b.cursorIn(CLAUSE, 5);
			b.type('X');
			sync(a, b);
			a.undo();
		}
	};

	for (const [name, happens] of Object.entries(HISTORIES)) {
		test(`${name}, for all alike, on whichever side it holds on (PO1)`, () => {
			const [a, b] = people(2, START);
			happens(a, b);
			sync(a, b);
			expectSame(a, b);
			expect(positions(a).length).toBeGreaterThan(100);
			for (const position of positions(a)) {
				for (const assoc of [-1, 0]) {
					const relative = toRelative(a.shared.model, a.doc, position, assoc)!;
					for (const person of [a, b]) expect(toAbsolute(person.shared.model, relative), `${position} ${assoc}`).toBe(position);
				}
			}
		});
	}

	test('a position between blocks, rows or fields has no letters to hold on to (PO1)', () => {
		const [a] = people(1, START);
		const within = new Set(positions(a));
		for (let position = 0; position <= a.doc.content.size; position++)
			expect(toRelative(a.shared.model, a.doc, position) === null).toBe(!within.has(position));
	});

	test('a position in a text that is no block is nowhere (PO1, RE2)', () => {
		const [a] = people(1, START);
		a.ydoc.getText('stranger').insert(0, 'lạ');
		expect(toAbsolute(a.shared.model, Y.createRelativePositionFromTypeIndex(a.ydoc.getText('stranger'), 1))).toBe(null);
		expect(toAbsolute(a.shared.model, Y.createRelativePositionFromTypeIndex(a.ydoc.getMap('blocks') as never, 0))).toBe(null);
	});
});

/** Where the caret of A stands, what B does, and what is then around the caret. */
interface Story {
	caret?: (a: Person) => void;
	b: (b: Person) => void;
	around: string;
}

const inClause = (a: Person) => caretIn(a, '#1', 6);
const inCell = (a: Person) => goTo(a, 0, 0, 4, 2);
const inLine = (a: Person) => caretIn(a, '#b', 2);

const STORIES: Record<string, Story> = {
	'types before it': {
		b: (b) => {
			caretIn(b, '#1', 2);
			b.type('XYZ');
		},
		around: 'mộXYZt ha|i ba'
	},
	'types where it stands': {
		b: (b) => {
			caretIn(b, '#1', 6);
			b.type('XYZ');
		},
		around: 'một ha|XYZi ba'
	},
	'splits before it': { b: (b) => enter(b, '#1', 4), around: 'ha|i ba' },
	'splits where it stands': { b: (b) => enter(b, '#1', 6), around: 'một ha|' },
	'splits behind it': { b: (b) => enter(b, '#1', 8), around: 'một ha|i ' },
	'splits twice before it': {
		b: (b) => {
			enter(b, '#1', 2);
			caretIn(b, '#1');
			b.cursorIn(NEXT, 2);
			b.run(enterInProvision('nd30'));
		},
		around: 'ha|i ba'
	},
	'joins its block to the one above': { b: (b) => join(b, CLAUSE), around: 'Phạm vimột ha|i ba' },
	'joins the next block to its own': { b: (b) => join(b, NEXT), around: 'một ha|i babốn năm sáu' },
	'joins its block to the one above and splits that before it': {
		b: (b) => {
			join(b, CLAUSE);
			enter(b, '#0', 8);
		},
		around: 'ột ha|i ba'
	},
	'moves its block, with what is above it': { b: (b) => void b.run(moveSubtree(ARTICLE, 6)), around: 'một ha|i ba' },
	'moves its block alone, behind the next, and types in it': {
		b: (b) => {
			b.run(moveSubtree(CLAUSE, OTHER));
			caretIn(b, '#1', 0);
			b.type('X');
		},
		around: 'Xmột ha|i ba'
	},
	'moves another block to before it': { b: (b) => void b.run(moveSubtree(OTHER, ARTICLE)), around: 'một ha|i ba' },
	'makes another kind of its block': { b: (b) => b.setKind(CLAUSE, 'legalBasis'), around: 'một ha|i ba' },
	'sets its level': { b: (b) => b.setLevel(CLAUSE, 'point'), around: 'một ha|i ba' },
	'makes the letters around it bold': { b: (b) => b.mark(CLAUSE, 2, 8), around: 'một ha|i ba' },
	'replaces two letters around it in one go (WR2)': {
		b: (b) => {
			const change = b.state.tr.insertText('Y', b.at(CLAUSE, 9), b.at(CLAUSE, 10));
			b.dispatch(change.insertText('X', b.at(CLAUSE, 4), b.at(CLAUSE, 5)));
		},
		around: 'một Xa|i bY'
	},
	'deletes the letters on both sides': { b: (b) => b.delete(CLAUSE, 4, 8), around: 'một |ba' },
	'deletes across from the block above to before it': { b: (b) => b.deleteAcross(ARTICLE, 4, CLAUSE, 4), around: 'Phạmha|i ba' },
	'removes its block': { b: (b) => b.deleteBlock(CLAUSE), around: 'Phạm vi|' },
	'removes the block above': { b: (b) => b.deleteBlock(ARTICLE), around: 'một ha|i ba' },
	'types in a header field above it': {
		b: (b) => {
			b.select(3);
			b.type('X');
		},
		around: 'một ha|i ba'
	},
	'adds a row above its own': { caret: inCell, b: (b) => runIn(b, 0, 0, addRowBefore), around: 'ba d|òng in tableCell' },
	'adds a column in front of its own': {
		caret: inCell,
		b: (b) => runIn(b, 0, 0, addColumnBefore),
		around: 'ba d|òng in tableCell'
	},
	'moves its row': { caret: inCell, b: (b) => moveRow(b, 0, 1), around: 'ba d|òng in tableCell' },
	'types in the line before it in its cell': {
		caret: inCell,
		b: (b) => typeIn(b, 0, 0, 'X', 0, 1),
		around: 'ba d|òng in tableCell'
	},
	'splits its line in its cell': {
		caret: inCell,
		b: (b) => {
			goTo(b, 0, 0, 3, 2);
			b.run(splitBlock);
		},
		around: 'd|òng in tableCell'
	},
	'joins its line to the one above in its cell': {
		caret: inCell,
		b: (b) => {
			goTo(b, 0, 0, 0, 1);
			b.run(joinBackward);
			goTo(b, 0, 0, 0, 1);
			b.run(joinBackward);
		},
		around: 'ôba d|òng in tableCell'
	},
	'removes its row': {
		caret: (a) => {
			inCell(a);
			a.type('X');
		},
		b: (b) => runIn(b, 0, 0, deleteRow),
		around: 'X| in tableCell'
	},
	'puts its line deeper': {
		caret: (a) => caretIn(a, '#d'),
		b: (b) => {
			caretIn(b, '#d');
			b.run(sinkListItem(nodes.listItem));
			b.type('X');
		},
		around: '|X in listItem'
	},
	'lifts its line': {
		caret: inLine,
		b: (b) => {
			caretIn(b, '#b');
			b.run(liftListItem(nodes.listItem));
		},
		around: 'sâ|u in listItem'
	},
	'splits its line': {
		caret: inLine,
		b: (b) => {
			caretIn(b, '#b', 1);
			b.run(splitListItem(nodes.listItem));
		},
		around: 'â|u in listItem'
	},
	'types before it in its field': {
		caret: (a) => a.select(2 + 10),
		b: (b) => {
			b.select(2);
			b.type('X');
		},
		around: 'Xtrường age|ncy in documentHeader'
	},
	'joins its recipient to the one above': {
		caret: (a) => caretIn(a, '#y', 1),
		b: (b) => {
			caretIn(b, '#y');
			b.run(joinBackward);
		},
		around: 'tỉnhx|ã in recipients'
	}
};

describe('the caret of A stays at its letter', () => {
	for (const [name, { caret = inClause, b: acts, around: expected }] of Object.entries(STORIES)) {
		test(`while B ${name} (PO1)`, () => {
			const [a, b] = people(2, START);
			caret(a);
			acts(b);
			sync(a, b);
			expectSame(a, b);
			expect(around(a)).toBe(expected);
		});
	}

	test('a selection holds the same letters while B splits, joins and moves in it (PO1)', () => {
		const [a, b] = people(2, START);
		const selected = () => a.doc.textBetween(a.state.selection.from, a.state.selection.to, '/');
		a.cursorIn(CLAUSE, 4, 7);
		enter(b, '#1', 5);
		sync(a, b);
		expect(selected()).toBe('h/ai');
		b.run(moveSubtree(NEXT + 2, ARTICLE));
		sync(a, b);
		expect(selected()).toBe('h/ai');
		join(b, b.doc.children.findIndex(({ attrs }) => attrs.uid === '#1') + 1);
		sync(a, b);
		expect(selected()).toBe('hai');
		expect(a.state.selection.anchor).toBeLessThan(a.state.selection.head);
	});

	test('a selection that was made backwards stays so (PO1)', () => {
		const [a, b] = people(2, START);
		a.cursorIn(CLAUSE, 7, 4);
		enter(b, '#1', 2);
		sync(a, b);
		const { anchor, head } = a.state.selection;
		expect([a.doc.textBetween(head, anchor), anchor - head]).toEqual(['hai', 3]);
	});

	test('at the seam of two blocks that B joined it stays with the letter in front of it when B parts them (PO1)', () => {
		const [a, b] = people(2, START);
		join(b, NEXT);
		sync(a, b);
		caretIn(a, '#1', 10);
		b.undo();
		sync(a, b);
		expectSame(a, b);
		expect(around(a)).toBe('một hai ba|');
	});

	test('what A types after it goes where A sees the caret (PO1)', () => {
		const [a, b] = people(2, START);
		inClause(a);
		for (const word of ['X', 'Y', 'Z']) {
			enter(b, '#1', 1);
			caretIn(b, '#1', 100);
			b.type('B');
			sync(a, b);
			a.type(word);
			sync(a, b);
			join(b, NEXT);
			sync(a, b);
		}
		expectSame(a, b);
		expect(a.texts[CLAUSE].replaceAll('B', '')).toBe('một haXYZi ba');
	});
});

describe('after undo the caret stands behind what came back', () => {
	test('of a word, wherever the caret was (PO1)', () => {
		const [a, b] = people(2, START);
		a.delete(CLAUSE, 4, 7);
		sync(a, b);
		enter(b, '#1', 2);
		sync(a, b);
		caretIn(a, '#4', 1);
		a.undo();
		expect(around(a)).toBe('t hai| ba');
		a.redo();
		expect(around(a)).toBe('t | ba');
		sync(a, b);
		expectSame(a, b);
	});

	test('of a block that was removed (PO1)', () => {
		const [a, b] = people(2, START);
		a.deleteBlock(CLAUSE);
		sync(a, b);
		caretIn(a, '#4', 1);
		a.undo();
		expect(around(a)).toBe('một hai ba|');
		sync(a, b);
		expectSame(a, b);
	});

	test('and the caret of the colleague stays where it was (PO1)', () => {
		const [a, b] = people(2, START);
		a.delete(CLAUSE, 0, 4);
		sync(a, b);
		caretIn(b, '#1', 3);
		a.undo();
		sync(a, b);
		expect(around(b)).toBe('một hai| ba');
		expectSame(a, b);
	});
});
