import { PARTY_2018, PARTY_2026 } from './profiles-party.ts';
import { ND30, VBQPPL_187 } from './profiles-state.ts';

/** The layouts a document can have. */
export const PROFILE_IDS = ['nd30', 'vbqppl-187', 'party-2026', 'party-2018'] as const;

export type ProfileId = (typeof PROFILE_IDS)[number];

/** How a run of text is set. Sizes in points. */
export interface TextStyle {
	size: number;
	bold?: boolean;
	italic?: boolean;
	underline?: boolean;
	/** The text is set in capitals. */
	caps?: boolean;
	/** A rule below the line: as long as the text, or a third to a half of it. */
	rule?: 'full' | 'part';
}

/** A line that the profile prints by itself and that no document stores. */
interface PrintedLine extends TextStyle {
	text: string;
}

/** Everything in which the four layouts differ. Lengths in millimetres, sizes in points. */
export interface Profile {
	id: ProfileId;
	/** State documents carry the national title, Party documents the Party's. */
	family: 'state' | 'party';
	/** Where the rules come from. */
	source: string;
	page: {
		width: number;
		height: number;
		margin: { top: number; bottom: number; left: number; right: number };
		/** Arabic page number in the middle of the top margin, not on the first page. */
		pageNumber: { size: number; onFirstPage: boolean };
	};
	font: { family: string; size: number; firstLineIndent: number; paragraphGap: number; lineSpacing: LineSpacing };
	header: {
		/** Right column: the national title and motto, or the Party's title. */
		right: PrintedLine[];
		parent: TextStyle;
		agency: TextStyle;
		/** Printed centred below the issuing body: `*` in Party documents. */
		agencyMark: string | null;
		symbol: TextStyle;
		placeDate: TextStyle;
		kind: TextStyle;
		subject: TextStyle;
		/** Printed centred below the subject: `-----` in Party documents. */
		subjectMark: string | null;
	};
	/** `Số: ` or `Số `. */
	symbolPrefix: string;
	/** The document symbol carries the year (`Số: …/2026/NQ-HĐND`). */
	symbolHasYear: boolean;
	legalBasis: TextStyle & { prefix: string; indent: number };
	/** The line before the first provision; null where the form has none. */
	enactingLine: { resolution: string | null; decision: string | null; style: TextStyle };
	numbering: {
		/** What follows a Roman section number: `I.` or `I-`. */
		romanSuffix: string;
		/** A section with no mark prints a Roman number. */
		sectionIsRoman: boolean;
		/** Roman or words after Phần: computed numbers are always Roman. */
		indentMark: string;
	};
	titles: Record<'part' | 'chapter' | 'section' | 'romanSection' | 'subsection' | 'article', TitleStyle>;
	signature: { authority: TextStyle; position: TextStyle; signer: TextStyle; prefixes: SignaturePrefixes };
	recipients: { label: string; labelStyle: TextStyle; itemStyle: TextStyle };
	appendix: { label: string; labelStyle: TextStyle; titleStyle: TextStyle };
	/** Ends the body of an issued document: `./.` or nothing. */
	endMark: string;
}

interface TitleStyle extends TextStyle {
	align: 'left' | 'center';
	/** The title stands on its own line below the number. */
	titleBelow: boolean;
}

/** `single`–`1.5` as a multiple, or an exact distance in points. */
export type LineSpacing = { multiple: number } | { exact: number };

/** thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền. */
interface SignaturePrefixes {
	onBehalf: string;
	forHead: string;
	byOrder: string;
	byDelegation: string;
	acting: string;
}

const PROFILES: Record<ProfileId, Profile> = {
	nd30: ND30,
	'vbqppl-187': VBQPPL_187,
	'party-2026': PARTY_2026,
	'party-2018': PARTY_2018
};

/** The layout with this id. */
export function profileOf(id: ProfileId): Profile {
	return PROFILES[id];
}

/** Whether a value names a profile. */
export function isProfileId(value: unknown): value is ProfileId {
	return typeof value === 'string' && (PROFILE_IDS as readonly string[]).includes(value);
}
