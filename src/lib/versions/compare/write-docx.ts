import {
	AlignmentType,
	BorderStyle,
	Document,
	Header,
	Packer,
	PageNumber,
	PageOrientation,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	WidthType
} from 'docx';
import { profileOf } from '../../documents/schema/profiles.ts';
import { documentStyles, mm, STYLES } from '../../exports/docx-styles.ts';
import type { PrintedCell, PrintedComparison, PrintedRow, PrintedRun } from './printed.ts';

/** A4 across, in millimetres: the edge that is bound lies at the top. */
const PAGE = { width: 210, height: 297, margin: { top: 25, right: 20, bottom: 20, left: 20 } };
/** Of two and of three columns, as shares of the width. */
const WIDTHS: Record<number, number[]> = { 2: [0.5, 0.5], 3: [0.36, 0.36, 0.28] };

/** A comparison as a Word file: a table across the page, whose head stands on each page. */
export async function writeComparisonDocx(printed: PrintedComparison): Promise<Uint8Array> {
	const profile = profileOf('nd30');
	const { title, subject } = printed;
	const document = new Document({
		title: `${title}: ${subject}`,
		creator: 'Plenum',
		lastModifiedBy: 'Plenum',
		description: '',
		styles: documentStyles(profile),
		sections: [
			{
				headers: {
					default: new Header({
						children: [new Paragraph({ style: STYLES.frame, children: [new TextRun({ children: [PageNumber.CURRENT] })] })]
					}),
					first: new Header({ children: [new Paragraph({ style: STYLES.frame })] })
				},
				properties: {
					titlePage: true,
					page: {
						size: { width: mm(PAGE.width), height: mm(PAGE.height), orientation: PageOrientation.LANDSCAPE },
						margin: {
							top: mm(PAGE.margin.top),
							right: mm(PAGE.margin.right),
							bottom: mm(PAGE.margin.bottom),
							left: mm(PAGE.margin.left)
						}
					}
				},
				children: [
					centred(title, true),
					centred(subject, true),
					centred('(Kèm theo Công văn số …… ngày …… tháng …… năm ……)', false),
					new Paragraph({ style: STYLES.frame }),
					tableOf(printed)
				]
			}
		]
	});
	return new Uint8Array(await Packer.toBuffer(document));
}

function centred(text: string, bold: boolean): Paragraph {
	return new Paragraph({ style: STYLES.frame, children: [new TextRun({ text, bold, italics: !bold })] });
}

function tableOf({ columns, rows }: PrintedComparison): Table {
	const width = mm(PAGE.height - PAGE.margin.left - PAGE.margin.right);
	const widths = WIDTHS[columns.length].map((share) => Math.round(share * width));
	const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
	const head = new TableRow({
		tableHeader: true,
		cantSplit: true,
		children: columns.map((column, nth) => cell([new Paragraph({ style: STYLES.cellHead, text: column })], widths[nth]))
	});
	return new Table({
		width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
		columnWidths: widths,
		layout: TableLayoutType.FIXED,
		margins: { left: mm(1.5), right: mm(1.5) },
		borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
		rows: [head, ...rows.map((row) => rowOf(row, widths))]
	});
}

function rowOf(row: PrintedRow, widths: readonly number[]): TableRow {
	if ('folded' in row) {
		const children = [new Paragraph({ style: STYLES.cell, children: [new TextRun({ text: row.folded, italics: true })] })];
		return new TableRow({ children: [new TableCell({ columnSpan: widths.length, children })] });
	}
	return new TableRow({ children: row.cells.map((lines, nth) => cell(paragraphsOf(lines), widths[nth])) });
}

function cell(children: Paragraph[], size: number): TableCell {
	return new TableCell({ width: { size, type: WidthType.DXA }, children });
}

function paragraphsOf(lines: PrintedCell): Paragraph[] {
	const made = lines.map(
		(runs) => new Paragraph({ style: STYLES.cell, alignment: AlignmentType.JUSTIFIED, children: runs.map(runOf) })
	);
	return made.length > 0 ? made : [new Paragraph({ style: STYLES.cell })];
}

/** What came in is bold and italic, as agencies print it, what went is struck out. */
function runOf({ text, mark, bold }: PrintedRun): TextRun {
	const isAdded = mark === 'added';
	return new TextRun({
		text,
		...(bold || isAdded ? { bold: true } : {}),
		...(isAdded || mark === 'said' ? { italics: true } : {}),
		...(mark === 'removed' ? { strike: true } : {})
	});
}
