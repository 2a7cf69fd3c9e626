import { describe, expect, test } from 'vitest';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { expectSame, linesOf, people } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba', 'bốn năm sáu', 'Đối tượng', 'bảy tám', 'chín mười'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);
const LINES = LEVELS.map((level, nth) => `#${nth} ${level}: ${TEXTS[nth]}`);

/** What two people do one after the other, or at the same moment, and what stands there when the first takes it back, and does it again. */
interface Story {
	a: (a: Person) => void;
	/** What B does without having heard of it. */
	meanwhile?: (b: Person) => void;
	/** What B does then. */
	b?: (b: Person) => void;
	/** The lines of both when A has taken it back, and when A has done it again. */
	undone: string[];
	redone: string[];
}

const enterAt = (person: Person, index: number, offset: number) => {
	person.cursorIn(index, offset);
	person.run(enterInProvision('nd30'));
};
const typeAt = (person: Person, index: number, offset: number, text: string) => {
	person.cursorIn(index, offset);
	person.type(text);
};
const instead = (...lines: string[]) => [LINES[0], ...lines, ...LINES.slice(3)];

const STORIES: Record<string, Story> = {
	'A splits a provision, B types in both halves': {
		a: (a) => enterAt(a, 1, 4),
		b: (b) => {
			typeAt(b, 1, 4, 'X');
			typeAt(b, 2, 3, 'Y');
		},
		undone: instead('#1 clause: một XhaiY ba', LINES[2]),
		redone: instead('#1 clause: một X', 'new clause: haiY ba', LINES[2])
	},
	'A splits a provision, B splits the second half again': {
		a: (a) => enterAt(a, 1, 3),
		b: (b) => enterAt(b, 2, 4),
		undone: instead('#1 clause: một hai', 'new clause:  ba', LINES[2]),
		redone: instead('#1 clause: một', 'new clause:  hai', 'new clause:  ba', LINES[2])
	},
	'A and B split a provision at the same moment': {
		a: (a) => enterAt(a, 1, 7),
		meanwhile: (b) => enterAt(b, 1, 3),
		undone: instead('#1 clause: một', 'new clause:  hai ba', LINES[2]),
		redone: instead('#1 clause: một', 'new clause:  hai', 'new clause:  ba', LINES[2])
	},
	'A splits a provision, B removes the second half': {
		a: (a) => enterAt(a, 1, 4),
		b: (b) => b.deleteBlock(2),
		undone: instead('#1 clause: một ', LINES[2]),
		redone: instead('#1 clause: một ', LINES[2])
	},
	'A adds a provision and types, B types in it': {
		a: (a) => {
			enterAt(a, 1, 100);
			a.type('mới');
		},
		b: (b) => typeAt(b, 2, 100, '!'),
		undone: instead(LINES[1], 'new clause: !', LINES[2]),
		redone: instead(LINES[1], 'new clause: mới!', LINES[2])
	},
	'A adds a provision and types, B does nothing to it': {
		a: (a) => {
			enterAt(a, 1, 100);
			a.type('mới');
		},
		undone: LINES,
		redone: instead(LINES[1], 'new clause: mới', LINES[2])
	},
	'A joins two provisions, B types in both halves': {
		a: (a) => a.joinUp(2),
		b: (b) => {
			typeAt(b, 1, 3, 'X');
			typeAt(b, 1, 14, 'Y');
		},
		undone: instead('#1 clause: mộtX hai ba', '#2 clause: bốnY năm sáu'),
		redone: instead('#1 clause: mộtX hai babốnY năm sáu')
	},
	'A joins two provisions, B types in both at the same moment': {
		a: (a) => a.joinUp(2),
		meanwhile: (b) => {
			typeAt(b, 1, 100, 'X');
			typeAt(b, 2, 0, 'Y');
		},
		undone: instead('#1 clause: một hai baX', '#2 clause: Ybốn năm sáu'),
		redone: instead('#1 clause: một hai baXYbốn năm sáu')
	},
	'A joins two provisions, B splits the joined text in its second half': {
		a: (a) => a.joinUp(2),
		b: (b) => enterAt(b, 1, 13),
		undone: instead(LINES[1], '#2 clause: bốn', 'new clause:  năm sáu'),
		redone: instead('#1 clause: một hai babốn', 'new clause:  năm sáu')
	},
	'A joins two provisions, B splits the joined text in its first half': {
		a: (a) => a.joinUp(2),
		b: (b) => enterAt(b, 1, 3),
		undone: instead('#1 clause: một', 'new clause:  hai ba', LINES[2]),
		redone: instead('#1 clause: một', 'new clause:  hai babốn năm sáu')
	},
	'A moves an article to the front, B adds a clause to it': {
		a: (a) => void a.run(moveSubtree(3, 0)),
		b: (b) => {
			enterAt(b, 1, 100);
			b.type('mới');
		},
		undone: [...LINES.slice(0, 5), 'new clause: mới', LINES[5]],
		redone: [...LINES.slice(3, 5), 'new clause: mới', LINES[5], ...LINES.slice(0, 3)]
	},
	'A moves an article to the front, B adds a clause to it at the same moment': {
		a: (a) => void a.run(moveSubtree(3, 0)),
		meanwhile: (b) => {
			enterAt(b, 4, 100);
			b.type('mới');
		},
		undone: [...LINES.slice(0, 5), 'new clause: mới', LINES[5]],
		redone: [...LINES.slice(3, 5), 'new clause: mới', LINES[5], ...LINES.slice(0, 3)]
	},
	'A sets a level, B types': {
		a: (a) => a.setLevel(2, 'point'),
		b: (b) => typeAt(b, 2, 3, 'X'),
		undone: instead(LINES[1], '#2 clause: bốnX năm sáu'),
		redone: instead(LINES[1], '#2 point: bốnX năm sáu')
	},
	'A sets a level, B sets another': {
		a: (a) => a.setLevel(2, 'point'),
		b: (b) => b.setLevel(2, 'indent'),
		undone: instead(LINES[1], '#2 indent: bốn năm sáu'),
		redone: instead(LINES[1], '#2 indent: bốn năm sáu')
	},
	'A makes a provision a legal basis, B types in it': {
		a: (a) => a.setKind(2, 'legalBasis'),
		b: (b) => typeAt(b, 2, 3, 'X'),
		undone: instead(LINES[1], '#2 clause: bốnX năm sáu'),
		redone: instead(LINES[1], '#2 legalBasis: bốnX năm sáu')
	},
	'A deletes across three provisions, B types where they were': {
		a: (a) => a.deleteAcross(1, 4, 3, 4),
		b: (b) => typeAt(b, 1, 4, 'X'),
		undone: instead('#1 clause: một hai baX', LINES[2]),
		redone: [LINES[0], '#1 clause: một Xtượng', ...LINES.slice(4)]
	},
	'A deletes across three provisions, B types in each at the same moment': {
		a: (a) => a.deleteAcross(1, 4, 3, 4),
		meanwhile: (b) => {
			typeAt(b, 1, 5, 'X');
			typeAt(b, 2, 4, 'Y');
			typeAt(b, 3, 2, 'Z');
		},
		undone: [LINES[0], '#1 clause: một hXai ba', '#2 clause: bốn Ynăm sáu', '#3 article: ĐốZi tượng', ...LINES.slice(4)],
		redone: [LINES[0], '#1 clause: một XZtượng', '#2 clause: Y', ...LINES.slice(4)]
	},
	'A removes a provision, B adds one where it was': {
		a: (a) => a.deleteBlock(2),
		b: (b) => {
			enterAt(b, 1, 100);
			b.type('mới');
		},
		undone: instead(LINES[1], 'new clause: mới', LINES[2]),
		redone: instead(LINES[1], 'new clause: mới')
	},
	'A removes a provision, B adds one behind it at the same moment': {
		a: (a) => a.deleteBlock(2),
		meanwhile: (b) => {
			enterAt(b, 2, 100);
			b.type('mới');
		},
		undone: instead(LINES[1], LINES[2], 'new clause: mới'),
		redone: instead(LINES[1], 'new clause: mới')
	},
	'A removes an article, B adds a clause to it at the same moment': {
		a: (a) => {
			for (let nth = 0; nth < 3; nth++) a.deleteBlock(3);
		},
		meanwhile: (b) => {
			enterAt(b, 4, 100);
			b.type('mới');
		},
		undone: [...LINES.slice(0, 5), 'new clause: mới', LINES[5]],
		redone: [...LINES.slice(0, 3), 'new clause: mới']
	}
};

