import type { Node } from '@tiptap/pm/model';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { writeAnew } from '../../src/lib/text/write-anew.ts';
import { caretIn, linesOf, readAnew } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';
import { laterSchema } from './support/later-schema.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba', 'bốn năm sáu', 'Đối tượng', 'bảy tám'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);

/** A page of today and one of a later version, on one document. */
function pages(): [today: Person, later: Person] {
	return [new Person(START, { clientId: 11 }), new Person(START, { clientId: 12, schema: laterSchema })];
}

/** What only the later version has, as its page shows it. */
interface Things {
	/** Letters that are highlighted. */
	highlighted: string;
	formulas: string[];
	notes: string[];
	statuses: string[];
}

function thingsOf({ doc }: Person): Things {
	const things: Things = { highlighted: '', formulas: [], notes: [], statuses: [] };
	doc.descendants((node: Node) => {
		if (node.marks.some(({ type, attrs }) => type.name === 'highlight' && attrs.colour === 'green'))
			things.highlighted += node.isText ? node.text : '*';
		if (node.type.name === 'formula') things.formulas.push(`${node.attrs.uid} ${node.attrs.tex}`);
		if (node.type.name === 'note') things.notes.push(`${node.attrs.uid} ${node.attrs.tone} ${node.textContent}`);
		if (node.attrs.status) things.statuses.push(`${node.attrs.uid} ${node.attrs.status}`);
	});
	return things;
}

/** The blocks that both know. */
const known = (person: Person) => linesOf(person).filter((line) => !line.startsWith('#note'));

/** All that the later version adds, about the second clause. */
function addThings(later: Person): void {
	const { marks, nodes } = laterSchema;
	const at = later.at(2);
	later.dispatch(
		later.state.tr
			.addMark(at + 4, at + 7, marks.highlight.create({ colour: 'green' }))
			.insert(at + 9, nodes.formula.create({ uid: 'formula', tex: 'x^2' }))
			.setNodeAttribute(at - 1, 'status', 'draft')
			.insert(later.before(3) + 1, nodes.note.create({ uid: '#note', tone: 'warm' }, laterSchema.text('ghi chú')))
	);
}

const ALL: Things = { highlighted: 'năm', formulas: ['formula x^2'], notes: ['#note warm ghi chú'], statuses: ['#2 draft'] };

function expectWhole(...all: readonly Person[]): void {
	for (const person of all) {
		expect(person.corrections).toBe(0);
		person.doc.check();
		expect(readAnew(person).toJSON()).toEqual(person.doc.toJSON());
	}
}

/** Written anew by a build of today, a text is the same to both. */
function expectSameAnew(today: Person, later: Person): void {
	const anew = writeAnew(today.ydoc, today.schema);
	for (const page of [today, later]) expect(new Person(anew, { schema: page.schema }).doc.toJSON()).toEqual(page.doc.toJSON());
}

/** What a page of today does to the second clause meanwhile. `letters` are those it adds; the things are as they were but for these. */
const ACTS: Record<string, { act: (today: Person) => void; adds?: string; things?: Partial<Things> }> = {
	'types before it': {
		act: (a) => {
			caretIn(a, '#2', 0);
			a.type('XY');
		},
		adds: 'XY'
	},
	'types at its end': {
		act: (a) => {
			caretIn(a, '#2', 100);
			a.type('XY');
		},
		adds: 'XY'
	},
	'splits it where it is highlighted': {
		act: (a) => {
			caretIn(a, '#2', 6);
			a.run(enterInProvision('nd30'));
		}
	},
	'splits it in front': {
		act: (a) => {
			caretIn(a, '#2', 2);
			a.run(enterInProvision('nd30'));
		}
	},
	// What is joined to another shows no status of its own; it keeps it for the day it is parted again.
	'joins it to the one above': { act: (a) => a.joinUp(2), things: { statuses: [] } },
	'moves it with its article': { act: (a) => void a.run(moveSubtree(0, a.doc.childCount)) },
	'moves it alone': { act: (a) => void a.run(moveSubtree(2, 1)) },
	'makes it a legal basis': { act: (a) => a.setKind(2, 'legalBasis'), things: { statuses: [] } },
	'sets its level': { act: (a) => a.setLevel(2, 'point') },
	'makes letters bold': { act: (a) => a.mark(2, 2, 6) },
	'deletes other letters': { act: (a) => a.delete(2, 0, 3) },
	'puts a footnote in': { act: (a) => a.footnote(2, 2, 'footnote') },
	'deletes from the clause above into it': { act: (a) => a.deleteAcross(1, 4, 2, 2), things: { statuses: [] } },
	'splits it and joins it again': {
		act: (a) => {
			caretIn(a, '#2', 5);
			a.run(enterInProvision('nd30'));
			a.joinUp(3);
		}
	}
};

