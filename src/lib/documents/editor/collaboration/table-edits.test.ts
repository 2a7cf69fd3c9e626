import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '@tiptap/pm/state';
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, TableMap, toggleHeaderRow } from '@tiptap/pm/tables';
import { undo } from '@tiptap/y-tiptap';
import { documentSchema } from '../../schema/schema.ts';
import { readBody } from './collaboration.ts';
import { type Client, everybodyLeaves, hearOthers, nodeOf, people, settle } from './testing.ts';
import { cellsOf, HEADINGS, inCell, LAST_ROW, ROWS, rowsOf, TABLE_START } from './testing-tables.ts';

afterEach(everybodyLeaves);

const drafters = (count: number, nodes: 1 | 2 = 1) => people(count, nodes, TABLE_START);

describe('[MS10] in a table', () => {
	test('what is typed into a row stays in it while a colleague puts one in front', () => {
		const [typist, other] = drafters(2);
		inCell(typist, 0, '!');
		settle();
		inCell(other, 0, addRowBefore);
		inCell(typist, 0, '?');
		settle();
		expect(rowsOf(other)).toEqual([['', '', ''], ['Nhiệm vụ!?', ...HEADINGS.slice(1)], ...ROWS.slice(1)]);
		expect(other.doc.eq(typist.doc)).toBe(true);
	});

	test.each([
		['in front', addColumnBefore, ['', 'Đôn đốc', 'Ủy ban', 'quý III']],
		['behind', addColumnAfter, ['Đôn đốc', '', 'Ủy ban', 'quý III']]
	])('a row that one writes and a column that another puts %s keep every cell under its heading', (_, addColumn, expected) => {
		const [one, other] = drafters(2);
		inCell(one, LAST_ROW, addRowAfter);
		['Đôn đốc', 'Ủy ban', 'quý III'].forEach((text, nth) => inCell(one, LAST_ROW + 3 + nth, text));
		inCell(other, 0, addColumn);
		for (const client of settle()) {
			expect(rowsOf(client).at(-1)).toEqual(expected);
			expect(rowsOf(client).map(({ length }) => length)).toEqual([4, 4, 4, 4]);
		}
		expect(one.doc.toJSON()).toEqual(readBody(one.ydoc, documentSchema).doc.toJSON());
	});

	test('a column that one removes is gone from the row that another writes, unless that one wrote in it', () => {
		const [one, other] = drafters(2);
		inCell(one, LAST_ROW, addRowAfter);
		inCell(one, LAST_ROW + 3, 'Đôn đốc');
		inCell(other, 1, deleteColumn);
		settle();
		expect(rowsOf(one)).toEqual([['Nhiệm vụ', 'Thời hạn'], ['Rà soát', 'quý I'], ['Ban hành', 'quý II'], ['Đôn đốc', '']]);
		inCell(one, 6, addRowAfter);
		inCell(one, 9, 'tháng 5');
		inCell(other, 1, deleteColumn);
		settle();
		expect(rowsOf(one)).toEqual([['Nhiệm vụ', ''], ['Rà soát', ''], ['Ban hành', ''], ['Đôn đốc', ''], ['', 'tháng 5']]);
		expect(other.doc.eq(one.doc)).toBe(true);
	});

	test('two who put a column at the same place both have theirs, and a row of a third gets both', () => {
		const [one, other, third] = drafters(3);
		inCell(one, 0, addColumnAfter);
		inCell(one, 1, 'một');
		inCell(other, 0, addColumnAfter);
		inCell(other, 1, 'hai');
		inCell(third, LAST_ROW, addRowAfter);
		['a', 'b', 'c'].forEach((text, nth) => inCell(third, LAST_ROW + 3 + nth, text));
		settle();
		expect([...rowsOf(third)[0]].sort()).toEqual([...HEADINGS, 'một', 'hai'].sort());
		expect(rowsOf(third).at(-1)).toEqual(['a', '', '', 'b', 'c']);
	});

	test('a column whose making is undone is gone from the row of a colleague too', () => {
		const [one, other] = drafters(2);
		inCell(one, 0, addColumnAfter);
		inCell(other, LAST_ROW, addRowAfter);
		settle();
		undo(one.state);
		settle();
		expect(rowsOf(other).map(({ length }) => length)).toEqual([3, 3, 3, 3]);
		expect(other.doc.eq(one.doc)).toBe(true);
	});

	test('a row that one removes leaves what another wrote in it at that moment, behind the table', () => {
		const [remover, typist] = drafters(2);
		inCell(typist, 3, ' văn bản');
		inCell(typist, 5, '/2027');
		inCell(remover, 3, deleteRow);
		for (const { doc } of settle()) {
			expect(doc.children.map(({ type, textContent }) => [type.name, textContent]).slice(2)).toEqual([['paragraph', ' văn bản'], ['paragraph', '/2027']]);
		}
		expect(rowsOf(remover)).toEqual([ROWS[0], ROWS[2]]);
	});

	test('a table that one removes leaves what another wrote in it at that moment, and only that', () => {
		const [remover, typist] = drafters(2);
		inCell(typist, 3, ' văn bản');
		remover.dispatch(remover.state.tr.delete(remover.doc.child(0).nodeSize, remover.doc.content.size));
		for (const { doc } of settle()) expect(doc.children.map(({ textContent }) => textContent)).toEqual(['Bảng:', ' văn bản']);
	});

	test('a cell that one makes a heading keeps what another types into it', () => {
		const [one, typist] = drafters(2);
		inCell(one, 0, toggleHeaderRow);
		inCell(typist, 0, ' chính');
		settle();
		expect(rowsOf(one)[0]).toEqual(['Nhiệm vụ chính', 'Cơ quan', 'Thời hạn']);
		expect(one.doc.eq(typist.doc)).toBe(true);
	});
});

