import * as Y from 'yjs';
import { newUid } from '../../../base/ids.ts';
import { cellsOf, COLUMN, columnOf, columnsOf, elementsOf, FILLED, GONE, gridOf } from '../../schema/table-columns.ts';
import { lettersOf } from './block-text.ts';
import { removeNoted } from './removals.ts';

/** Wider tables are left as they are, and so are those that lack more cells: people make no such ones. */
const COLUMNS_MAX = 200;
const FILLS_MAX = 5_000;

/** The tables of the body in which a transaction changed rows or cells. */
export function changedTables({ changed }: Y.Transaction, body: Y.XmlFragment): Y.XmlElement[] {
	const tables = new Set<Y.XmlElement>();
	for (const type of changed.keys()) {
		if (!(type instanceof Y.XmlElement) || !/^table(Row)?$/.test(type.nodeName)) continue;
		const table = (type.nodeName === 'table' ? type : type.parent) as Y.XmlElement;
		if (table._item && !table._item.deleted && table.parent === body) tables.add(table);
	}
	return [...tables];
}

/** Notes which columns are no longer in a table; `before` is what it had. */
export function noteGoneColumns(table: Y.XmlElement, before: ReadonlySet<string>): void {
	for (const column of before.difference(columnsOf(table))) table.setAttribute(GONE + column, 'true');
}

/**
 * Makes the rows of a table equally long again, after one person added or removed a row and another a column: a row that
 * lacks a column gets an empty cell there, and an empty cell of a column that was removed goes. What stands in a removed
 * column, since it was written at the same moment, brings the column back. If two nodes do it each row has one cell too
 * many, and whoever sees that takes an empty one out, the same one everywhere. Runs inside a transaction of the caller.
 */
export function straighten(table: Y.XmlElement): void {
	const rows = gridOf(table);
	if (!rows) return fillAtEnd(table);
	if (rows.some(({ length }) => length > COLUMNS_MAX) || isStraight(rows)) return;
	nameStrangers(rows);
	rows.forEach(leaveOneOfEach);
	dropColumns(table);
	const left = cellsOf(table);
	const cells = left.flat();
	if (cells.length === 0) return removeNoted(table);
	const order = orderOf(left);
	if (order.length > COLUMNS_MAX || order.length * rows.length - cells.length > FILLS_MAX) return;
	const like = new Map(cells.map((cell) => [columnOf(cell), cell]));
	for (const row of elementsOf(table)) fill(row, order, like);
}

function isStraight(rows: readonly (readonly Y.XmlElement[])[]): boolean {
	return rows.length > 0 && rows.every((row) => row.length > 0 && row.length === rows[0].length && row.every((cell, nth) => columnOf(cell) === columnOf(rows[0][nth])));
}

/**
 * A row that has no column in common with another, as in a table from before columns had names, takes the names of the
 * others in order; where none have any, those of the longest. A single cell without a name is named for the one before it,
 * so that those of one column get the same name.
 */
function nameStrangers(rows: readonly (readonly Y.XmlElement[])[]): void {
	const counts = new Map<string | null, number>();
	for (const cell of rows.flat()) counts.set(columnOf(cell), (counts.get(columnOf(cell)) ?? 0) + 1);
	const isStranger = (cell: Y.XmlElement) => columnOf(cell) === null || counts.get(columnOf(cell)) === 1;
	const strangers = new Set(rows.filter((row) => row.every(isStranger)));
	const longest = rows.reduce((found, row) => (row.length > found.length ? row : found), []);
	const isEveryone = strangers.size === rows.length;
	const known = isEveryone ? longest.map((cell) => columnOf(cell) ?? newUid()) : orderOf(rows.filter((row) => !strangers.has(row)));
	for (const row of strangers) for (const [nth, cell] of row.entries()) if (nth < known.length) cell.setAttribute(COLUMN, known[nth]);
	for (const row of rows) {
		let before = '';
		for (const cell of row) {
			if (columnOf(cell) === null) cell.setAttribute(COLUMN, `${before}+`);
			before = columnOf(cell)!;
		}
	}
}

