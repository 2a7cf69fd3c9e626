import { describe, expect, test } from 'vitest';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { Person, provisions, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause', 'clause'];
const START = provisions(LEVELS, (nth) => `Nội dung số ${nth} của văn bản`);

/** What B does to a provision, and which one that is. */
const STRUCTURE: Record<string, { at: number; act: (b: Person) => void }> = {
	'moves it': { at: 6, act: (b) => void b.run(moveSubtree(6, 2)) },
	'splits it': {
		at: 2,
		act: (b) => {
			b.cursorIn(2, 8);
			b.run(enterInProvision('nd30'));
		}
	},
	'joins it to the one above': { at: 2, act: (b) => b.joinUp(2) },
	'makes it a legal basis': { at: 2, act: (b) => b.setKind(2, 'legalBasis') }
};

/** What A does to its text at the same moment, and how the text then reads. */
const EDITS: Record<string, { act: (a: Person, at: number) => void; text: (nth: number) => string }> = {
	'types bold': { act: (a, at) => a.typeBold(at, 12, 'ĐẬM'), text: (nth) => `Nội dung số <bold:ĐẬM>${nth} của văn bản` },
	'makes eight letters bold': { act: (a, at) => a.mark(at, 12, 20), text: (nth) => `Nội dung số <bold:${nth} của vă>n bản` },
	'deletes eight letters': { act: (a, at) => a.delete(at, 12, 20), text: () => 'Nội dung số n bản' },
	'puts a footnote in': { act: (a, at) => a.footnote(at, 12, 'note'), text: (nth) => `Nội dung số [footnote]${nth} của văn bản` },
	'changes the level': { act: (a, at) => a.setLevel(at, 'indent'), text: (nth) => `Nội dung số ${nth} của văn bản` }
};

function both(): [Person, Person] {
	return [new Person(START, { clientId: 11 }), new Person(START, { clientId: 12 })];
}

function expectSame(...people: Person[]): void {
	for (const person of people.slice(1)) expect(person.shown).toEqual(people[0].shown);
	for (const person of people) {
		expect(person.doc.eq(people[0].doc)).toBe(true);
		expect(person.corrections).toBe(0);
		person.doc.check();
	}
}

describe('while one changes the structure of a provision, another edits its text (WR1)', () => {
	for (const [structure, { at, act }] of Object.entries(STRUCTURE)) {
		for (const [edit, { act: edits, text }] of Object.entries(EDITS)) {
			test(`B ${structure}, A ${edit}: both happened`, () => {
				const [a, b] = both();
				act(b);
				edits(a, at);
				sync(a, b);
				expectSame(a, b);
				const whole = text(at);
				if (structure === 'splits it') expect(a.texts[2] + a.texts[3]).toBe(whole);
				else if (structure === 'joins it to the one above') expect(a.texts[1]).toBe(`Nội dung số 1 của văn bản${whole}`);
				else expect(a.texts).toContain(whole);
				const uid = `#${at}`;
				const shown = a.shown.find((line) => line.startsWith(`${uid} `));
				if (structure === 'moves it') expect(a.leaves[2].uid).toBe(uid);
				if (structure === 'makes it a legal basis') expect(shown).toMatch(/^#2 legalBasis: |^#2 indent: /);
				if (edit === 'changes the level' && ['moves it', 'splits it'].includes(structure)) expect(shown).toContain(' indent: ');
			});
		}
	}
});

describe('two change the structure at the same moment', () => {
	test('both move one article, with what belongs to it: it stands at one place, whole', () => {
		const [a, b] = both();
		b.run(moveSubtree(5, 0));
		a.run(moveSubtree(5, 1));
		sync(a, b);
		expectSame(a, b);
		const uids = a.leaves.map(({ uid }) => uid);
		const at = uids.indexOf('#5');
		expect([...uids].sort()).toEqual(LEVELS.map((_level, nth) => `#${nth}`));
		expect(uids.slice(at, at + 3)).toEqual(['#5', '#6', '#7']);
	});

	test('A moves the second article to the front, B the first to the end: both happened', () => {
		const [a, b] = both();
		a.run(moveSubtree(5, 0));
		b.run(moveSubtree(0, 8));
		sync(a, b);
		expectSame(a, b);
		expect(a.leaves.map(({ uid }) => uid)).toEqual(['#5', '#6', '#7', '#0', '#1', '#2', '#3', '#4']);
	});

	test('a clause that is added while its article moves goes with the article', () => {
		const [a, b] = both();
		b.run(moveSubtree(5, 0));
		a.cursorIn(6, 100);
		a.run(enterInProvision('nd30'));
		a.type('khoản mới');
		sync(a, b);
		expectSame(a, b);
		expect(a.texts.slice(0, 4)).toEqual([
			'Nội dung số 5 của văn bản',
			'Nội dung số 6 của văn bản',
			'khoản mới',
			'Nội dung số 7 của văn bản'
		]);
	});

	test('both split one provision: three parts in the order of the text', () => {
		const [a, b] = both();
		a.cursorIn(2, 4);
		a.run(enterInProvision('nd30'));
		b.cursorIn(2, 13);
		b.run(enterInProvision('nd30'));
		sync(a, b);
		expectSame(a, b);
		expect(a.texts.slice(2, 5)).toEqual(['Nội ', 'dung số 2', ' của văn bản']);
	});

	test('one splits a provision while the other joins the next one to it: the next stands behind the second half', () => {
		const [a, b] = both();
		a.cursorIn(2, 8);
		a.run(enterInProvision('nd30'));
		b.joinUp(3);
		sync(a, b);
		expectSame(a, b);
		expect(a.texts.slice(2, 4)).toEqual(['Nội dung', ' số 2 của văn bảnNội dung số 3 của văn bản']);
	});

	test('both add four clauses at one place: they do not interleave', () => {
		const [a, b] = both();
		for (const [person, name] of [
			[a, 'A'],
			[b, 'B']
		] as const) {
			person.cursorIn(1, 100);
			for (let nth = 1; nth < 5; nth++) {
				person.run(enterInProvision('nd30'));
				person.type(`${name}${nth}`);
			}
		}
		sync(a, b);
		expectSame(a, b);
		const added = a.texts.filter((text) => /^[AB]\d$/.test(text)).join(' ');
		expect(['A1 A2 A3 A4 B1 B2 B3 B4', 'B1 B2 B3 B4 A1 A2 A3 A4']).toContain(added);
	});
});
