import { kindFacts, type Kind } from '../schema/kinds.ts';
import { profileOf, type Profile, type ProfileId } from '../schema/profiles.ts';

/** What is known about a new document; what is not becomes a place to fill in. */
export interface TemplateFacts {
	/** The body that issues: `Ủy ban nhân dân thành phố Hải Phòng`. */
	agency: string;
	parentAgency?: string | null;
	/** `Hải Phòng` */
	place?: string | null;
	/** The code of the body in document symbols: `UBND`, `TU`. */
	code?: string | null;
	/** What the document is about, without its type. */
	subject?: string | null;
	/** The year of issue. */
	year?: number;
}

/** The facts with their gaps filled, and what follows from the profile. */
export interface Frame {
	profile: Profile;
	kind: Kind;
	agency: string;
	/** As the header prints it. */
	agencyCaps: string;
	parent: string;
	symbol: string;
	placeDate: string;
	heading: string;
	subject: string;
	year: number;
	isParty: boolean;
}

/** Completes the facts for a kind and a profile. */
export function frameOf(kind: Kind, profileId: ProfileId, facts: TemplateFacts): Frame {
	const profile = profileOf(profileId);
	const isParty = profile.family === 'party';
	const agency = facts.agency.normalize('NFC').trim();
	const year = facts.year ?? new Date().getFullYear();
	return {
		profile,
		kind,
		agency,
		agencyCaps: agency.toLocaleUpperCase('vi'),
		parent: (facts.parentAgency ?? '').normalize('NFC').trim().toLocaleUpperCase('vi'),
		symbol: symbolOf(kind, profile, codeOf(facts, agency, isParty), year),
		placeDate: `${facts.place?.trim() || '[Địa danh]'}, ngày … tháng … năm ${year}`,
		heading: headingOf(kind),
		subject: facts.subject?.normalize('NFC').trim() || subjectOf(kind, isParty),
		year,
		isParty
	};
}

/**
 * The symbol of a document that has no number yet: `Số: …/KH-UBND`; with the year in normative documents (`Số: …/2026/NQ-HĐND`); in Party ones `Số …-NQ/TU`, where the
 * number runs through the term.
 */
export function symbolForm(profile: Profile, { type, code, year }: { type: string; code: string; year: number }): string {
	if (profile.family === 'party') return `${profile.symbolPrefix}…-${type}/${code}`;
	return `${profile.symbolPrefix}…${profile.symbolHasYear ? `/${year}` : ''}/${type}-${code}`;
}

function symbolOf(kind: Kind, profile: Profile, code: string, year: number): string {
	return symbolForm(profile, { type: kindFacts(kind).code ?? '…', code, year });
}

function codeOf({ code }: TemplateFacts, agency: string, isParty: boolean): string {
	if (code?.trim()) return code.normalize('NFC').trim();
	if (isParty) return 'TU';
	if (/hội đồng nhân dân/i.test(agency)) return 'HĐND';
	return /ủy ban nhân dân|uỷ ban nhân dân/i.test(agency) ? 'UBND' : '…';
}

/** A notice of a conclusion is a Thông báo; what it is about says whose conclusion it is. */
function headingOf(kind: Kind): string {
	if (kind === 'conclusion-notice') return 'THÔNG BÁO';
	if (kind === 'other') return '[TÊN LOẠI VĂN BẢN]';
	return kindFacts(kind).heading;
}

const SUBJECTS: Record<Kind, string> = {
	resolution: 'Về [nội dung nghị quyết]',
	'action-programme': 'Thực hiện Nghị quyết số … [trích yếu nghị quyết]',
	plan: '[Nội dung, lĩnh vực, thời gian thực hiện]',
	decision: 'Về việc [nội dung quyết định]',
	report: 'Tình hình, kết quả [nội dung báo cáo, kỳ báo cáo]',
	'conclusion-notice': 'Kết luận của [chức vụ, họ tên] tại cuộc họp về [nội dung]',
	other: '[Trích yếu nội dung]'
};

function subjectOf(kind: Kind, isParty: boolean): string {
	const subject = SUBJECTS[kind];
	return isParty && subject.startsWith('Về ') ? `về ${subject.slice(3)}` : subject;
}
