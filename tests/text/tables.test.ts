import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import {
	addColumnAfter,
	addColumnBefore,
	addRowAfter,
	addRowBefore,
	deleteColumn,
	deleteRow,
	deleteTable,
	splitCell,
	toggleHeaderColumn,
	toggleHeaderRow
} from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import { expectSame, people } from './support/people.ts';
import { type Person, sync } from './support/person.ts';
import { play, type Story } from './support/stories.ts';
import { cellsOf, goTo, merge, moveRow, runIn, setInCell, tableOf, typeIn, widthsOf } from './support/tables.ts';

const START = tableOf(['một', 'hai'], ['ba', 'bốn']);

const STORIES: Record<string, Story<string[][]>> = {
	'A adds a row, B a column: every cell is there (TA1)': {
		a: (a) => runIn(a, 0, 0, addRowAfter),
		b: (b) => runIn(b, 0, 0, addColumnAfter),
		both: [
			['một', '', 'hai'],
			['', '', ''],
			['ba', '', 'bốn']
		],
		withoutA: [
			['một', '', 'hai'],
			['ba', '', 'bốn']
		],
		withoutB: [
			['một', 'hai'],
			['', ''],
			['ba', 'bốn']
		]
	},
	'both add a row behind the same (TA1)': {
		a: (a) => {
			runIn(a, 0, 0, addRowAfter);
			typeIn(a, 1, 0, 'A');
		},
		b: (b) => {
			runIn(b, 0, 0, addRowAfter);
			typeIn(b, 1, 1, 'B');
		},
		both: [
			['một', 'hai'],
			['A', ''],
			['', 'B'],
			['ba', 'bốn']
		],
		withoutA: [
			['một', 'hai'],
			['', 'B'],
			['ba', 'bốn']
		],
		withoutB: [
			['một', 'hai'],
			['A', ''],
			['ba', 'bốn']
		]
	},
	'both add a column, A in front and B behind the same (TA1)': {
		a: (a) => {
			runIn(a, 0, 1, addColumnBefore);
			typeIn(a, 1, 1, 'A');
		},
		b: (b) => {
			runIn(b, 0, 1, addColumnAfter);
			typeIn(b, 0, 2, 'B');
		},
		both: [
			['một', '', 'hai', 'B'],
			['ba', 'A', 'bốn', '']
		],
		withoutA: [
			['một', 'hai', 'B'],
			['ba', 'bốn', '']
		],
		withoutB: [
			['một', '', 'hai'],
			['ba', 'A', 'bốn']
		]
	},
	'A types in a row that B removes: it stands with just these letters (EX2)': {
		a: (a) => typeIn(a, 1, 1, 'X', 2),
		b: (b) => runIn(b, 1, 0, deleteRow),
		both: [
			['một', 'hai'],
			['', 'X']
		],
		withoutA: [['một', 'hai']],
		withoutB: [
			['một', 'hai'],
			['ba', 'bốXn']
		]
	},
	'A types in a column that B removes: it stands with just these letters (EX2)': {
		a: (a) => typeIn(a, 1, 0, 'X', 2),
		b: (b) => runIn(b, 0, 0, deleteColumn),
		both: [
			['', 'hai'],
			['X', 'bốn']
		],
		withoutA: [['hai'], ['bốn']],
		withoutB: [
			['một', 'hai'],
			['baX', 'bốn']
		]
	},
	'A types in a row that B moves (TA1)': {
		a: (a) => typeIn(a, 0, 1, 'X', 1),
		b: (b) => moveRow(b, 0, 1),
		both: [
			['ba', 'bốn'],
			['một', 'hXai']
		],
		withoutA: [
			['ba', 'bốn'],
			['một', 'hai']
		],
		withoutB: [
			['một', 'hXai'],
			['ba', 'bốn']
		]
	},
	'A removes one row, B the other: an empty one stays (TA4)': {
		a: (a) => runIn(a, 0, 0, deleteRow),
		b: (b) => runIn(b, 1, 0, deleteRow),
		both: [['', '']],
		withoutA: [['một', 'hai']],
		withoutB: [['ba', 'bốn']]
	},
	'A removes one column, B the other: an empty one stays (TA4)': {
		a: (a) => runIn(a, 0, 0, deleteColumn),
		b: (b) => runIn(b, 0, 1, deleteColumn),
		both: [[''], ['']],
		withoutA: [['một'], ['ba']],
		withoutB: [['hai'], ['bốn']]
	},
	'A merges a cell with an empty one, B types into that: its letters are seen (TA5)': {
		start: tableOf(['một', ''], ['ba', 'bốn']),
		a: (a) => merge(a, 0, 0, 0, 1),
		b: (b) => typeIn(b, 0, 1, 'X'),
		both: [
			['một', 'X'],
			['ba', 'bốn']
		],
		withoutA: [
			['một', 'X'],
			['ba', 'bốn']
		],
		withoutB: [['một+1x0'], ['ba', 'bốn']]
	},
	'A merges a cell with an empty one, B types into the first (TA5)': {
		start: tableOf(['một', ''], ['ba', 'bốn']),
		a: (a) => merge(a, 0, 0, 0, 1),
		b: (b) => typeIn(b, 0, 0, 'X', 3),
		both: [['mộtX+1x0'], ['ba', 'bốn']],
		withoutA: [
			['mộtX', ''],
			['ba', 'bốn']
		],
		withoutB: [['một+1x0'], ['ba', 'bốn']]
	},
	'A merges two filled cells, B types in the first (TA5)': {
		a: (a) => merge(a, 0, 0, 0, 1),
		b: (b) => typeIn(b, 0, 0, 'X', 1),
		both: [['mXột/hai+1x0'], ['ba', 'bốn']],
		withoutA: [
			['mXột', 'hai'],
			['ba', 'bốn']
		],
		withoutB: [['một/hai+1x0'], ['ba', 'bốn']]
	},
	'A merges two filled cells, B types in the second: what B typed stands where it was (TA5)': {
		a: (a) => merge(a, 0, 0, 0, 1),
		b: (b) => typeIn(b, 0, 1, 'X', 3),
		both: [
			['một/hai', 'X'],
			['ba', 'bốn']
		],
		withoutA: [
			['một', 'haiX'],
			['ba', 'bốn']
		],
		withoutB: [['một/hai+1x0'], ['ba', 'bốn']]
	},
	'A adds a column inside a cell that reaches over two: it belongs to it, also for B who types (TA5)': {
		start: tableOf(['một', '', 'x'], ['ba', 'bốn', 'y']),
		first: (person) => merge(person, 0, 0, 0, 1),
		a: (a) => runIn(a, 1, 0, addColumnAfter),
		b: (b) => typeIn(b, 0, 0, 'X', 3),
		both: [
			['mộtX+2x0', 'x'],
			['ba', '', 'bốn', 'y']
		],
		withoutA: [
			['mộtX+1x0', 'x'],
			['ba', 'bốn', 'y']
		],
		withoutB: [
			['một+2x0', 'x'],
			['ba', '', 'bốn', 'y']
		]
	},
	'A merges two cells while B adds a column between them: it belongs to the cell (TA5)': {
		start: tableOf(['một', ''], ['ba', 'bốn']),
		a: (a) => merge(a, 0, 0, 0, 1),
		b: (b) => runIn(b, 1, 0, addColumnAfter),
		both: [['một+2x0'], ['ba', '', 'bốn']],
		withoutA: [
			['một', '', ''],
			['ba', '', 'bốn']
		],
		withoutB: [['một+1x0'], ['ba', 'bốn']]
	},
	'A merges two cells below one another while B adds a row between them: it belongs to the cell (TA5)': {
		start: tableOf(['một', 'hai'], ['', 'bốn']),
		a: (a) => merge(a, 0, 0, 1, 0),
		b: (b) => runIn(b, 0, 1, addRowAfter),
		both: [['một+0x2', 'hai'], [''], ['bốn']],
		withoutA: [
			['một', 'hai'],
			['', ''],
			['', 'bốn']
		],
		withoutB: [['một+0x1', 'hai'], ['bốn']]
	},
	'A splits a merged cell while B types in it (TA5)': {
		start: tableOf(['một', ''], ['ba', 'bốn']),
		first: (person) => merge(person, 0, 0, 0, 1),
		a: (a) => runIn(a, 0, 0, splitCell),
		b: (b) => typeIn(b, 0, 0, 'X', 3),
		both: [
			['mộtX', ''],
			['ba', 'bốn']
		],
		withoutA: [['mộtX+1x0'], ['ba', 'bốn']],
		withoutB: [
			['một', ''],
			['ba', 'bốn']
		]
	},
	'A removes the last column that a cell reaches over while B types in the cell (TA5)': {
		start: tableOf(['một', '', 'x'], ['ba', 'bốn', 'y']),
		first: (person) => merge(person, 0, 0, 0, 1),
		a: (a) => runIn(a, 1, 1, deleteColumn),
		b: (b) => typeIn(b, 0, 0, 'X', 3),
		both: [
			['mộtX', 'x'],
			['ba', 'y']
		],
		withoutA: [
			['mộtX+1x0', 'x'],
			['ba', 'bốn', 'y']
		],
		withoutB: [
			['một', 'x'],
			['ba', 'y']
		]
	},
	'A merges three cells while B removes the last of their columns: the cell ends in the one before it (TA5)': {
		start: tableOf(['một', '', '', 'x'], ['a', 'b', 'c', 'd']),
		a: (a) => merge(a, 0, 0, 0, 2),
		b: (b) => runIn(b, 1, 2, deleteColumn),
		both: [
			['một+1x0', 'x'],
			['a', 'b', 'd']
		],
		withoutA: [
			['một', '', 'x'],
			['a', 'b', 'd']
		],
		withoutB: [
			['một+2x0', 'x'],
			['a', 'b', 'c', 'd']
		]
	},
	'A splits a line of a cell, B types in both halves of it (TA2)': {
		a: (a) => {
			goTo(a, 1, 1, 1);
			a.run(splitBlock);
		},
		b: (b) => {
			typeIn(b, 1, 1, 'Y', 3);
			typeIn(b, 1, 1, 'X', 0);
		},
		both: [
			['một', 'hai'],
			['ba', 'Xb/ốnY']
		],
		withoutA: [
			['một', 'hai'],
			['ba', 'XbốnY']
		],
		withoutB: [
			['một', 'hai'],
			['ba', 'b/ốn']
		]
	},
	'A joins two lines of a cell, B types in both (TA2)': {
		start: tableOf(['một/hai', 'ba']),
		a: (a) => {
			goTo(a, 0, 0, 0, 1);
			a.run(joinBackward);
		},
		b: (b) => {
			typeIn(b, 0, 0, 'Y', 0, 1);
			typeIn(b, 0, 0, 'X', 1, 0);
		},
		both: [['mXộtYhai', 'ba']],
		withoutA: [['mXột/Yhai', 'ba']],
		withoutB: [['mộthai', 'ba']]
	},
	'A joins two lines of a cell, B splits the second (TA2)': {
		start: tableOf(['một/hai ba', 'x']),
		a: (a) => {
			goTo(a, 0, 0, 0, 1);
			a.run(joinBackward);
		},
		b: (b) => {
			goTo(b, 0, 0, 3, 1);
			b.run(splitBlock);
		},
		both: [['mộthai/ ba', 'x']],
		withoutA: [['một/hai/ ba', 'x']],
		withoutB: [['mộthai ba', 'x']]
	},
	'both split one line of a cell (TA2)': {
		start: tableOf(['một hai ba', 'x']),
		a: (a) => {
			goTo(a, 0, 0, 3);
			a.run(splitBlock);
		},
		b: (b) => {
			goTo(b, 0, 0, 7);
			b.run(splitBlock);
		},
		both: [['một/ hai/ ba', 'x']],
		withoutA: [['một hai/ ba', 'x']],
		withoutB: [['một/ hai ba', 'x']]
	},
	'A makes the first row a header, B adds a column: its cell there is a header cell (TA3)': {
		a: (a) => runIn(a, 0, 0, toggleHeaderRow),
		b: (b) => runIn(b, 0, 0, addColumnAfter),
		both: [
			['*một', '*', '*hai'],
			['ba', '', 'bốn']
		],
		withoutA: [
			['một', '', 'hai'],
			['ba', '', 'bốn']
		],
		withoutB: [
			['*một', '*hai'],
			['ba', 'bốn']
		]
	},
	'A makes the first column a header, B adds a row: its cell there is a header cell (TA3)': {
		a: (a) => runIn(a, 0, 0, toggleHeaderColumn),
		b: (b) => runIn(b, 0, 0, addRowAfter),
		both: [
			['*một', 'hai'],
			['*', ''],
			['*ba', 'bốn']
		],
		withoutA: [
			['một', 'hai'],
			['', ''],
			['ba', 'bốn']
		],
		withoutB: [
			['*một', 'hai'],
			['*ba', 'bốn']
		]
	},
	'A makes the first row a header, B types in it (TA3)': {
		a: (a) => runIn(a, 0, 0, toggleHeaderRow),
		b: (b) => typeIn(b, 0, 1, 'X', 3),
		both: [
			['*một', '*haiX'],
			['ba', 'bốn']
		],
		withoutA: [
			['một', 'haiX'],
			['ba', 'bốn']
		],
		withoutB: [
			['*một', '*hai'],
			['ba', 'bốn']
		]
	}
};