describe('a page of today and one of a later version work on one provision', () => {
	for (const [name, { act, adds = '', things }] of Object.entries(ACTS)) {
		for (const isFirst of [true, false]) {
			test(`one of today ${name} ${isFirst ? 'after' : 'while'} the later one adds what only it knows: all of it stays, also when the text is written anew (RE2, RE3, MK3, AN1)`, () => {
				const [today, later] = pages();
				addThings(later);
				if (isFirst) sync(today, later);
				const before = today.doc;
				act(today);
				expect(today.doc).not.toBe(before);
				sync(today, later);
				expectWhole(today, later);
				expect(thingsOf(later)).toEqual({ ...ALL, ...things });
				expect(later.doc.textContent).toContain(adds);
				expectSameAnew(today, later);
				// What it did is seen on both pages.
				expect(known(later)).toEqual(known(today));
				today.undo();
				sync(today, later);
				expectWhole(today, later);
				expect(thingsOf(later)).toEqual(ALL);
				expect(known(later)).toEqual(LEVELS.map((level, nth) => `#${nth} ${level}: ${TEXTS[nth].replace(' sáu', ' s*áu')}`));
				today.redo();
				sync(today, later);
				expect(thingsOf(later)).toEqual({ ...ALL, ...things });
			});
		}
	}

	test('the page of today shows an unknown block and an unknown element as one opaque each, and marks and attributes not at all (RE3)', () => {
		const [today, later] = pages();
		addThings(later);
		sync(today, later);
		expect(today.texts).toEqual(['Phạm vi', 'một hai ba', 'bốn năm s[opaque]áu', '', 'Đối tượng', 'bảy tám']);
		expect(today.doc.child(3).type.name).toBe('opaqueBlock');
		expect(today.doc.child(2).attrs).not.toHaveProperty('status');
		expect([...today.shared.model.tags('highlight')]).toMatchObject([{ block: '#2', from: 4, to: 7 }]);
	});

	test('the page of today writes nothing because of what it cannot read (RE2)', () => {
		const [today, later] = pages();
		addThings(later);
		later.ydoc.getMap('blocks').set('#2/later', { than: 'today' });
		const before = Y.encodeStateVector(today.ydoc);
		const heard: unknown[] = [];
		today.ydoc.on('update', (_update: Uint8Array, origin: unknown) => heard.push(origin));
		today.receive(Y.encodeStateAsUpdate(later.ydoc, before));
		today.receive(Y.encodeStateAsUpdate(later.ydoc, before));
		expect(heard.length).toBeGreaterThan(0);
		expect(heard.filter((origin) => origin !== 'remote')).toEqual([]);
		expect(Y.decodeStateVector(Y.encodeStateVector(today.ydoc)).has(today.ydoc.clientID)).toBe(false);
		caretIn(today, '#2', 1);
		today.type('X');
		expect(today.ydoc.getMap('blocks').get('#2/later')).toEqual({ than: 'today' });
	});

	test('what the page of today types in a highlighted stretch, and behind it, is highlighted too (MK3)', () => {
		const [today, later] = pages();
		addThings(later);
		sync(today, later);
		caretIn(today, '#2', 5);
		today.type('X');
		caretIn(today, '#2', 8);
		today.type('Y');
		caretIn(today, '#2', 4);
		today.type('Z');
		today.mark(2, 5, 9);
		sync(today, later);
		expectWhole(today, later);
		expect(thingsOf(later).highlighted).toBe('nXămY');
	});

	test('an unknown block is moved, and written in at the same moment: both happened (RE3, WR1)', () => {
		const [today, later] = pages();
		addThings(later);
		sync(today, later);
		today.run(moveSubtree(3, 0));
		caretIn(later, '#note', 3);
		later.type('!');
		later.dispatch(later.state.tr.setNodeAttribute(later.before(3), 'tone', 'cold'));
		sync(today, later);
		expectWhole(today, later);
		expect(later.leaves[0].uid).toBe('#note');
		expect(thingsOf(later).notes).toEqual(['#note cold ghi! chú']);
	});

	test('an unknown block that the page of today removes is gone for both, and undo brings it back with its letters (EX2, RE3)', () => {
		const [today, later] = pages();
		addThings(later);
		sync(today, later);
		today.deleteBlock(3);
		sync(today, later);
		expectWhole(today, later);
		expect(thingsOf(later).notes).toEqual([]);
		today.undo();
		sync(today, later);
		expectWhole(today, later);
		expect(thingsOf(later).notes).toEqual(ALL.notes);
	});

	test('an unknown element that the page of today cuts out and pastes elsewhere is there with what it holds (RE3)', () => {
		const [today, later] = pages();
		addThings(later);
		sync(today, later);
		const at = today.at(2, 8);
		const cut = today.doc.slice(at, at + 3);
		today.dispatch(today.state.tr.delete(at, at + 3));
		today.paste(today.at(1, 3), cut);
		sync(today, later);
		expectWhole(today, later);
		expect(later.texts[1]).toBe('mộts[formula]á hai ba');
		expect(thingsOf(later).formulas).toEqual(ALL.formulas);
		later.dispatch(later.state.tr.setNodeAttribute(later.at(1, 4), 'tex', 'y'));
		sync(today, later);
		expect(thingsOf(later).formulas).toEqual(['formula y']);
	});
});
