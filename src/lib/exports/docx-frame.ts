import { BorderStyle, LineRuleType, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx';
import type { IParagraphOptions } from 'docx';
import type { Profile, TextStyle } from '../documents/schema/profiles.ts';
import { paragraphOf } from './docx-inline.ts';
import { mm, pt, STYLES } from './docx-styles.ts';
import { lines, runsText, type ClosingBlock, type HeaderBlock, type Inline } from './outline.ts';
import { balancedColumn } from './text-width.ts';

/** The left column's share of the head: the national title needs a good half of the line. */
const LEFT_SHARE = { state: 0.42, party: 0.44 };
/** A rule under an agency or a subject is this part of its text (the decree: a third to a half). */
const PART_OF_TEXT = 0.42;
/** How much wider than estimated a line may turn out. */
const SLACK = 1.03;
/** Room for a signature and a seal between the position and the name, in points. */
const SIGNATURE_ROOM = 72;

/** Issuing body and symbol on the left, national or Party title and date on the right; then type and subject. */
export function headerOf(header: HeaderBlock, profile: Profile): (Table | Paragraph)[] {
	const width = textWidth(profile);
	const left = width * LEFT_SHARE[profile.family];
	const widths = [left, width - left];
	const { header: styles } = profile;
	const head = [
		[...frameLines(header.parent, styles.parent, left), ...agencyLines(header.agency, profile, left)],
		styles.right.flatMap((line) => frameLines([[{ type: 'text', text: line.text }]], line, width - left))
	];
	const row = [
		[...frameLines(header.symbol, styles.symbol, left), ...frameLines(header.about, { size: 12 }, left)],
		header.placeDate.map((line) => frameLine(line, styles.placeDate))
	];
	const rows = row.some((cell) => cell.length > 0) ? [head, row] : [head];
	return [borderless(widths, rows), ...titleLines(header, profile, width)];
}

/** Recipients on the left, signature on the right; what the document lacks leaves its column empty. */
export function closingOf(closing: ClosingBlock, profile: Profile): Table {
	const width = textWidth(profile);
	const { recipients, signature } = profile;
	const left = closing.hasRecipients
		? [
				frameLine([{ type: 'text', text: recipients.label }], recipients.labelStyle, { alignment: 'left' }),
				...closing.recipients.map((line) => frameLine(line, recipients.itemStyle, { alignment: 'left' }))
			]
		: [];
	const right = [
		...frameLines(closing.authority, signature.authority, width / 2),
		...frameLines(closing.position, signature.position, width / 2),
		...closing.signer.map((line, index) =>
			frameLine(line, signature.signer, { spacing: { before: index === 0 ? pt(SIGNATURE_ROOM) : 0 } })
		)
	];
	return borderless([width / 2, width / 2], [[left, right]]);
}

/** The short line under a title, as an empty paragraph with a border: `length` in points, centred in `room` (mm). */
function ruleOf(length: number, room: number): Paragraph {
	const side = Math.max(0, (mm(room) - pt(length)) / 2);
	return new Paragraph({
		style: STYLES.frame,
		border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: 'auto' } },
		indent: { left: Math.round(side), right: Math.round(side) },
		spacing: { before: pt(2), after: 0, line: pt(4), lineRule: LineRuleType.EXACT }
	});
}

/** An empty paragraph of this height in points: what keeps a table and the text around it apart. */
function spacer(height: number): Paragraph {
	return new Paragraph({
		style: STYLES.frame,
		spacing: { before: 0, after: 0, line: pt(height), lineRule: LineRuleType.EXACT }
	});
}

/** The width of the text on an upright page, in millimetres. */
export function textWidth({ page }: Profile): number {
	return page.width - page.margin.left - page.margin.right;
}

function titleLines(header: HeaderBlock, profile: Profile, width: number): Paragraph[] {
	const { kind, subject, subjectMark } = profile.header;
	const title = [...frameLines(header.kind, kind, width), ...frameLines(header.subject, subject, width)];
	const result: Paragraph[] = [spacer(title.length > 0 ? 18 : 6), ...title];
	if (title.length > 0 && subjectMark) result.push(frameLine([{ type: 'text', text: subjectMark }], { size: subject.size }));
	if (header.attachedTo) {
		const line: Inline[] = [{ type: 'text', text: header.attachedTo }];
		const style = { size: profile.font.size, italic: true };
		result.push(frameLine(line, style, { ...evenly(line, style, width), spacing: { before: pt(3) } }));
	}
	return [...result, spacer(12)];
}

function agencyLines(agency: Inline[][], profile: Profile, width: number): Paragraph[] {
	const { agency: style, agencyMark } = profile.header;
	const result = frameLines(agency, style, width);
	if (agencyMark && agency.length > 0) result.push(frameLine([{ type: 'text', text: agencyMark }], { size: style.size }));
	return result;
}

/** Centred lines in a column of `width` mm, broken evenly, with the rule that the style asks for below the last. */
function frameLines(field: Inline[][], style: TextStyle, width: number): Paragraph[] {
	const result = field.map((line) => frameLine(line, style, evenly(line, style, width)));
	const last = field.at(-1);
	if (!last || !style.rule) return result;
	const text = printed(lines(last).at(-1) ?? [], style);
	const { lastLine } = balancedColumn(text, style.size, points(width));
	return [...result, ruleOf(style.rule === 'part' ? lastLine * PART_OF_TEXT : lastLine, width)];
}

/** Indents that break a centred title of more than one line into lines of like length. `width` of the column in mm. */
export function evenly(title: readonly Inline[], style: TextStyle, width: number): IParagraphOptions {
	const [only, ...others] = lines(title);
	// Text with breaks of its own is left as somebody broke it.
	if (others.length > 0) return {};
	const { column, isOneLine } = balancedColumn(printed(only, style), style.size, points(width));
	const side = isOneLine ? 0 : Math.max(0, pt((points(width) - column * SLACK) / 2));
	return side > 0 ? { indent: { left: side, right: side } } : {};
}

function points(millimetres: number): number {
	return (millimetres * 72) / 25.4;
}

function printed(inlines: readonly Inline[], style: TextStyle): string {
	const text = runsText(inlines);
	return style.caps ? text.toLocaleUpperCase('vi') : text;
}

function frameLine(inlines: readonly Inline[], style: TextStyle, options: IParagraphOptions = {}): Paragraph {
	return paragraphOf(inlines, { style: STYLES.frame, ...options }, style);
}

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER };

/** A table without lines that keeps its rows whole. Widths in millimetres. */
function borderless(widths: number[], rows: Paragraph[][][]): Table {
	const columns = widths.map(mm);
	return new Table({
		width: { size: columns.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: columns,
		layout: TableLayoutType.FIXED,
		borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
		margins: { left: 0, right: 0 },
		rows: rows.map(
			(cells, row) =>
				new TableRow({
					cantSplit: true,
					children: cells.map(
						(children, column) =>
							new TableCell({
								width: { size: columns[column], type: WidthType.DXA },
								borders: NO_BORDERS,
								margins: row > 0 || rows.length === 1 ? { top: pt(6) } : undefined,
								children: children.length > 0 ? children : [new Paragraph({ style: STYLES.frame })]
							})
					)
				})
		)
	});
}
