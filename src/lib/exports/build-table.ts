import type { JsonNode } from '../documents/schema/json.ts';
import { rawText } from './node.ts';
import { type OutlineBlock, type TableBlock, type TableCell } from './outline.ts';

/** The narrowest and widest share of a column whose width nobody set, in characters. */
const NARROWEST = 3;
const WIDEST = 60;

/** The printed form of a table node: a full grid, relative widths, and how many rows repeat on each page. */
export function buildTable(node: JsonNode, blocksOf: (nodes: readonly JsonNode[]) => OutlineBlock[]): TableBlock {
	const rows = (node.content ?? []).filter((row) => (row.content?.length ?? 0) > 0);
	return {
		type: 'table',
		widths: widthsOf(rows),
		headerRows: headerRowsOf(rows),
		rows: rows.map((row, index) => (row.content ?? []).map((cell) => tableCell(cell, rows.length - index, blocksOf)))
	};
}

/** How many columns a table has. */
export function columnsOf(table: JsonNode): number {
	return placeCells(table.content ?? []).columns;
}

function tableCell(
	cell: JsonNode,
	rowsLeft: number,
	blocksOf: (nodes: readonly JsonNode[]) => OutlineBlock[]
): TableCell {
	return {
		header: cell.type === 'tableHeader',
		columnSpan: span(cell, 'colspan'),
		rowSpan: Math.min(span(cell, 'rowspan'), rowsLeft),
		blocks: blocksOf(cell.content ?? [])
	};
}

/** The rows at the top that consist of header cells only; a table with nothing but such rows repeats just the first. */
function headerRowsOf(rows: readonly JsonNode[]): number {
	const end = rows.findIndex((row) => row.content?.some((cell) => cell.type !== 'tableHeader'));
	return end < 0 ? Math.min(1, rows.length) : end;
}

/** The widths somebody set (`colwidth`, pixels); the columns left get a share by the length of their text. */
function widthsOf(rows: readonly JsonNode[]): number[] {
	const { columns, places } = placeCells(rows);
	const set = new Array<number>(columns).fill(0);
	const longest = new Array<number>(columns).fill(NARROWEST);
	for (const { cell, column } of places) {
		const widths = Array.isArray(cell.attrs?.colwidth) ? cell.attrs.colwidth : [];
		for (let at = 0; at < span(cell, 'colspan'); at++) set[column + at] ||= Number(widths[at]) || 0;
		if (span(cell, 'colspan') === 1) longest[column] = Math.max(longest[column], rawText(cell).length);
	}
	// Text of twice the length needs about 1.4 times the width, since it may also grow downwards.
	const shares = longest.map((length) => Math.sqrt(Math.min(length, WIDEST)));
	const known = set.reduce((sum, width) => sum + width, 0);
	const knownShare = shares.reduce((sum, share, column) => sum + (set[column] ? share : 0), 0);
	const perShare = known && knownShare ? known / knownShare : 1;
	const widths = shares.map((share, column) => set[column] || share * perShare);
	const total = widths.reduce((sum, width) => sum + width, 0);
	return widths.map((width) => width / total);
}

/** The column at which each cell starts, with the cells that reach down from the rows above taken into account. */
function placeCells(rows: readonly JsonNode[]): { columns: number; places: { cell: JsonNode; column: number }[] } {
	const places: { cell: JsonNode; column: number }[] = [];
	const busyUntil: number[] = [];
	for (const [row, { content }] of rows.entries()) {
		let column = 0;
		for (const cell of content ?? []) {
			while ((busyUntil[column] ?? 0) > row) column++;
			places.push({ cell, column });
			for (let at = 0; at < span(cell, 'colspan'); at++) busyUntil[column + at] = row + span(cell, 'rowspan');
			column += span(cell, 'colspan');
		}
	}
	return { columns: busyUntil.length, places };
}

function span(cell: JsonNode, name: 'colspan' | 'rowspan'): number {
	const value = Number(cell.attrs?.[name] ?? 1);
	return Number.isInteger(value) && value > 1 ? Math.min(value, 1000) : 1;
}
