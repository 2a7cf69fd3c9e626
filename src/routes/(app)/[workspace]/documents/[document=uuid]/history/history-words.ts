import { formatDate, formatDateTime, formatTime } from '$lib/i18n/formats.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Category } from '$lib/versions/compare/comparison.ts';
import type { ChangedPassage, HistoryEntry, HistoryKind, HistoryPerson } from '$lib/versions/history/history.ts';
import { passageName } from '../compare/compare-words.ts';

type Change = HistoryEntry | ChangedPassage;

/** What comparisons call it, by name and colour. */
export const CATEGORIES: Record<HistoryKind, Category> = {
	added: 'new',
	changed: 'changed',
	removed: 'deleted',
	moved: 'moved'
};

/** What was changed, as it was called then: `Khoản 2 Điều 5`, with where it was before it moved. */
export function changeName({ type, number, from }: Pick<Change, 'type' | 'number' | 'from'>): string {
	const isNumbered = type === 'provision' || type === 'appendix';
	const name = passageName({ type, number: isNumbered ? number : '', within: isNumbered ? '' : number });
	return from ? m.versions_history_from({ name, from }) : name;
}

/** Who did it. */
export function peopleWords(people: readonly HistoryPerson[]): string {
	return people.map(({ name, agency }) => [name || m.versions_history_nobody(), agency].filter(Boolean).join(' · ')).join('; ');
}

/** When it was: `14:05–14:12, 05/3/2026`. */
export function whenWords({ began, ended }: Pick<Change, 'began' | 'ended'>): string {
	if (formatDate(began) !== formatDate(ended)) return `${formatDateTime(began)} – ${formatDateTime(ended)}`;
	return formatTime(began) === formatTime(ended) ? formatDateTime(ended) : `${formatTime(began)}–${formatDateTime(ended)}`;
}
