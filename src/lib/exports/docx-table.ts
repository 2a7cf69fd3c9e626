import { BorderStyle, Table, TableCell as Cell, TableLayoutType, TableRow, WidthType, type Paragraph } from 'docx';
import { mm } from './docx-styles.ts';
import { runsText, type OutlineBlock, type TableBlock, type TableCell } from './outline.ts';

/** Space between a cell's border and its text, in millimetres. */
const CELL_PADDING = 1.5;

/** Rows whose every cell is shorter than this (characters) are kept on one page. */
const LONGEST_ROW = 500;

/**
 * A table with lines, as wide as the text. Its head rows are repeated on each page and short rows stay whole.
 * @param width of the text in millimetres
 * @param print the blocks of a cell, in the cell's own width
 */
export function tableOf(
	table: TableBlock,
	width: number,
	print: (blocks: OutlineBlock[], width: number, head: boolean) => (Paragraph | Table)[]
): Table {
	const columns = table.widths.map((share) => mm(share * width));
	const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
	return new Table({
		width: { size: columns.reduce((sum, column) => sum + column, 0), type: WidthType.DXA },
		columnWidths: columns,
		layout: TableLayoutType.FIXED,
		margins: { left: mm(CELL_PADDING), right: mm(CELL_PADDING) },
		borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
		rows: table.rows.map((row, rowIndex) => {
			const isHead = rowIndex < table.headerRows;
			return new TableRow({
				// A property that is written but off still counts as on for some readers.
				...(isHead ? { tableHeader: true } : {}),
				...(isHead || isShort(row) ? { cantSplit: true } : {}),
				children: row.map((cell) => {
					const own = columns.slice(cell.column, cell.column + cell.columnSpan).reduce((sum, size) => sum + size, 0);
					const widthInside = (own * 25.4) / 1440 - 2 * CELL_PADDING;
					return new Cell({
						columnSpan: cell.columnSpan,
						rowSpan: cell.rowSpan,
						width: { size: own, type: WidthType.DXA },
						verticalAlign: cell.header ? 'center' : 'top',
						children: print(cell.blocks, widthInside, cell.header)
					});
				})
			});
		})
	});
}

/** Whether a row surely fits on a page, so that it need not be split over two. */
function isShort(row: TableCell[]): boolean {
	const length = (blocks: readonly OutlineBlock[]): number =>
		blocks.reduce((sum, block) => sum + ('runs' in block ? runsText(block.runs).length + 40 : LONGEST_ROW), 0);
	return row.every((cell) => cell.rowSpan === 1 && length(cell.blocks) < LONGEST_ROW);
}