describe('one takes back what another has built on (UN1, UN2)', () => {
	for (const [name, { a: acts, b: then, meanwhile, undone, redone }] of Object.entries(STORIES)) {
		test(`${name}; A takes it back, and does it again`, () => {
			const [a, b] = people(2, START);
			meanwhile?.(b);
			acts(a);
			sync(a, b);
			then?.(b);
			sync(a, b);
			for (let round = 0; round < 2; round++) {
				a.undo();
				sync(a, b);
				expectSame(a, b);
				expect(linesOf(a)).toEqual(undone);
				a.redo();
				sync(a, b);
				expectSame(a, b);
				expect(linesOf(a)).toEqual(redone);
			}
		});

		if (!then) continue;
		test(`${name}; B takes theirs back, and what A did stands (UN1)`, () => {
			const [a, b] = people(2, START);
			acts(a);
			sync(a, b);
			const before = a.shown;
			then(b);
			sync(a, b);
			expect(a.shown).not.toEqual(before);
			b.undo();
			sync(a, b);
			expectSame(a, b);
			expect(a.shown).toEqual(before);
		});
	}

	test('what a colleague did is not taken back, also when nothing else is left to take back (UN1)', () => {
		const [a, b] = people(2, START);
		typeAt(b, 1, 0, 'X');
		sync(a, b);
		expect(a.undo()).toBe(false);
		sync(a, b);
		expectSame(a, b);
		expect(linesOf(a)).toEqual(instead('#1 clause: Xmột hai ba', LINES[2]));
	});

	test('steps are taken back one by one, the last first (UN1)', () => {
		const [a, b] = people(2, START);
		enterAt(a, 1, 4);
		a.beginStep();
		a.joinUp(1);
		a.beginStep();
		a.setKind(0, 'paragraph');
		sync(a, b);
		typeAt(b, 0, 100, 'X');
		sync(a, b);
		const lines = () => {
			sync(a, b);
			expectSame(a, b);
			return linesOf(a).slice(0, -4);
		};
		a.undo();
		expect(lines()).toEqual(['#0 article: Phạm vimột X', 'new clause: hai ba']);
		a.undo();
		expect(lines()).toEqual(['#0 article: Phạm vi', '#1 clause: một X', 'new clause: hai ba']);
		a.undo();
		expect(lines()).toEqual(['#0 article: Phạm vi', '#1 clause: một Xhai ba']);
		for (let nth = 0; nth < 3; nth++) a.redo();
		expect(lines()).toEqual(['#0 paragraph: Phạm vimột X', 'new clause: hai ba']);
	});
});

