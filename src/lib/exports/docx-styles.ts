import { AlignmentType, LineRuleType, type IParagraphStyleOptions, type IStylesOptions } from 'docx';
import type { LineSpacing, Profile, TextStyle } from '../documents/schema/profiles.ts';

/** Names of the paragraph styles, as a clerk sees them in Word's style list, by their id in the file. */
export const STYLES = {
	body: 'Noidung',
	basis: 'Cancu',
	enacting: 'Banhanh',
	division: 'Phanchuong',
	divisionTitle: 'Tenphanchuong',
	romanSection: 'MucLaMa',
	subsection: 'Tieumuc',
	article: 'Dieu',
	articleText: 'Dieukhongten',
	clause: 'Khoan',
	clauseTitle: 'Khoancoten',
	point: 'Diem',
	cell: 'Trongbang',
	cellHead: 'Dautrongbang',
	frame: 'Thethuc',
	note: 'FootnoteText'
} as const;

/** Text in tables is set smaller than the body, in points. */
const CELL_SIZE = 12;
/** The distance between two paragraphs in a table cell, in points. */
const CELL_GAP = 2;
const NOTE_SIZE = 10;

/** Millimetres in twips, the unit of lengths in a Word file. */
export function mm(value: number): number {
	return Math.round((value * 1440) / 25.4);
}

/** Points in twips. */
export function pt(value: number): number {
	return Math.round(value * 20);
}

/** The styles of a document in this profile: every role a paragraph can have is one named style. */
export function documentStyles(profile: Profile): IStylesOptions {
	const { font } = profile;
	const gap = { before: 0, after: pt(font.paragraphGap) };
	const running = { alignment: AlignmentType.JUSTIFIED, indent: { firstLine: mm(font.firstLineIndent) } };
	const centred = { alignment: AlignmentType.CENTER, indent: { firstLine: 0 } };
	const bold = { bold: true };
	const style = (
		id: string,
		name: string,
		paragraph: IParagraphStyleOptions['paragraph'],
		run: IParagraphStyleOptions['run'] = {}
	): IParagraphStyleOptions => ({ id, name, basedOn: 'Normal', quickFormat: true, paragraph, run });

	return {
		default: {
			document: {
				run: { font: font.family, size: font.size * 2, language: { value: 'vi-VN' } },
				paragraph: { spacing: { ...gap, ...lineSpacing(font.lineSpacing) } }
			},
			footnoteText: {
				paragraph: { spacing: { before: 0, after: 0, line: 240, lineRule: LineRuleType.AUTO } },
				run: { font: font.family, size: NOTE_SIZE * 2 }
			}
		},
		paragraphStyles: [
			style(STYLES.body, 'Nội dung', running),
			style(
				STYLES.basis,
				'Căn cứ',
				{ ...running, indent: { firstLine: mm(profile.legalBasis.indent) } },
				runStyle(profile.legalBasis)
			),
			style(STYLES.enacting, 'Dòng ban hành', { ...centred, keepNext: true }, runStyle(profile.enactingLine.style)),
			style(STYLES.division, 'Phần, chương, mục', { ...centred, keepNext: true, spacing: { after: 0 } }, bold),
			style(STYLES.divisionTitle, 'Tên phần, chương, mục', { ...centred, keepNext: true }, bold),
			style(STYLES.romanSection, 'Mục La Mã', { ...running, keepNext: true }, bold),
			style(STYLES.subsection, 'Tiểu mục', { ...running, keepNext: true }, bold),
			style(STYLES.article, 'Điều', { ...running, keepNext: true }, bold),
			style(STYLES.articleText, 'Điều không tên', running),
			style(STYLES.clause, 'Khoản', running),
			style(STYLES.clauseTitle, 'Khoản có tên', { ...running, keepNext: true }, bold),
			style(STYLES.point, 'Điểm', running),
			style(STYLES.cell, 'Trong bảng', cellParagraph(AlignmentType.LEFT), { size: CELL_SIZE * 2 }),
			style(STYLES.cellHead, 'Đầu bảng', cellParagraph(AlignmentType.CENTER), {
				size: CELL_SIZE * 2,
				bold: true
			}),
			style(STYLES.frame, 'Thể thức', {
				alignment: AlignmentType.CENTER,
				spacing: { before: 0, after: 0, line: 240, lineRule: LineRuleType.AUTO }
			})
		]
	};
}

/** The run properties of a text style; absent ones are left to the paragraph's style. */
export function runStyle(style: Partial<TextStyle>) {
	return {
		...(style.size ? { size: style.size * 2 } : {}),
		...(style.bold ? { bold: true } : {}),
		...(style.italic ? { italics: true } : {}),
		...(style.underline ? { underline: {} } : {}),
		...(style.caps ? { allCaps: true } : {})
	};
}

function cellParagraph(alignment: (typeof AlignmentType)[keyof typeof AlignmentType]) {
	return {
		alignment,
		spacing: { before: pt(CELL_GAP), after: pt(CELL_GAP), line: 240, lineRule: LineRuleType.AUTO }
	};
}

function lineSpacing(spacing: LineSpacing) {
	return 'exact' in spacing
		? { line: pt(spacing.exact), lineRule: LineRuleType.EXACT }
		: { line: Math.round(spacing.multiple * 240), lineRule: LineRuleType.AUTO };
}
