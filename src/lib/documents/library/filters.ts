import { isProfileId, type ProfileId } from '../schema/profiles.ts';
import { isState, type DocumentState } from './documents.ts';

export const VIEWS = ['all', 'mine', 'shared'] as const;
type View = (typeof VIEWS)[number];

const SORT_KEYS = ['edited', 'title', 'created'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

type Direction = 'ascending' | 'descending';

/** What the library is asked to show; all of it lives in the address, so a list can be sent to a colleague. */
export interface Filters {
	view: View;
	state: DocumentState | null;
	profile: ProfileId | null;
	/** Id of the lead agency. */
	agency: string | null;
	query: string;
	/** Null: newest edits first, or the best matches of a search. */
	sort: { key: SortKey; direction: Direction } | null;
	/** How many rows. */
	shown: number;
}

export const PAGE_ROWS = 50;
const MOST_ROWS = 2000;
const LONGEST_QUERY = 200;

/** Reads the filters of an address; what it does not understand is left out. */
export function parseFilters(params: URLSearchParams): Filters {
	const [key, direction] = (params.get('sort') ?? '').split('-');
	const state = params.get('state');
	const profile = params.get('profile');
	return {
		view: VIEWS.find((view) => view === params.get('view')) ?? 'all',
		state: isState(state) ? state : null,
		profile: isProfileId(profile) ? profile : null,
		agency: params.get('agency') || null,
		query: (params.get('q') ?? '').normalize('NFC').trim().slice(0, LONGEST_QUERY),
		sort: isSortKey(key) ? { key, direction: direction === 'up' ? 'ascending' : 'descending' } : null,
		shown: Math.min(MOST_ROWS, Math.max(PAGE_ROWS, Math.floor(Number(params.get('shown'))) || PAGE_ROWS))
	};
}

/** The query string for the filters with a change; '' for the plain library. Any change but `shown` starts at the first rows. */
export function filterQuery(filters: Filters, change: Partial<Filters> = {}): string {
	const startsAgain = Object.keys(change).length > 0 && !('shown' in change);
	const next: Filters = { ...filters, ...(startsAgain ? { shown: PAGE_ROWS } : {}), ...change };
	const params = new URLSearchParams();
	if (next.query) params.set('q', next.query);
	if (next.view !== 'all') params.set('view', next.view);
	if (next.state) params.set('state', next.state);
	if (next.profile) params.set('profile', next.profile);
	if (next.agency) params.set('agency', next.agency);
	if (next.sort) params.set('sort', `${next.sort.key}-${next.sort.direction === 'ascending' ? 'up' : 'down'}`);
	if (next.shown !== PAGE_ROWS) params.set('shown', String(next.shown));
	const query = params.toString();
	return query ? `?${query}` : '';
}

/** Whether anything narrows the list. */
export function isNarrowed(filters: Filters): boolean {
	return filters.view !== 'all' || !!(filters.state || filters.profile || filters.agency || filters.query);
}

function isSortKey(value: string | undefined): value is SortKey {
	return SORT_KEYS.some((key) => key === value);
}
