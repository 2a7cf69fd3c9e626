import { m } from '$lib/i18n/paraglide/messages.js';
import { type Gap, GAP_KINDS, type GapCounts, type GapField, type GapKind } from '../../gaps/gaps.ts';

const FIELDS: Record<GapField, () => string> = {
	agency: m.editor_gap_field_agency,
	symbol: m.editor_gap_field_symbol,
	placeDate: m.editor_gap_field_place_date,
	subject: m.editor_gap_field_subject,
	position: m.editor_gap_field_position,
	signer: m.editor_gap_field_signer,
	legalBasis: m.editor_gap_field_legal_basis,
	enactingLine: m.editor_gap_field_enacting_line,
	recipients: m.editor_gap_field_recipients
};

const COUNTED: Record<GapKind, (inputs: { n: number }) => string> = {
	placeholder: m.editor_gaps_placeholder,
	'empty-field': m.editor_gaps_empty_field,
	'empty-provision': m.editor_gaps_empty_provision,
	'broken-reference': m.editor_gaps_broken_reference
};

/** What is to be done at a gap. */
export function gapWords({ kind, text, field }: Gap): string {
	if (kind === 'empty-provision') return m.editor_gap_empty();
	if (kind === 'empty-field') return field ? m.editor_gap_field({ field: FIELDS[field]() }) : m.editor_gap_empty();
	return kind === 'broken-reference' ? m.editor_gap_broken({ text: text || '…' }) : text;
}

/** `2 chỗ trống để điền`: a line for each kind of which there are some. */
export function countWords(counts: GapCounts): string[] {
	return GAP_KINDS.filter((kind) => counts[kind] > 0).map((kind) => COUNTED[kind]({ n: counts[kind] }));
}