describe('a provision that one removes while another types in it', () => {
	const removedWhileTyped = () => {
		const [a, b] = people(2, START);
		a.deleteBlock(2);
		typeAt(b, 2, 3, 'X');
		sync(a, b);
		expectSame(a, b);
		return [a, b] as const;
	};

	test('stands with just what the other typed, and is whole when the one takes it back (EX2, UN2)', () => {
		const [a, b] = removedWhileTyped();
		expect(linesOf(a)).toEqual(instead(LINES[1], '#2 clause: X'));
		a.undo();
		sync(a, b);
		expectSame(a, b);
		expect(linesOf(b)).toEqual(instead(LINES[1], '#2 clause: bốnX năm sáu'));
	});

	test('is gone when the other takes that back (EX2, UN1)', () => {
		const [a, b] = removedWhileTyped();
		b.undo();
		sync(a, b);
		expectSame(a, b);
		expect(linesOf(a)).toEqual(instead(LINES[1]));
	});

	test('is there again once somebody goes on in it, also without any letter (EX3)', () => {
		const [a, b] = removedWhileTyped();
		a.setLevel(2, 'point');
		a.delete(2, 0, 1);
		sync(a, b);
		expectSame(a, b);
		expect(linesOf(b)).toEqual(instead(LINES[1], '#2 point: '));
	});
});

