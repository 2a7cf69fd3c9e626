import { Fragment, Slice } from '@tiptap/pm/model';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { documentToUpdate, readDocument } from '../../src/lib/text/body.ts';
import { Person, provisions, REMOTE, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'point', 'article', 'clause'];
const START = provisions(LEVELS, (nth) => `Nội dung số ${nth}`);

const seated: Person[] = [];
afterEach(() => {
	for (const person of seated.splice(0)) person.destroy();
});

function people(count: number): Person[] {
	const made = Array.from({ length: count }, (_p, nth) => new Person(START, { clientId: 11 + nth }));
	seated.push(...made);
	return made;
}

/** The updates that a person makes while they act. */
function updatesOf({ ydoc }: Person, act: () => void): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const listen = (update: Uint8Array, origin: unknown) => void (origin !== REMOTE && updates.push(update));
	ydoc.on('update', listen);
	act();
	ydoc.off('update', listen);
	return updates;
}

/** What a person's text holds in Yjs: letters, and markers as `|`. */
function stored({ shared: { model } }: Person, name: string): string {
	return model
		.text(name)
		.toDelta()
		.map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : '|'))
		.join('');
}

function split(person: Person, index: number, offset: number): void {
	person.cursorIn(index, offset);
	person.run(enterInProvision('nd30'));
}

describe('parts', () => {
	test('a split sets a marker into the text, and rewrites no letter (PA1, WR1)', () => {
		const [a] = people(1);
		const [update] = updatesOf(a, () => split(a, 1, 4));
		expect(stored(a, '#1')).toBe('Nội |dung số 1');
		expect(a.texts.slice(1, 3)).toEqual(['Nội ', 'dung số 1']);
		expect(new TextDecoder().decode(update)).not.toContain('dung');
	});

	test('two that are joined to one block at the same moment stand in it one behind the other, the same for all (PA3)', () => {
		const [a, b] = people(2);
		a.run(moveSubtree(2, 0));
		sync(a, b);
		// A joins what stands behind the first block, B deletes across from it into the next but one.
		a.joinUp(1);
		b.deleteAcross(0, 100, 2, 0);
		sync(a, b);
		expect(a.shown).toEqual(b.shown);
		expect(a.texts.join(' ').match(/Nội dung số \d/g)).toHaveLength(4);
	});

	test.each([0, 100])('a split at an end of a text, %i letters in, makes a new text and sets no marker (PA4)', (offset) => {
		const [a] = people(1);
		split(a, 1, offset);
		expect(stored(a, '#1')).toBe('Nội dung số 1');
		expect(a.texts).toHaveLength(LEVELS.length + 1);
	});
});

test('undo of a split leaves its marker and its birth, redo finds them again (EX1)', () => {
	const [a] = people(1);
	split(a, 1, 4);
	const { uid } = a.leaves[2];
	a.undo();
	expect(a.texts[1]).toBe('Nội dung số 1');
	expect(stored(a, '#1')).toBe('Nội |dung số 1');
	expect(a.shared.model.entries.births.has(uid)).toBe(true);
	a.redo();
	expect(a.leaves[2].uid).toBe(uid);
});

describe('places', () => {
	test('the second half of a split has no place until somebody moves it: it stands behind the first (PL2)', () => {
		const [a, b] = people(2);
		split(a, 1, 4);
		const { uid } = a.leaves[2];
		expect(a.shared.model.entries.placeOf(uid)).toBeNull();
		b.run(moveSubtree(1, 0));
		sync(a, b);
		expect(a.texts.slice(0, 2)).toEqual(['Nội ', 'dung số 1']);
		expect(a.doc.eq(b.doc)).toBe(true);
	});

	test('moving an article with all that belongs to it writes one key (PL5)', () => {
		const [a] = people(1);
		const before = new Map(a.shared.model.entries.map.entries());
		a.run(moveSubtree(0, 5));
		const after = a.shared.model.entries.map;
		expect([...after.keys()].filter((key) => after.get(key) !== before.get(key))).toEqual(['#0/place']);
		expect(a.leaves.map(({ uid }) => uid)).toEqual(['#3', '#4', '#0', '#1', '#2']);
	});
});

test('of two who make stretches bold that overlap, and one who takes it off elsewhere, each gets what they meant (MK1)', () => {
	const [a, b] = people(2);
	a.mark(1, 2, 6);
	b.mark(1, 4, 9);
	sync(a, b);
	expect(a.texts[1]).toBe('Nộ<bold:i dung >số 1');
	b.dispatch(b.state.tr.removeMark(b.at(1, 0), b.at(1, 4), b.schema.marks.bold));
	sync(a, b);
	expect(a.texts[1]).toBe('Nội <bold:dung >số 1');
});

