/** A table as a grid without holes: what each cell reaches over, none over another, and each row as long as the others. */
import { ENTRIES } from '../../text/kinds.ts';
import { MOST_CELLS, MOST_COLUMNS, MOST_ROWS } from '../../text/table.ts';
import type { JsonNode } from './json.ts';

interface GridCell {
	cell: JsonNode;
	column: number;
	colspan: number;
	rowspan: number;
}

export interface Grid {
	rows: GridCell[][];
	width: number;
}

/** A table as one grid, or as several where it is longer than a table may be; none where it has no cells. */
export function gridsOf(rows: readonly JsonNode[]): { from: number; grid: Grid }[] {
	const cells = rows.map(cellsOf);
	const whole = gridOf(cells);
	if (whole.width === 0) return [];
	const most = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / whole.width));
	if (rows.length <= most) return [{ from: 0, grid: whole }];
	const grids: { from: number; grid: Grid }[] = [];
	for (let from = 0; from < rows.length; from += most) grids.push({ from, grid: gridOf(cells.slice(from, from + most)) });
	return grids.filter(({ grid }) => grid.width > 0);
}

/** The width of each column that has one: as the first cell that says it. */
export function widthsOf({ rows, width }: Grid): (number | null)[] {
	const widths: (number | null)[] = Array.from({ length: width }, () => null);
	for (const { cell, column, colspan } of rows.flat()) {
		const own = Array.isArray(cell.attrs?.colwidth) ? (cell.attrs.colwidth as unknown[]).slice(0, colspan) : [];
		for (const [nth, value] of own.entries()) {
			if (typeof value === 'number' && value > 0)
				widths[column + nth] ??= (ENTRIES.col.width(value) as number | undefined) ?? null;
		}
	}
	return widths;
}

/** The cells of a row; what is no cell stands in one. */
export function cellsOf(row: JsonNode): JsonNode[] {
	if (row.type !== 'tableRow') return [isCell(row) ? row : { type: 'tableCell', content: [row] }];
	return (row.content ?? []).map((cell) => (isCell(cell) ? cell : { type: 'tableCell', content: [cell] }));
}

function gridOf(rows: readonly (readonly JsonNode[])[]): Grid {
	const taken: boolean[][] = rows.map(() => []);
	const grid: GridCell[][] = rows.map(() => []);
	let last: GridCell | null = null;
	for (const [row, cells] of rows.entries()) {
		for (const cell of cells) {
			const column = firstFree(taken[row]);
			if (column >= MOST_COLUMNS) {
				// What has no room stands in the cell before it.
				last!.cell = { ...last!.cell, content: [...(last!.cell.content ?? []), ...(cell.content ?? [])] };
				continue;
			}
			const wanted = Math.min(spanOf(cell, 'colspan'), MOST_COLUMNS - column);
			let colspan = 1;
			while (colspan < wanted && !taken[row][column + colspan]) colspan++;
			// What is free in a row is free below it: cells are put in from the top.
			const rowspan = Math.min(spanOf(cell, 'rowspan'), rows.length - row);
			for (let r = row; r < row + rowspan; r++) for (let c = column; c < column + colspan; c++) taken[r][c] = true;
			last = { cell, column, colspan, rowspan };
			grid[row].push(last);
		}
	}
	const width = Math.max(0, ...taken.map(({ length }) => length));
	for (const [row, cells] of grid.entries()) fill(cells, taken[row], width);
	return { rows: grid, width };
}

/** Puts empty cells where a row has none: header cells in a row of nothing else. */
function fill(cells: GridCell[], taken: readonly boolean[], width: number): void {
	const type = cells.length > 0 && cells.every(({ cell }) => cell.type === 'tableHeader') ? 'tableHeader' : 'tableCell';
	for (let column = 0; column < width; column++)
		if (!taken[column]) cells.push({ cell: { type }, column, colspan: 1, rowspan: 1 });
	cells.sort((a, b) => a.column - b.column);
}

function firstFree(taken: readonly boolean[]): number {
	let column = 0;
	while (taken[column]) column++;
	return column;
}

function spanOf(cell: JsonNode, name: 'colspan' | 'rowspan'): number {
	const span = Math.floor(Number(cell.attrs?.[name] ?? 1));
	return span >= 1 ? span : 1;
}

function isCell({ type }: JsonNode): boolean {
	return type === 'tableCell' || type === 'tableHeader';
}
