/** Tables as they are in the model: rows and columns are entries with places, cells are texts (rules TA). */
import { newUid } from '../base/ids.ts';
import { isName } from './births.ts';
import type { Entries } from './entries.ts';

/** No table shows more; what is beyond is kept. What is imported becomes several tables (`documents/schema/complete-table.ts`). */
export const MOST_ROWS = 3_000;
export const MOST_COLUMNS = 200;
export const MOST_CELLS = 60_000;

/** The name of the text of a cell. */
export function cellName(row: string, column: string): string {
	return `${row}:${column}`;
}

/**
 * The names of a table's columns from left to right. One in which no cell begins bears no name in the editor: it is the
 * one that the model has there, or a new one.
 */
export function nameColumns(names: readonly (string | null)[], seen: readonly string[]): string[] {
	const taken = new Set(names);
	let left = -1;
	return names.map((name, nth) => {
		const right = names.slice(nth + 1).find((other) => other !== null && seen.includes(other));
		const end = right ? seen.indexOf(right) : seen.length;
		const found = name ?? seen.find((other, at) => at > left && at < end && !taken.has(other)) ?? newUid();
		taken.add(found);
		left = Math.max(left, seen.indexOf(found));
		return found;
	});
}

/** A cell that is seen: where it stands in the grid, and over how much of it. */
export interface GridCell {
	name: string;
	row: number;
	column: number;
	rowspan: number;
	colspan: number;
}

/** What tables need to know of texts. */
export interface CellTexts {
	entries: Entries;
	/** Whether there are letters in a cell. */
	hasLetters(name: string): boolean;
}

/** The rows and columns of all tables, with the order in which they stand. */
export class TableEntries {
	readonly #lists = new Map<string, string[]>();
	readonly #unsorted = new Set<string>();
	readonly #known = new Set<string>();
	readonly #texts: CellTexts;

	constructor(texts: CellTexts) {
		this.#texts = texts;
	}

	/** A row or column was born, or has another place. */
	add(uid: string, table: string, kind: string): void {
		const key = `${table}/${kind}`;
		const list = this.#lists.get(key);
		if (!list) this.#lists.set(key, [uid]);
		else if (!this.#known.has(`${key}/${uid}`)) list.push(uid);
		this.#known.add(`${key}/${uid}`);
		this.#unsorted.add(key);
	}

	/** All rows or columns that a table ever had, in order. */
	all(table: string, kind: 'row' | 'col'): readonly string[] {
		const key = `${table}/${kind}`;
		const list = this.#lists.get(key);
		if (list && this.#unsorted.delete(key)) {
			const keys = new Map(list.map((uid) => [uid, `${this.#texts.entries.placeOf(uid)?.[1] ?? ''} ${uid}`]));
			list.sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1));
		}
		return list ?? [];
	}

	/** The rows that are seen: those that are there, and those with letters (EX2). A table never shows none (TA4). */
	rows(table: string): readonly string[] {
		return this.#seen(table, 'row', 'col', Math.min(MOST_ROWS, Math.max(1, Math.floor(MOST_CELLS / this.columns(table).length))));
	}

	columns(table: string): readonly string[] {
		return this.#seen(table, 'col', 'row', MOST_COLUMNS);
	}

	/** Whether there is any letter in a table. */
	hasLetters(table: string): boolean {
		return this.all(table, 'row').some((row) =>
			this.all(table, 'col').some((column) => this.#texts.hasLetters(cellName(row, column)))
		);
	}

	/** The cells that are seen, row by row. A cell reaches over others as far as these are empty (TA5). */
	grid(table: string): GridCell[] {
		const columns = this.columns(table);
		const rows = this.rows(table);
		const covered = new Set<number>();
		const cells: GridCell[] = [];
		const isFree = (row: number, column: number) =>
			!covered.has(row * columns.length + column) && !this.#texts.hasLetters(cellName(rows[row], columns[column]));
		for (const [row, rowUid] of rows.entries()) {
			for (const [column, columnUid] of columns.entries()) {
				if (covered.has(row * columns.length + column)) continue;
				const name = cellName(rowUid, columnUid);
				const cell = { name, row, column, rowspan: 1, colspan: 1 };
				cells.push(cell);
				const end = this.#endOf(name, table, rows, columns);
				if (!end) continue;
				while (column + cell.colspan <= end.column && isFree(row, column + cell.colspan)) cell.colspan++;
				const isRowFree = (other: number) =>
					Array.from({ length: cell.colspan }, (_c, nth) => isFree(other, column + nth)).every(Boolean);
				while (row + cell.rowspan <= end.row && isRowFree(row + cell.rowspan)) cell.rowspan++;
				for (let r = row; r < row + cell.rowspan; r++)
					for (let c = column; c < column + cell.colspan; c++) covered.add(r * columns.length + c);
			}
		}
		return cells;
	}

	/** The last row and column that a cell reaches to, as they stand now. */
	#endOf(
		name: string,
		table: string,
		rows: readonly string[],
		columns: readonly string[]
	): { row: number; column: number } | null {
		const to = this.#texts.entries.get(name, 'to');
		if (!Array.isArray(to) || to.length !== 2 || !isName(to[0]) || !isName(to[1])) return null;
		return {
			row: this.#lastUpTo(to[0], this.all(table, 'row'), rows),
			column: this.#lastUpTo(to[1], this.all(table, 'col'), columns)
		};
	}

	/** Where an entry stands among those that are seen; of one that is not, the last before it. */
	#lastUpTo(uid: string, all: readonly string[], seen: readonly string[]): number {
		const at = seen.indexOf(uid);
		if (at >= 0) return at;
		for (let nth = all.indexOf(uid) - 1; nth >= 0; nth--) {
			const before = seen.indexOf(all[nth]);
			if (before >= 0) return before;
		}
		return -1;
	}

	#seen(table: string, kind: 'row' | 'col', across: 'row' | 'col', most: number): readonly string[] {
		const { entries, hasLetters } = this.#texts;
		const all = this.all(table, kind);
		const name = (uid: string, other: string) => (kind === 'row' ? cellName(uid, other) : cellName(other, uid));
		const seen = all.filter((uid) => entries.is(uid) || this.all(table, across).some((other) => hasLetters(name(uid, other))));
		return seen.length > 0 ? seen.slice(0, most) : all.slice(0, 1);
	}
}