describe('writing', () => {
	test('what stands behind a deletion across blocks, or behind pasted ones, is not written again (WR3)', () => {
		const [a, b] = people(2);
		b.mark(2, 9, 13);
		const across = updatesOf(a, () => a.deleteAcross(1, 4, 2, 4));
		sync(a, b);
		expect(a.texts[1]).toBe('Nội dung <bold:số 2>');
		const { provision } = a.schema.nodes;
		const pasted = ['một', 'hai'].map((text) => provision.create({ level: 'clause' }, a.schema.text(text)));
		const paste = updatesOf(a, () => a.paste(a.at(1, 4), new Slice(Fragment.fromArray(pasted), 1, 1)));
		expect(a.texts.slice(1, 3)).toEqual(['Nội một', 'haidung <bold:số 2>']);
		for (const update of [...across, ...paste]) expect(new TextDecoder().decode(update)).not.toContain('dung');
	});

	test('a provision with a reference to itself is joined like any other, and the reference follows (WR3)', () => {
		const [a, b] = people(2);
		const { reference } = a.schema.nodes;
		a.dispatch(a.state.tr.insert(a.at(2, 13), reference.create({ uid: 'r', target: '#2', text: 'khoản này' })));
		sync(a, b);
		b.delete(2, 0, 4);
		const [update] = updatesOf(a, () => {
			const joined = a.state.tr.join(a.before(2));
			a.dispatch(joined.setNodeAttribute(a.at(1) + 26, 'target', '#1'));
		});
		sync(a, b);
		expect(a.corrections).toBe(0);
		for (const person of [a, b]) {
			expect(person.texts[1]).toBe('Nội dung số 1dung số 2[reference]');
			expect(person.doc.child(1).lastChild!.attrs.target).toBe('#1');
		}
		expect(new TextDecoder().decode(update)).not.toContain('dung');
	});

	test('only the hits of a replacement are written, not what lies between (WR2)', () => {
		const [a, b] = people(2);
		const change = a.state.tr;
		for (const at of [10, 4]) change.insertText('X', a.at(1, at), a.at(1, at + 1));
		b.mark(1, 5, 8);
		const [update] = updatesOf(a, () => a.dispatch(change));
		sync(a, b);
		expect(a.texts[1]).toBe('Nội X<bold:ung> sX 1');
		expect(new TextDecoder().decode(update)).not.toContain('ung');
	});

	test.each(
		Object.entries<(a: Person) => void>({
			'a letter': (a) => {
				a.cursorIn(1, 3);
				a.type('x');
			},
			'a split': (a) => split(a, 1, 4),
			'a join': (a) => a.joinUp(2),
			'a move': (a) => void a.run(moveSubtree(0, 5)),
			'a footnote': (a) => a.footnote(1, 3, 'note')
		})
	)('%s is one update, and one undo takes it back (WR4)', (_name, act) => {
		const [a] = people(1);
		const before = a.doc;
		// The caret is no update.
		const updates = updatesOf(a, () => act(a));
		expect(updates).toHaveLength(1);
		expect(Y.decodeUpdate(updates[0]).structs.length).toBeGreaterThan(0);
		a.undo();
		expect(a.doc.eq(before)).toBe(true);
	});
});

test('a table that was taken out is seen again, on open pages too, when a colleague wrote into a cell that was empty (EX2, RE1)', () => {
	const { nodes } = documentSchema;
	const cell = (col: string) => nodes.tableCell.create({ col }, nodes.paragraph.create());
	const rows = ['r0', 'r1'].map((uid) => nodes.tableRow.create({ uid }, ['c0', 'c1'].map(cell)));
	const start = documentToUpdate(
		documentSchema.node('doc', null, [nodes.paragraph.create({ uid: 'p' }), nodes.table.create({ uid: 'T' }, rows)])
	);
	const [a, b] = [11, 12].map((clientId) => new Person(start, { clientId }));
	a.deleteBlock(1);
	// A page that has never shown the cell.
	const c = new Person(Y.encodeStateAsUpdate(a.ydoc), { clientId: 13 });
	seated.push(a, b, c);
	expect(c.doc.childCount).toBe(1);
	let at = 0;
	b.doc.descendants((node, position) => void (node.type.name === 'tableCell' && (at = position + 2)));
	b.select(at);
	b.type('x');
	sync(a, b, c);
	for (const person of [a, b, c]) {
		expect(person.doc.lastChild?.textContent).toBe('x');
		expect(person.doc.eq(readDocument(person.ydoc, documentSchema))).toBe(true);
	}
});