const EDITS: Record<string, Command> = { addRowBefore, addRowAfter, addColumnBefore, addColumnAfter, deleteRow, deleteColumn };

const action = fc.record({
	who: fc.nat(3),
	kind: fc.constantFrom('type', 'type', 'type', 'type', 'undo', 'sync', 'sync', 'sync', ...Object.keys(EDITS)),
	at: fc.nat(60)
});

test.each([
	['one node', 1],
	['two nodes', 2]
] as const)('[MS10] rows and columns that four people add and remove at once, on %s, keep every letter in its column, and the table straight', { timeout: 120_000 }, (_, nodes) => {
	fc.assert(
		fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
			const all = drafters(4, nodes);
			const letters = new Set<string>();
			const together: [string, string][] = [];
			actions.forEach(({ who, kind, at }, nth) => {
				const client = all[who];
				if (kind === 'sync') {
					nodeOf(client).sync(client);
					if (at % 3 === 0) hearOthers(client);
					return;
				}
				const count = cellsOf(client.doc).length;
				if (count === 0) return;
				const before = client.text;
				if (kind === 'undo') undo(client.state);
				else inCell(client, at % count, kind === 'type' ? String.fromCharCode(0xe000 + nth) : EDITS[kind]);
				// What somebody removes or undoes knowing it may go.
				for (const letter of letters) if (before.includes(letter) && !client.text.includes(letter)) letters.delete(letter);
				if (kind !== 'type') return;
				letters.add(String.fromCharCode(0xe000 + nth));
				together.push(...pairsInColumns(client, String.fromCharCode(0xe000 + nth)));
			});
			settle();
			for (const { doc } of all) expect(doc.toJSON()).toEqual(all[0].doc.toJSON());
			expect(all[0].doc.toJSON()).toEqual(readBody(all[0].ydoc, documentSchema).doc.toJSON());
			expect([...letters].filter((letter) => all[0].text.split(letter).length !== 2)).toEqual([]);
			const tables = all[0].doc.children.filter(({ type }) => type.name === 'table');
			for (const table of tables) expect(TableMap.get(table).problems).toBeNull();
			expect(together.filter((pair) => areApart(all[0], pair))).toEqual([]);
			everybodyLeaves();
		}),
		{ numRuns: Number(process.env.STRUCTURE_RUNS ?? 100) }
	);
});

/** The letter with each other that was typed into its column. */
function pairsInColumns(client: Client, letter: string): [string, string][] {
	const rows = rowsOf(client);
	const column = columnOf(rows, letter);
	const texts = rows.map((row) => row[column] ?? '').join('');
	return [...texts].filter((other) => other >= '\ue000' && other !== letter).map((other) => [letter, other]);
}

function areApart(client: Client, [one, two]: [string, string]): boolean {
	const [a, b] = [one, two].map((letter) => columnOf(rowsOf(client), letter));
	return a >= 0 && b >= 0 && a !== b;
}

function columnOf(rows: string[][], letter: string): number {
	return rows.map((row) => row.findIndex((text) => text.includes(letter))).find((column) => column >= 0) ?? -1;
}
