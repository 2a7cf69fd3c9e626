import type { ExportFormat } from '../../exports/formats.ts';
import { counted } from '../../i18n/formats.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { Tone } from '../../ui/icon.ts';
import type { ImportReport, Unsure } from '../import/report.ts';
import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { isTextOpen, type DocumentRole, type DocumentState } from './documents.ts';

/** The words for what a document is and where it stands, in the reader's language. */
export function kindName(kind: Kind): string {
	return KIND_NAMES[kind]();
}

/** What a kind of document is for, in one sentence. */
export function kindAbout(kind: Kind): string {
	return KIND_ABOUTS[kind]();
}

export function profileName(profile: ProfileId): string {
	return PROFILE_NAMES[profile]();
}

export function profileShortName(profile: ProfileId): string {
	return PROFILE_SHORT_NAMES[profile]();
}

export function formatName(format: ExportFormat): string {
	return FORMAT_NAMES[format]();
}

export function stateName(state: DocumentState): string {
	return STATE_NAMES[state]();
}

export function roleName(role: DocumentRole): string {
	return ROLE_NAMES[role]();
}

/** What a document that moves to this state may have done to it, in a sentence or two. */
export function moveMeaning(from: DocumentState, to: DocumentState): string {
	if (isTextOpen(to)) return isTextOpen(from) ? m.library_move_open() : m.library_move_return();
	return isTextOpen(from) ? m.library_move_close() : m.library_move_closed();
}

/** Why the text of a document is read-only. */
export function closedReason(state: DocumentState): string {
	return CLOSED_REASONS[state]?.() ?? '';
}

/** What a role lets one do, in one sentence. */
export function roleMeaning(role: Exclude<DocumentRole, 'manager'>): string {
	return ROLE_MEANINGS[role]();
}

export const STATE_TONES: Record<DocumentState, Tone> = {
	drafting: 'teal',
	consulting: 'gold',
	appraisal: 'blue',
	submitted: 'blue',
	adopted: 'green',
	issued: 'green'
};

/** "17 chương", "220 điều" …: what an import found, without the zeros, widest first. */
export function countNames(counts: ImportReport['counts']): string[] {
	return (Object.keys(COUNT_NAMES) as (keyof ImportReport['counts'])[])
		.filter((name) => counts[name] > 0)
		.map((name) => COUNT_NAMES[name](counted(counts[name])));
}

/** Why an imported passage should be looked over. */
export function doubtName(reason: Unsure['reason']): string {
	return DOUBT_NAMES[reason]();
}

const KIND_NAMES: Record<Kind, () => string> = {
	resolution: m.library_kind_resolution,
	'action-programme': m.library_kind_action_programme,
	plan: m.library_kind_plan,
	decision: m.library_kind_decision,
	report: m.library_kind_report,
	'conclusion-notice': m.library_kind_conclusion_notice,
	other: m.library_kind_other
};

const KIND_ABOUTS: Record<Kind, () => string> = {
	resolution: m.library_kind_resolution_about,
	'action-programme': m.library_kind_action_programme_about,
	plan: m.library_kind_plan_about,
	decision: m.library_kind_decision_about,
	report: m.library_kind_report_about,
	'conclusion-notice': m.library_kind_conclusion_notice_about,
	other: m.library_kind_other_about
};

const PROFILE_NAMES: Record<ProfileId, () => string> = {
	nd30: m.library_profile_nd30,
	'vbqppl-187': m.library_profile_vbqppl_187,
	'party-2026': m.library_profile_party_2026,
	'party-2018': m.library_profile_party_2018
};

const PROFILE_SHORT_NAMES: Record<ProfileId, () => string> = {
	nd30: m.library_profile_nd30_short,
	'vbqppl-187': m.library_profile_vbqppl_187_short,
	'party-2026': m.library_profile_party_2026_short,
	'party-2018': m.library_profile_party_2018_short
};

const STATE_NAMES: Record<DocumentState, () => string> = {
	drafting: m.library_state_drafting,
	consulting: m.library_state_consulting,
	appraisal: m.library_state_appraisal,
	submitted: m.library_state_submitted,
	adopted: m.library_state_adopted,
	issued: m.library_state_issued
};

const CLOSED_REASONS: Partial<Record<DocumentState, () => string>> = {
	appraisal: m.library_closed_appraisal,
	submitted: m.library_closed_submitted,
	adopted: m.library_closed_adopted,
	issued: m.library_closed_issued
};

const ROLE_NAMES: Record<DocumentRole, () => string> = {
	manager: m.library_role_manager,
	editor: m.library_role_editor,
	commenter: m.library_role_commenter,
	viewer: m.library_role_viewer
};

const ROLE_MEANINGS: Record<Exclude<DocumentRole, 'manager'>, () => string> = {
	editor: m.library_role_editor_meaning,
	commenter: m.library_role_commenter_meaning,
	viewer: m.library_role_viewer_meaning
};

const COUNT_NAMES: Record<keyof ImportReport['counts'], (inputs: { n: number; shown: string }) => string> = {
	part: m.library_count_part,
	chapter: m.library_count_chapter,
	section: m.library_count_section,
	subsection: m.library_count_subsection,
	article: m.library_count_article,
	clause: m.library_count_clause,
	point: m.library_count_point,
	indent: m.library_count_indent,
	legalBasis: m.library_count_legal_basis,
	appendix: m.library_count_appendix,
	table: m.library_count_table,
	image: m.library_count_image,
	paragraph: m.library_count_paragraph
};

const DOUBT_NAMES: Record<Unsure['reason'], () => string> = {
	sequence: m.library_doubt_sequence,
	start: m.library_doubt_start,
	gap: m.library_doubt_gap,
	restart: m.library_doubt_restart,
	decimal: m.library_doubt_decimal,
	quoted: m.library_doubt_quoted,
	continuation: m.library_doubt_continuation,
	outside: m.library_doubt_outside,
	picture: m.library_doubt_picture
};

const FORMAT_NAMES: Record<ExportFormat, () => string> = {
	docx: m.exports_format_docx,
	html: m.exports_format_html,
	txt: m.exports_format_txt,
	json: m.exports_format_json
};