/** Of two cells of one row in one column an empty one goes; if both hold something the later is a column of its own. */
function leaveOneOfEach(row: readonly Y.XmlElement[]): void {
	const kept = new Map<string, Y.XmlElement>();
	for (const cell of row.toSorted(byAge)) {
		const column = columnOf(cell)!;
		const other = kept.get(column);
		if (!other) kept.set(column, cell);
		else if (isEmpty(cell)) removeNoted(cell);
		else if (isEmpty(other)) {
			removeNoted(other);
			kept.set(column, cell);
		} else cell.setAttribute(COLUMN, newUid());
	}
}

/** Takes out what is empty of columns that were removed, and of those that only came to be since a row lacked them. */
function dropColumns(table: Y.XmlElement): void {
	const rows = cellsOf(table);
	for (const [column, cells] of Map.groupBy(rows.flat(), columnOf)) {
		const isGone = Boolean(table.getAttribute(GONE + column));
		const isEverywhere = cells.length === rows.length;
		if (!cells.every(isEmpty)) {
			if (isGone) table.removeAttribute(GONE + column);
		} else if (isGone || (!isEverywhere && cells.every((cell) => cell.getAttribute(FILLED)))) cells.forEach(removeNoted);
	}
}

/** The columns from left to right: as in the longest row, with those that only others have behind their neighbours there. */
function orderOf(rows: readonly (readonly Y.XmlElement[])[]): string[] {
	const order: string[] = [];
	for (const row of rows.toSorted((one, other) => other.length - one.length)) {
		let at = 0;
		for (const column of row.map(columnOf)) {
			if (column === null) continue;
			const known = order.indexOf(column);
			if (known < 0) order.splice(at++, 0, column);
			else at = known + 1;
		}
		if (order.length > COLUMNS_MAX) break;
	}
	return order;
}

/** Puts cells in where a row lacks a column, as wide as `like` has it. */
function fill(row: Y.XmlElement, order: readonly string[], like: ReadonlyMap<string | null, Y.XmlElement>): void {
	let at = 0;
	for (const column of order) {
		const place = elementsOf(row).findIndex((cell) => columnOf(cell) === column);
		if (place < 0) insertCell(row, at++, { [COLUMN]: column, colwidth: like.get(column)?.getAttribute('colwidth') });
		else at = place + 1;
	}
}

function insertCell(row: Y.XmlElement, at: number, attributes: Record<string, string | undefined>): void {
	const cell = new Y.XmlElement(elementsOf(row)[0]?.nodeName ?? 'tableCell');
	const paragraph = new Y.XmlElement('paragraph');
	row.insert(at, [cell]);
	for (const [name, value] of Object.entries({ ...attributes, [FILLED]: 'true' })) if (value !== undefined) cell.setAttribute(name, value);
	cell.insert(0, [paragraph]);
	paragraph.insert(0, [new Y.XmlText()]);
}

/** Where cells span several columns or rows, it is not known which are lacking. */
function fillAtEnd(table: Y.XmlElement): void {
	const rows = elementsOf(table);
	const begins = rows.map(() => 0);
	rows.forEach((row, nth) => {
		for (const cell of elementsOf(row)) {
			const [width, height] = ['colspan', 'rowspan'].map((name) => Math.max(1, Number(cell.getAttribute(name) ?? 1)));
			begins[nth] += width;
			if (nth + height < rows.length) begins[nth + height] -= width;
		}
	});
	let open = 0;
	const taken = begins.map((width) => (open += width));
	const width = taken.reduce((widest, each) => Math.max(widest, each), 0);
	if (taken.reduce((lacking, each) => lacking + width - each, 0) > FILLS_MAX) return;
	rows.forEach((row, nth) => {
		while (taken[nth]++ < width) insertCell(row, row.length, {});
	});
}

function isEmpty(cell: Y.XmlElement): boolean {
	const holdsNothing = (block: Y.XmlElement) => block.nodeName === 'paragraph' && elementsOf(block).length === 0;
	return lettersOf(cell).text.length === 0 && elementsOf(cell).every(holdsNothing);
}

function byAge({ _item: one }: Y.XmlElement, { _item: other }: Y.XmlElement): number {
	return one!.id.clock - other!.id.clock || one!.id.client - other!.id.client;
}
