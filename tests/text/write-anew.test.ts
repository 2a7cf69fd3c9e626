import { deleteRow } from '@tiptap/pm/tables';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { BLOCKS } from '../../src/lib/text/births.ts';
import { writeAnew } from '../../src/lib/text/write-anew.ts';
import { caretIn, people } from './support/people.ts';
import { Person, provisions, sync } from './support/person.ts';
import { runIn, tableOf } from './support/tables.ts';

const LEVELS = ['article', 'clause', 'clause', 'article', 'clause'];
const TEXTS = ['Phạm vi', 'một hai ba', 'bốn năm sáu', 'Đối tượng', 'bảy tám'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);

/** Somebody who opens the text after it was written anew. */
function anew({ ydoc, schema }: Person): Person {
	return new Person(writeAnew(ydoc, schema));
}

const entriesOf = ({ ydoc }: Person) => [...ydoc.getMap(BLOCKS).keys()].sort();

/** What Yjs names as authors of a text. */
const authorsOf = ({ ydoc }: Person) => [...ydoc.store.clients.keys()];

test('a text written anew is the same document with the same uids, by one author, and is written in like any other (AN1)', () => {
	const [a, b] = people(2, START);
	a.mark(1, 4, 7);
	a.footnote(2, 4, 'note');
	caretIn(b, '#1', 5);
	b.run(enterInProvision('nd30'));
	sync(a, b);
	a.run(moveSubtree(4, 0));
	const page = anew(a);
	expect(page.doc.toJSON()).toEqual(a.doc.toJSON());
	expect(authorsOf(page)).toHaveLength(1);
	caretIn(page, '#1', 2);
	page.type('X');
	page.run(enterInProvision('nd30'));
	page.joinUp(1);
	expect(page.corrections).toBe(0);
	page.undo();
	expect(page.doc.toJSON()).toEqual(a.doc.toJSON());
});

test('writing a text anew changes nothing in the one it is read from (AN1)', () => {
	const page = new Person(START);
	caretIn(page, '#1', 5);
	page.run(enterInProvision('nd30'));
	const before = Y.encodeStateAsUpdate(page.ydoc);
	anew(page);
	expect(Y.encodeStateAsUpdate(page.ydoc)).toEqual(before);
});

test('splits, joins and moves leave nothing behind: each block is one text with a place (AN2)', () => {
	const page = new Person(START);
	for (let round = 0; round < 5; round++) {
		caretIn(page, '#1', 5);
		page.run(enterInProvision('nd30'));
		page.joinUp(2);
		page.run(moveSubtree(1, 3));
		page.run(moveSubtree(2, 1));
	}
	expect(entriesOf(page).length).toBeGreaterThan(2 * LEVELS.length);
	const again = anew(page);
	expect(again.texts).toEqual(page.texts);
	expect(entriesOf(again)).toEqual(LEVELS.map((_level, nth) => `#${nth}`));
	expect(again.shared.model.pieces('#1')).toHaveLength(1);
	expect(JSON.stringify(again.ydoc.getMap(BLOCKS))).not.toMatch(/"into"|"in"/);
});

test('what was taken out, and is empty, is gone: blocks, rows, footnotes and their keys (AN2)', () => {
	const page = new Person(START);
	page.footnote(2, 4, 'note');
	page.setLevel(3, 'point');
	page.delete(2, 3, 6);
	page.deleteBlock(3);
	expect(entriesOf(page)).toEqual(expect.arrayContaining(['note', '#3', '#3/@level', '#3/is']));
	expect(entriesOf(anew(page)).filter((name) => /note|#3/.test(name))).toEqual([]);

	const table = new Person(tableOf(['a', 'b'], ['c', 'd'], ['e', 'f']));
	runIn(table, 1, 0, deleteRow);
	const again = anew(table);
	expect(again.texts).toEqual(table.texts);
	expect(entriesOf(table)).toContain('r1');
	expect(entriesOf(again).filter((name) => name.startsWith('r1'))).toEqual([]);
});

test('what somebody wrote into a block, row or line that another took out at that moment is there (AN1, EX2)', () => {
	const [a, b] = people(2, tableOf(['a', 'b'], ['c', 'd']));
	runIn(a, 1, 0, deleteRow);
	caretIn(b, 'p', 0);
	b.type('X');
	const row = b.ydoc.getText('r1:c0');
	row.insert(row.length, 'Y');
	a.deleteBlock(1);
	sync(a, b);
	const again = anew(a);
	expect(again.doc.toJSON()).toEqual(a.doc.toJSON());
	expect(again.texts).toEqual(a.texts);
	expect(again.text).toContain('X');
	expect(again.text).toContain('Y');
});

test('what no build of today can judge stays as it is: keys, entries, blocks, elements and texts of a later version (AN1)', () => {
	const page = new Person(START);
	const map = page.ydoc.getMap(BLOCKS);
	const later = {
		'#2/later': { than: 'today' },
		'a name that is none': [1, 2],
		chart: { kind: 'chart', place: [null, 'ABCDEF'], fields: ['series'] },
		'chart/is': 0,
		formula: { kind: 'formula', attrs: { tex: 'x^2' } }
	};
	page.ydoc.transact(() => {
		for (const [name, value] of Object.entries(later)) map.set(name, value);
		page.ydoc.getText('chart:series').insert(0, '1;2;3');
		page.ydoc.getText('#2').insertEmbed(2, { n: 'formula', i: 'formula', size: 7 }, { 'later~1': { than: 'today' } });
		page.ydoc.getText('unborn').insert(0, 'chữ');
	});
	const { ydoc } = anew(page);
	const kept = ydoc.getMap(BLOCKS);
	const { place, ...chart } = kept.get('chart') as Record<string, unknown>;
	expect(place).toHaveLength(2);
	expect(chart).toEqual({ kind: 'chart', fields: ['series'] });
	for (const name of ['#2/later', 'a name that is none', 'chart/is', 'formula'] as const)
		expect(kept.get(name), name).toEqual(later[name]);
	for (const name of ['#2', 'chart:series', 'unborn'])
		expect(ydoc.getText(name).toDelta(), name).toEqual(page.ydoc.getText(name).toDelta());
});