describe('two work on one table at the same moment', () => {
	for (const [name, story] of Object.entries(STORIES)) {
		test(`${name}, and undo by each takes back what is theirs (UN1)`, () => play(START, story, cellsOf));
	}
});

describe('two work on one table, one after the other', () => {
	test('both type into a cell that neither had, since one added its row and the other its column (TA1)', () => {
		const [a, b] = people(2, START);
		runIn(a, 0, 0, addRowAfter);
		runIn(b, 0, 0, addColumnAfter);
		sync(a, b);
		typeIn(a, 1, 1, 'A');
		typeIn(b, 1, 1, 'B');
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['một', '', 'hai'],
			['', 'AB', ''],
			['ba', '', 'bốn']
		]);
	});

	test('a row that A removed and B keeps by what they type is there again when B goes on in it (EX2, EX3)', () => {
		const [a, b] = people(2, START);
		typeIn(b, 1, 1, 'X');
		runIn(a, 1, 0, deleteRow);
		sync(a, b);
		typeIn(b, 1, 1, 'Y', 1);
		sync(a, b);
		goTo(b, 1, 1);
		b.dispatch(b.state.tr.delete(b.state.selection.from, b.state.selection.from + 2));
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['một', 'hai'],
			['', '']
		]);
	});

	test('a table that A removes while B types in it stands with just these letters, and undo brings the rest (EX2, UN1)', () => {
		const [a, b] = people(2, START);
		runIn(a, 0, 0, deleteTable);
		typeIn(b, 1, 0, 'X', 1);
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['', ''],
			['X', '']
		]);
		a.undo();
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(b)).toEqual([
			['một', 'hai'],
			['bXa', 'bốn']
		]);
	});

	test('the empty row that stays can be written in, and others put beside it (TA4)', () => {
		const [a, b] = people(2, START);
		runIn(a, 0, 0, deleteRow);
		runIn(b, 1, 0, deleteRow);
		sync(a, b);
		typeIn(b, 0, 0, 'X');
		runIn(b, 0, 0, addRowBefore);
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['', ''],
			['X', '']
		]);
	});

	test('a cell does not reach over a column that is added where B took out the last one that it reached over (TA5)', () => {
		const [a, b] = people(2, tableOf(['một', '', 'x'], ['ba', 'bốn', 'y']));
		merge(a, 0, 0, 0, 1);
		sync(a, b);
		runIn(b, 1, 1, deleteColumn);
		sync(a, b);
		runIn(a, 1, 0, addColumnAfter);
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['một', '', 'x'],
			['ba', '', 'y']
		]);
	});

	test('a merged cell does not reach over one that shows only for its letters when these are deleted (TA5)', () => {
		const [a, b] = people(2, tableOf(['một', ''], ['ba', 'bốn']));
		merge(a, 0, 0, 0, 1);
		typeIn(b, 0, 1, 'X');
		sync(a, b);
		expect(cellsOf(a)[0]).toEqual(['một', 'X']);
		const before = a.corrections;
		goTo(a, 0, 1);
		const at = a.state.selection.from;
		a.dispatch(a.state.tr.delete(at, at + 1));
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)[0]).toEqual(['một', '']);
		expect(a.corrections).toBe(before);
	});
});

