import type { MeasuredSide } from '$lib/versions/compare/compared.ts';
import { categoryOf, type Category, type PassageType, type Row, type Side, type Word } from '$lib/versions/compare/comparison.ts';
import { withLabels } from '$lib/versions/compare/labelled.ts';
import { formatDate } from '$lib/i18n/formats.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { versionName } from '$lib/versions/version-words.ts';

/** So much of a text stands in the list of changes. */
const EXCERPT = 90;

const NAMES: Record<Category, () => string> = {
	same: m.versions_compare_kind_same,
	changed: m.versions_compare_kind_changed,
	new: m.versions_compare_kind_new,
	deleted: m.versions_compare_kind_deleted,
	moved: m.versions_compare_kind_moved,
	split: m.versions_compare_kind_split,
	joined: m.versions_compare_kind_joined,
	renumbered: m.versions_compare_kind_renumbered
};

const TYPES: Record<PassageType, () => string> = {
	field: m.versions_compare_type_field,
	'legal-basis': m.versions_compare_type_basis,
	'enacting-line': m.versions_compare_type_enacting,
	provision: m.versions_compare_type_paragraph,
	paragraph: m.versions_compare_type_paragraph,
	'list-item': m.versions_compare_type_item,
	recipient: m.versions_compare_type_recipient,
	appendix: m.versions_compare_type_appendix,
	'table-row': m.versions_compare_type_row,
	picture: m.versions_compare_type_picture
};

export function categoryName(category: Category): string {
	return NAMES[category]();
}

/** What a passage is called: its citation, or what it is and where it stands. */
export function passageName({ number, within, type }: Pick<Side, 'number' | 'within' | 'type'>): string {
	if (number) return capital(number);
	const name = TYPES[type]();
	return within ? m.versions_compare_type_within({ type: name, number: within }) : name;
}

/** What a row is called in the list: where it is by now; both numbers where the number is all that changed. */
export function rowName(row: Row): string {
	const { before, after } = row;
	if (before && after && before.number && after.number && before.number !== after.number && (row.renumbered || row.moved))
		return `${capital(withoutEnd(before.number, after.number))} → ${after.number}`;
	return passageName((after ?? before)!);
}

/** A citation without what both have at their ends: `điểm b` of `điểm b khoản 1 Điều 4`. */
function withoutEnd(citation: string, other: string): string {
	const [words, others] = [citation.split(' '), other.split(' ')];
	let end = 0;
	while (end < words.length - 2 && words.at(-1 - end) === others.at(-1 - end)) end++;
	return words.slice(0, words.length - end).join(' ');
}

/** What became of it, in a few words. */
export function rowExcerpt(row: Row): string {
	const category = categoryOf(row);
	if (category === 'split') return m.versions_compare_split_into({ number: row.after!.number || m.versions_compare_elsewhere() });
	if (category === 'joined')
		return m.versions_compare_joined_from({ number: row.before!.number || m.versions_compare_elsewhere() });
	if (category !== 'changed') return excerpt(row.words.map(([, text]) => text).join(''));
	const first = row.words.findIndex(([op]) => op === 'removed' || op === 'added');
	const [op, text] = row.words[first];
	const next = row.words[first + 1];
	return op === 'removed' && next?.[0] === 'added' ? `${excerpt(text)} → ${excerpt(next[1])}` : excerpt(text);
}

/** In how many places its words are others. */
export function placesChanged({ words }: Row): number {
	return words.filter(([op], nth) => op === 'removed' || (op === 'added' && words[nth - 1]?.[0] !== 'removed')).length;
}

/** What a side is called: within its document, or with the title of another one. */
export function sideTitle(side: MeasuredSide, isOther: boolean): string {
	if (isOther) return side.title;
	return side.kind === 'live' ? m.versions_compare_live() : versionName({ label: side.label, createdAt: side.createdAt! });
}

/** When it was kept, and how long it is. */
export function sideText(side: MeasuredSide, isOther: boolean): string {
	const name = isOther ? sideTitle(side, false) : '';
	const kept = side.kind === 'live' ? m.versions_compare_live_text() : '';
	const frozen = side.label ? m.versions_compare_frozen_at({ date: formatDate(side.createdAt!) }) : '';
	return [name, isOther ? '' : kept, frozen, m.versions_compare_articles({ n: side.articles })].filter(Boolean).join(' · ');
}

/** The words of one side with the label of each passage in front of it. */
export function labelledWords({ words }: Row, { label, text, parts }: Side, side: 'before' | 'after'): Word[] {
	return withLabels(words, parts ?? [{ label, text }], side, 'same');
}

export function capital(text: string): string {
	return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

function excerpt(text: string): string {
	const line = text.replace(/\s+/gu, ' ').trim();
	return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