test('an article that is cut and pasted stands where it stood when both are taken back, and again when both are done again (UN3)', () => {
	const person = new Person(provisions(['article', 'article'], (nth) => ['Phạm vi', 'Trách nhiệm:'][nth]!));
	person.select(person.at(1, 100));
	for (const text of ['Một', 'Hai', 'Ba']) {
		person.run(enterInProvision('nd30'));
		person.type(text);
	}
	const states = [person.shown];
	const step = (act: () => void) => {
		person.beginStep();
		act();
		states.push(person.shown);
	};
	person.select(person.at(1), person.at(3, 100));
	const { content } = person.state.selection.content();
	step(() => person.dispatch(person.state.tr.deleteSelection()));
	// The emptied article makes way for what comes, which is another then; its khoản are the same.
	const head = content.firstChild!;
	const pasted = content.replaceChild(0, head.type.create({ ...head.attrs, uid: null }, head.content));
	step(() => person.dispatch(person.state.tr.replaceWith(person.before(1), person.before(2), pasted)));
	expect(states.map((lines) => lines.map((line) => line.replace(/^\S+ /u, '')))).toEqual([
		['article: Phạm vi', 'article: Trách nhiệm:', 'clause: Một', 'clause: Hai', 'clause: Ba'],
		['article: Phạm vi', 'article: ', 'clause: Ba'],
		['article: Phạm vi', 'article: Trách nhiệm:', 'clause: Một', 'clause: Hai', 'clause: Ba']
	]);
	for (const nth of [1, 0]) {
		person.undo();
		expect(person.shown, `taken back to ${nth}`).toEqual(states[nth]);
	}
	for (const nth of [1, 2]) {
		person.redo();
		expect(person.shown, `done again to ${nth}`).toEqual(states[nth]);
	}
	expect(person.corrections).toBe(0);
	person.destroy();
});

describe('what is undone at once (UN4)', () => {
	const editing = () => new Person(START, { undoSteps: 'runs' });

	test('letters typed in a row, also over what a colleague does in front of them', () => {
		const [a, b] = [editing(), editing()];
		a.cursorIn(1, 3);
		for (const letter of ' rưỡi') {
			a.type(letter);
			typeAt(b, 0, 0, 'x');
			sync(a, b);
		}
		expect(a.doc.child(1).textContent).toBe('một rưỡi hai ba');
		a.undo();
		expect(a.doc.child(1).textContent).toBe('một hai ba');
	});

	test('not what was typed somewhere else right before', () => {
		const a = editing();
		a.cursorIn(2, 0);
		a.type('X');
		a.cursorIn(1, 3);
		a.type('Y');
		a.undo();
		expect([a.doc.child(1).textContent, a.doc.child(2).textContent]).toEqual(['một hai ba', 'Xbốn năm sáu']);
	});

	test.each(['paste', 'cut', 'drop'])('a %s apart from what is typed at its place before and after', (act) => {
		const a = editing();
		a.cursorIn(1, 10);
		a.type('1');
		a.dispatch(a.state.tr.insertText('DÁN').setMeta('uiEvent', act));
		a.type('2');
		const seen = [1, 2, 3].map(() => {
			a.undo();
			return a.doc.child(1).textContent;
		});
		expect(seen).toEqual(['một hai ba1DÁN', 'một hai ba1', 'một hai ba']);
	});
});
