import type { Profile } from './profiles.ts';

/**
 * Party documents since 2026: Hướng dẫn 05-HD/VPTW of 27/5/2026 under Quy định 399-QĐ/TW. No national title; `*` under
 * the issuing body; no colon after `Số`; slash instead of dot in the signing authority.
 */
export const PARTY_2026: Profile = {
	id: 'party-2026',
	family: 'party',
	source: 'Hướng dẫn 05-HD/VPTW ngày 27/5/2026',
	page: {
		width: 210,
		height: 297,
		margin: { top: 20, bottom: 20, left: 30, right: 15 },
		pageNumber: { size: 14, onFirstPage: false }
	},
	font: { family: 'Times New Roman', size: 14, firstLineIndent: 10, paragraphGap: 6, lineSpacing: { exact: 18 } },
	header: {
		right: [{ text: 'ĐẢNG CỘNG SẢN VIỆT NAM', size: 15, bold: true, caps: true, rule: 'full' }],
		parent: { size: 14, caps: true },
		agency: { size: 14, bold: true, caps: true },
		agencyMark: '*',
		symbol: { size: 14 },
		placeDate: { size: 14, italic: true },
		kind: { size: 16, bold: true, caps: true },
		subject: { size: 14, bold: true },
		subjectMark: '-----'
	},
	symbolPrefix: 'Số ',
	symbolHasYear: false,
	legalBasis: { size: 14, prefix: '- ', indent: 10 },
	enactingLine: { resolution: 'QUYẾT NGHỊ:', decision: 'QUYẾT ĐỊNH:', style: { size: 14, bold: true, caps: true } },
	numbering: { romanSuffix: '-', sectionIsRoman: true, indentMark: '-' },
	titles: {
		part: { size: 14, bold: true, align: 'center', titleBelow: true },
		chapter: { size: 14, bold: true, align: 'center', titleBelow: true },
		section: { size: 14, bold: true, align: 'left', titleBelow: false },
		romanSection: { size: 14, bold: true, align: 'left', titleBelow: false },
		subsection: { size: 14, bold: true, align: 'left', titleBelow: false },
		article: { size: 14, bold: true, align: 'left', titleBelow: false }
	},
	signature: {
		authority: { size: 14, bold: true, caps: true },
		position: { size: 14, caps: true },
		signer: { size: 14, bold: true },
		prefixes: { onBehalf: 'T/M', forHead: 'K/T', byOrder: 'T/L', byDelegation: 'T/UQ', acting: 'Q.' }
	},
	recipients: { label: 'Nơi nhận:', labelStyle: { size: 14, underline: true }, itemStyle: { size: 12 } },
	appendix: { label: 'Phụ lục', labelStyle: { size: 14, bold: true }, titleStyle: { size: 14, bold: true, caps: true } },
	endMark: '.'
};

/** Party documents before: Hướng dẫn 36-HD/VPTW of 03/4/2018, for old files. */
export const PARTY_2018: Profile = {
	...PARTY_2026,
	id: 'party-2018',
	source: 'Hướng dẫn 36-HD/VPTW ngày 03/4/2018',
	font: { family: 'Times New Roman', size: 15, firstLineIndent: 10, paragraphGap: 6, lineSpacing: { exact: 18 } },
	legalBasis: { size: 15, prefix: '- ', indent: 10 }
};
