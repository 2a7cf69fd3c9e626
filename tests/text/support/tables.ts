import { Fragment, type Node } from '@tiptap/pm/model';
import type { Command } from '@tiptap/pm/state';
import { CellSelection, mergeCells, TableMap } from '@tiptap/pm/tables';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../../src/lib/text/body.ts';
import type { Person } from './person.ts';

/** A document with one table `T`: rows `r0` …, columns `c0` …, and in each cell one paragraph for each line of these texts. */
export function tableOf(...rows: string[][]): Uint8Array {
	const { table, tableRow, tableCell, paragraph } = documentSchema.nodes;
	const lines = (text: string) => text.split('/').map((line) => paragraph.create(null, line ? documentSchema.text(line) : null));
	const made = rows.map((cells, row) =>
		tableRow.create(
			{ uid: `r${row}` },
			cells.map((text, column) => tableCell.create({ col: `c${column}` }, lines(text)))
		)
	);
	return documentToUpdate(
		documentSchema.node('doc', null, [
			table.create({ uid: 'T' }, made),
			paragraph.create({ uid: 'p' }, documentSchema.text('sau bảng'))
		])
	);
}

/** The first table with the position of its content. */
function firstTable({ doc }: Person): { table: Node; start: number } {
	let found: { table: Node; start: number } | null = null;
	doc.forEach((table, offset) => {
		if (table.type.name === 'table') found ??= { table, start: offset + 1 };
	});
	if (!found) throw new Error('there is no table');
	return found;
}

/** The position in front of the cell that covers this place of the grid. */
function cellAt(person: Person, row: number, column: number): number {
	const { table, start } = firstTable(person);
	const map = TableMap.get(table);
	return start + map.map[row * map.width + column];
}

/** Puts the caret into a line of the cell at a place of the grid. */
export function goTo(person: Person, row: number, column: number, offset = 0, line = 0): void {
	let at = cellAt(person, row, column) + 1;
	const cell = person.doc.nodeAt(at - 1)!;
	for (let nth = 0; nth < line; nth++) at += cell.child(nth).nodeSize;
	person.select(at + 1 + Math.min(offset, cell.child(line).content.size));
}

/** Types into a cell. */
export function typeIn(person: Person, row: number, column: number, text: string, offset = 0, line = 0): void {
	goTo(person, row, column, offset, line);
	person.type(text);
}

/** Runs a command of tables with the caret in a cell. */
export function runIn(person: Person, row: number, column: number, command: Command): void {
	goTo(person, row, column);
	if (!person.run(command)) throw new Error('the command does not apply');
}

/** Makes one cell of those between two places of the grid. */
export function merge(person: Person, row: number, column: number, toRow: number, toColumn: number): void {
	person.dispatch(
		person.state.tr.setSelection(CellSelection.create(person.doc, cellAt(person, row, column), cellAt(person, toRow, toColumn)))
	);
	if (!person.run(mergeCells)) throw new Error('the cells cannot be merged');
}

/** Moves a row, as drag and drop of a row does. */
export function moveRow(person: Person, from: number, to: number): void {
	const { table, start } = firstTable(person);
	const rows = [...table.children];
	rows.splice(to, 0, ...rows.splice(from, 1));
	person.dispatch(person.state.tr.replaceWith(start - 1, start - 1 + table.nodeSize, table.copy(Fragment.fromArray(rows))));
}

/** Sets an attribute of the cell at a place of the grid. */
export function setInCell(person: Person, row: number, column: number, name: string, value: unknown): void {
	person.dispatch(person.state.tr.setNodeAttribute(cellAt(person, row, column), name, value));
}

/** The cells row by row: `text/next line`, what it reaches over as `+1x0` (columns, rows), header cells with `*`. */
export function cellsOf(person: Person): string[][] {
	return firstTable(person).table.children.map((row) =>
		row.children.map(({ type, attrs, children }) => {
			const reach = attrs.colspan > 1 || attrs.rowspan > 1 ? `+${attrs.colspan - 1}x${attrs.rowspan - 1}` : '';
			return (type.name === 'tableHeader' ? '*' : '') + children.map(({ textContent }) => textContent).join('/') + reach;
		})
	);
}

/** The widths of the columns, as the cells of each row have them. */
export function widthsOf(person: Person): unknown[][] {
	return firstTable(person).table.children.map((row) =>
		row.children.flatMap(({ attrs }) => (attrs.colwidth as number[] | null) ?? [null])
	);
}
