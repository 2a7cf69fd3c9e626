import * as Y from 'yjs';
import { newUid } from '../../base/ids.ts';

/**
 * A table is stored as rows of cells, so two who change it at the same moment, one by a row and one by a column, leave a
 * row without a cell, and nobody can tell which. Therefore each cell bears, beside what the schema knows, the name of its
 * column. Attributes of this kind begin with `_`: ProseMirror does not see them.
 */
export const COLUMN = '_column';
/** On the table, before the name of a column that was taken out of it. */
export const GONE = '_gone.';
/** On a cell that was put in because its row lacked it. */
export const FILLED = '_filled';

/** Whether an attribute is kept beside the schema. */
export function isBesideSchema(attribute: string): boolean {
	return attribute.startsWith('_');
}

/** The cells of each row of a table. */
export function cellsOf(table: Y.XmlElement): Y.XmlElement[][] {
	return elementsOf(table).map(elementsOf);
}

/** The same; null when some of them span several rows or columns. */
export function gridOf(table: Y.XmlElement): Y.XmlElement[][] | null {
	const rows = cellsOf(table);
	return rows.flat().some((cell) => spans(cell, 'colspan') || spans(cell, 'rowspan')) ? null : rows;
}

/** The name of a cell's column, if it has one. */
export function columnOf(cell: Y.XmlElement): string | null {
	return cell.getAttribute(COLUMN) ?? null;
}

/** The columns that a table has, in no order. */
export function columnsOf(table: Y.XmlElement): Set<string> {
	const columns = new Set(cellsOf(table).flat().map(columnOf));
	columns.delete(null);
	return columns as Set<string>;
}

/** Gives each cell without one the name of the column that it stands in. Leaves a table alone whose rows differ in length. */
export function nameColumns(table: Y.XmlElement): void {
	const rows = gridOf(table);
	if (!rows?.length || rows.some(({ length }) => length !== rows[0].length)) return;
	for (const nth of rows[0].keys()) {
		const cells = rows.map((row) => row[nth]);
		const nameless = cells.filter((cell) => columnOf(cell) === null);
		if (nameless.length === 0) continue;
		const name = cells.map(columnOf).find((column) => column !== null) ?? newUid();
		for (const cell of nameless) cell.setAttribute(COLUMN, name);
	}
}

/** The children that are elements. */
export function elementsOf(parent: Y.XmlFragment): Y.XmlElement[] {
	return parent.toArray().filter((child) => child instanceof Y.XmlElement);
}

function spans(cell: Y.XmlElement, name: 'colspan' | 'rowspan'): boolean {
	return Number(cell.getAttribute(name) ?? 1) > 1;
}
