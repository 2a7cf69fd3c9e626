import type { Profile } from './profiles.ts';

/**
 * Administrative documents. Rules of Phụ lục I of Nghị định 30/2020/NĐ-CP; where the decree gives a range, a value
 * inside it (top and bottom 20–25 mm, left 30–35, right 15–20; body 13–14 pt; indent 10 or 12,7 mm; gap ≥ 6 pt).
 */
export const ND30: Profile = {
	id: 'nd30',
	family: 'state',
	source: 'Nghị định 30/2020/NĐ-CP, Phụ lục I',
	page: {
		width: 210,
		height: 297,
		margin: { top: 20, bottom: 20, left: 30, right: 20 },
		pageNumber: { size: 13, onFirstPage: false }
	},
	font: {
		family: 'Times New Roman',
		size: 14,
		firstLineIndent: 12.7,
		paragraphGap: 6,
		lineSpacing: { multiple: 1.15 }
	},
	header: {
		right: [
			{ text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', size: 12, bold: true, caps: true },
			{ text: 'Độc lập - Tự do - Hạnh phúc', size: 13, bold: true, rule: 'full' }
		],
		parent: { size: 12, caps: true },
		agency: { size: 12, bold: true, caps: true, rule: 'part' },
		agencyMark: null,
		symbol: { size: 13 },
		placeDate: { size: 13, italic: true },
		kind: { size: 14, bold: true, caps: true },
		subject: { size: 14, bold: true, rule: 'part' },
		subjectMark: null
	},
	symbolPrefix: 'Số: ',
	symbolHasYear: false,
	legalBasis: { size: 14, italic: true, prefix: '', indent: 12.7 },
	enactingLine: { resolution: 'QUYẾT NGHỊ:', decision: 'QUYẾT ĐỊNH:', style: { size: 14, bold: true, caps: true } },
	numbering: { romanSuffix: '.', sectionIsRoman: false, indentMark: '-' },
	titles: {
		part: { size: 14, bold: true, align: 'center', titleBelow: true },
		chapter: { size: 14, bold: true, align: 'center', titleBelow: true },
		section: { size: 14, bold: true, align: 'center', titleBelow: true },
		romanSection: { size: 14, bold: true, align: 'left', titleBelow: false },
		subsection: { size: 14, bold: true, align: 'center', titleBelow: true },
		article: { size: 14, bold: true, align: 'left', titleBelow: false }
	},
	signature: {
		authority: { size: 14, bold: true, caps: true },
		position: { size: 14, bold: true, caps: true },
		signer: { size: 14, bold: true },
		prefixes: { onBehalf: 'TM.', forHead: 'KT.', byOrder: 'TL.', byDelegation: 'TUQ.', acting: 'Q.' }
	},
	recipients: {
		label: 'Nơi nhận:',
		labelStyle: { size: 12, bold: true, italic: true },
		itemStyle: { size: 11 }
	},
	appendix: { label: 'Phụ lục', labelStyle: { size: 14, bold: true }, titleStyle: { size: 14, bold: true, caps: true } },
	endMark: './.'
};

/**
 * Legal normative documents of local authorities: Phụ lục I of Nghị định 78/2025/NĐ-CP as replaced by Nghị định
 * 187/2025/NĐ-CP. The symbol carries the year; a resolution has no `QUYẾT NGHỊ:` line but a sentence of enactment.
 */
export const VBQPPL_187: Profile = {
	...ND30,
	id: 'vbqppl-187',
	source: 'Nghị định 78/2025/NĐ-CP, Phụ lục I (thay thế bởi Nghị định 187/2025/NĐ-CP)',
	symbolHasYear: true,
	enactingLine: { resolution: null, decision: 'QUYẾT ĐỊNH:', style: { size: 14, bold: true, caps: true } },
	endMark: '.'
};
