import type { Profile } from '../schema/profiles.ts';

/** Who signs for an agency, as the signature prints it. */
export interface Signing {
	/** `TM. ỦY BAN NHÂN DÂN`; none where the head signs in their own right. */
	authority?: string;
	/** `CHỦ TỊCH`, `CHÁNH VĂN PHÒNG` */
	position: string;
}

/** How the name of an agency begins, in capitals; its head; and, for a collective body, in whose name they sign. */
type Rule = [name: RegExp, position: string, body?: string];

// The first that fits: what is a part of a body is named before the body (Văn phòng Ủy ban nhân dân).
const STATE: Rule[] = [
	[/^VĂN PHÒNG /, 'CHÁNH VĂN PHÒNG'],
	[/^ỦY BAN NHÂN DÂN/, 'CHỦ TỊCH', 'ỦY BAN NHÂN DÂN'],
	[/^THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN/, 'CHỦ TỊCH', 'THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN'],
	[/^HỘI ĐỒNG NHÂN DÂN/, 'CHỦ TỊCH'],
	[/^SỞ /, 'GIÁM ĐỐC'],
	[/^PHÒNG /, 'TRƯỞNG PHÒNG'],
	[/^BỘ /, 'BỘ TRƯỞNG'],
	[/^CHI CỤC /, 'CHI CỤC TRƯỞNG'],
	[/^CỤC /, 'CỤC TRƯỞNG'],
	[/^THANH TRA /, 'CHÁNH THANH TRA'],
	[/^BAN CHỈ ĐẠO/, 'TRƯỞNG BAN', 'BAN CHỈ ĐẠO']
];

const PARTY: Rule[] = [
	[/^VĂN PHÒNG /, 'CHÁNH VĂN PHÒNG'],
	[/^ỦY BAN KIỂM TRA/, 'CHỦ NHIỆM', 'ỦY BAN KIỂM TRA'],
	[/^BAN CHẤP HÀNH/, 'BÍ THƯ', 'BAN CHẤP HÀNH'],
	[/^BAN (?!THƯỜNG VỤ)/, 'TRƯỞNG BAN'],
	[/^CHI BỘ/, 'BÍ THƯ', 'CHI BỘ']
];

/**
 * Who signs for an agency, by what kind of agency its name says it is: a collective body is signed for with `TM.` (`T/M`
 * in the Party), an agency under one head by the head (Nghị định 30/2020/NĐ-CP, Điều 13).
 */
export function signingOf(agency: string, { family, signature }: Profile): Signing {
	const name = agency.trim().toLocaleUpperCase('vi').replace(/^UỶ/, 'ỦY');
	const rules = family === 'party' ? PARTY : STATE;
	const other: Signing =
		family === 'party'
			? { authority: `${signature.prefixes.onBehalf} BAN THƯỜNG VỤ`, position: 'BÍ THƯ' }
			: { position: 'THỦ TRƯỞNG CƠ QUAN' };
	const rule = rules.find(([begins]) => begins.test(name));
	if (!rule) return other;
	const [, position, body] = rule;
	return { authority: body && `${signature.prefixes.onBehalf} ${body}`, position };
}
