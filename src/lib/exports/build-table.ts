import type { JsonNode } from '../documents/schema/json.ts';
import { rawText } from './node.ts';
import type { OutlineBlock, TableBlock } from './outline.ts';

/** The narrowest and widest share of a column whose width nobody set, in characters. */
const NARROWEST = 3;
const WIDEST = 60;
/** A letter in a table, the space beside the text of a cell, and the text of an upright page, in millimetres. */
const LETTER_WIDTH = 2.2;
const CELL_PADDING = 3;
const TEXT_WIDTH = 160;
/** A longer word (an address on the web) may be broken. */
const LONGEST_WORD = 12;

/** A cell and the place it takes in the grid; no node where the rows are of different length. */
interface Placed {
	node: JsonNode | null;
	column: number;
	columnSpan: number;
	rowSpan: number;
}

/** The printed form of a table node: a full grid, relative widths, and how many rows repeat on each page. */
export function buildTable(node: JsonNode, blocksOf: (nodes: readonly JsonNode[]) => OutlineBlock[]): TableBlock {
	const rows = gridOf(node.content ?? []);
	return {
		type: 'table',
		widths: widthsOf(rows),
		headerRows: headerRowsOf(rows),
		rows: rows.map((row) =>
			row.map(({ node: cell, ...place }) => ({
				...place,
				header: cell?.type === 'tableHeader',
				blocks: blocksOf(cell?.content ?? [])
			}))
		)
	};
}

/** How many columns a table has. */
export function columnsOf(table: JsonNode): number {
	return countColumns(gridOf(table.content ?? []));
}

/**
 * Puts the cells into a grid in which every place is taken once: a cell keeps clear of those that reach down from
 * above, a merge that runs out of the table or into another is shortened, and holes are filled with empty cells.
 */
function gridOf(rows: readonly JsonNode[]): Placed[][] {
	const busyUntil: number[] = [];
	const isFree = (column: number, row: number) => (busyUntil[column] ?? 0) <= row;
	const grid = rows.map(({ content }, row) => {
		let column = 0;
		return (content ?? []).map((node): Placed => {
			while (!isFree(column, row)) column++;
			let columnSpan = 1;
			while (columnSpan < span(node, 'colspan') && isFree(column + columnSpan, row)) columnSpan++;
			const rowSpan = Math.min(span(node, 'rowspan'), rows.length - row);
			for (let at = 0; at < columnSpan; at++) busyUntil[column + at] = row + rowSpan;
			column += columnSpan;
			return { node, column: column - columnSpan, columnSpan, rowSpan };
		});
	});
	const taken = grid.map(() => new Set<number>());
	for (const [row, cells] of grid.entries()) {
		for (const { column, columnSpan, rowSpan } of cells) {
			for (let down = 0; down < rowSpan; down++) {
				for (let at = 0; at < columnSpan; at++) taken[row + down].add(column + at);
			}
		}
	}
	const columns = Array.from({ length: countColumns(grid) }, (_, column) => column);
	return grid.map((cells, row) => {
		const holes = columns.filter((column) => !taken[row].has(column));
		const filling = holes.map((column): Placed => ({ node: null, column, columnSpan: 1, rowSpan: 1 }));
		return [...cells, ...filling].sort((a, b) => a.column - b.column);
	});
}

function countColumns(grid: readonly Placed[][]): number {
	return grid.flat().reduce((most, { column, columnSpan }) => Math.max(most, column + columnSpan), 0);
}

/** The rows at the top that consist of header cells only; a table with nothing but such rows repeats just the first. */
function headerRowsOf(rows: readonly Placed[][]): number {
	const end = rows.findIndex((row) => row.some(({ node }) => node?.type !== 'tableHeader'));
	return end < 0 ? Math.min(1, rows.length) : end;
}

/**
 * The widths somebody set (`colwidth`, pixels); the columns left get a share by the length of their text, and at least
 * what their longest word needs on an upright page.
 */
function widthsOf(rows: readonly Placed[][]): number[] {
	const columns = countColumns(rows);
	const set = new Array<number>(columns).fill(0);
	const longest = new Array<number>(columns).fill(NARROWEST);
	const longestWord = new Array<number>(columns).fill(NARROWEST);
	for (const { node, column, columnSpan } of rows.flat()) {
		const widths = Array.isArray(node?.attrs?.colwidth) ? node.attrs.colwidth : [];
		for (let at = 0; at < columnSpan; at++) set[column + at] ||= Math.max(0, Number(widths[at]) || 0);
		if (!node || columnSpan > 1) continue;
		const text = rawText(node);
		longest[column] = Math.max(longest[column], text.length);
		longestWord[column] = Math.max(longestWord[column], ...text.split(/[\s/-]/u).map((word) => word.length));
	}
	// Text of twice the length needs about 1.4 times the width, since it may also grow downwards.
	const shares = longest.map((length) => Math.sqrt(Math.min(length, WIDEST)));
	const known = set.reduce((sum, width) => sum + width, 0);
	const knownShare = shares.reduce((sum, share, column) => sum + (set[column] ? share : 0), 0);
	const perShare = known > 0 ? known / knownShare : 1;
	const sum = shares.reduce((all, share, column) => all + (set[column] || share * perShare), 0);
	const widths = shares.map((share, column) => {
		const least = (Math.min(longestWord[column], LONGEST_WORD) * LETTER_WIDTH + CELL_PADDING) / TEXT_WIDTH;
		return set[column] || Math.max(share * perShare, least * sum);
	});
	const total = widths.reduce((sum, width) => sum + width, 0);
	return widths.map((width) => width / total);
}

function span(cell: JsonNode, name: 'colspan' | 'rowspan'): number {
	const value = Number(cell.attrs?.[name] ?? 1);
	return Number.isInteger(value) && value > 1 ? Math.min(value, 1000) : 1;
}