describe('widths and alignment', () => {
	const resize = (person: Person) => {
		for (const row of [0, 1]) setInCell(person, row, 1, 'colwidth', [120]);
	};

	test('A sets the width of a column, B adds a row: its cell has the width (TA6)', () => {
		const [a, b] = people(2, START);
		resize(a);
		runIn(b, 0, 0, addRowAfter);
		sync(a, b);
		expectSame(a, b);
		expect(widthsOf(b)).toEqual([
			[null, 120],
			[null, 120],
			[null, 120]
		]);
		a.undo();
		sync(a, b);
		expectSame(a, b);
		expect(widthsOf(b)).toEqual([
			[null, null],
			[null, null],
			[null, null]
		]);
	});

	test('A sets the width of a column, B adds one in front of it and merges: each keeps its own (TA6, TA5)', () => {
		const [a, b] = people(2, tableOf(['một', ''], ['ba', 'bốn']));
		resize(a);
		runIn(b, 0, 0, addColumnAfter);
		merge(b, 0, 1, 0, 2);
		sync(a, b);
		expectSame(a, b);
		expect(widthsOf(b)).toEqual([
			[null, 0, 120],
			[null, null, 120]
		]);
	});

	test('A aligns a cell, B types in it and makes its row a header: all of it stands (TA3)', () => {
		const [a, b] = people(2, START);
		setInCell(a, 0, 1, 'align', 'right');
		runIn(b, 0, 0, toggleHeaderRow);
		typeIn(b, 0, 1, 'X');
		sync(a, b);
		expectSame(a, b);
		expect(cellsOf(a)).toEqual([
			['*một', '*Xhai'],
			['ba', 'bốn']
		]);
		expect(a.doc.firstChild!.firstChild!.children.map(({ attrs }) => attrs.align)).toEqual([null, 'right']);
	});
});
