import type { Answer, Client, Row } from '../../server/client.ts';
import { LIST_COLUMNS, listedDocument } from './documents.server.ts';
import type { AgencyBadge, ListedDocument } from './documents.ts';
import type { Filters, SortKey } from './filters.ts';
import type { Opening } from './opening.ts';

export interface FoundDocument extends ListedDocument {
	/** Text around the first match, when a search found the words inside the document. */
	snippet: string | null;
}

export interface DocumentPage {
	documents: FoundDocument[];
	total: number;
}

export interface RecentDocument extends ListedDocument {
	opening: Opening;
	/** The lead agency first, then those the document is shared with. */
	agencies: AgencyBadge[];
}

/** How many documents each filter would show. */
export type Counts = Answer<'count_documents'>;

const SORT_COLUMNS = { edited: 'edited_at', title: 'title_key', created: 'created_at' } as const satisfies Record<
	SortKey,
	string
>;
const NO_OPENING: Opening = { kind: '', subject: '', agency: '', lines: [] };

/** The documents of a workspace outside the trash that pass the filters, as the person of this client sees them; behind the first `from`. */
export async function listDocuments(supabase: Client, workspaceId: string, filters: Filters, from = 0): Promise<DocumentPage> {
	if (filters.query) return searchDocuments(supabase, workspaceId, filters, from);
	const sort = filters.sort ?? { key: 'edited', direction: 'descending' };
	const { data, count } = await filtered(supabase, workspaceId, filters)
		.order(SORT_COLUMNS[sort.key], { ascending: sort.direction === 'ascending' })
		.order('id')
		.range(from, from + filters.shown - 1)
		.throwOnError();
	const documents = data.map((row) => ({ ...listedDocument(row), snippet: null }));
	return { documents, total: count ?? documents.length };
}

/** Full-text search; without a chosen order the best matches come first. */
async function searchDocuments(supabase: Client, workspaceId: string, filters: Filters, from: number): Promise<DocumentPage> {
	const { data: hits } = await supabase.rpc('search_documents', { workspace: workspaceId, query: filters.query }).throwOnError();
	const found = new Map(hits.map((hit, place) => [hit.document_id, { ...hit, place }]));
	if (found.size === 0) return { documents: [], total: 0 };
	let request = filtered(supabase, workspaceId, filters).in('id', [...found.keys()]);
	if (filters.sort)
		request = request.order(SORT_COLUMNS[filters.sort.key], { ascending: filters.sort.direction === 'ascending' });
	const { data } = await request.throwOnError();
	const documents = data.map((row) => ({
		...listedDocument(row),
		snippet: found.get(row.id)?.snippet ?? null
	}));
	if (!filters.sort) documents.sort((a, b) => found.get(a.id)!.place - found.get(b.id)!.place);
	return { documents: documents.slice(from, from + filters.shown), total: documents.length };
}

function filtered(supabase: Client, workspaceId: string, filters: Filters) {
	let request = supabase
		.from('document_list')
		.select(LIST_COLUMNS, { count: 'exact' })
		.eq('workspace_id', workspaceId)
		.eq('is_trashed', false);
	if (filters.view === 'mine') request = request.eq('is_mine', true);
	if (filters.view === 'shared') request = request.eq('is_shared', true);
	if (filters.state) request = request.eq('state', filters.state);
	if (filters.profile) request = request.eq('profile', filters.profile);
	if (filters.agency) request = request.eq('lead_agency_id', filters.agency);
	return request;
}

/** So many recent documents are shown; who has no more of them sees them in the list. */
export const RECENT_DOCUMENTS = 4;

/** The documents the person opened last; filled up with the newest edits where they have opened few. */
export async function listRecentDocuments(
	supabase: Client,
	workspaceId: string,
	atMost = RECENT_DOCUMENTS
): Promise<RecentDocument[]> {
	const visited = await newestBy(supabase, workspaceId, 'visited_at', atMost);
	const edited = visited.length < atMost ? await newestBy(supabase, workspaceId, 'edited_at', atMost) : [];
	const documents = [...visited, ...edited.filter(({ id }) => visited.every((known) => known.id !== id))].slice(0, atMost);
	const ids = documents.map(({ id }) => id);
	if (ids.length === 0) return [];
	const [openings, shared] = await Promise.all([
		supabase.from('document_texts').select('document_id, opening').in('document_id', ids).throwOnError(),
		listSharedAgencies(supabase, ids)
	]);
	const openingOf = new Map(openings.data.map((row) => [row.document_id, row.opening as Partial<Opening>]));
	return documents.map((document) => ({
		...document,
		opening: { ...NO_OPENING, ...openingOf.get(document.id) },
		agencies: [document.leadAgency, ...(shared.get(document.id) ?? []).filter(({ id }) => id !== document.leadAgency.id)]
	}));
}

/** A short walk along an index. Both columns in one order would sort the whole library. */
async function newestBy(
	supabase: Client,
	workspaceId: string,
	column: 'visited_at' | 'edited_at',
	atMost: number
): Promise<ListedDocument[]> {
	const { data } = await supabase
		.from('document_list')
		.select(LIST_COLUMNS)
		.eq('workspace_id', workspaceId)
		.eq('is_trashed', false)
		.not(column, 'is', null)
		.order(column, { ascending: false })
		.limit(atMost)
		.throwOnError();
	return data.map(listedDocument);
}

/** Which agencies each of these documents is shared with. */
async function listSharedAgencies(supabase: Client, ids: readonly string[]): Promise<Map<string, AgencyBadge[]>> {
	const { data } = await supabase
		.from('document_access')
		.select('document_id, agency_id')
		.in('document_id', ids as string[])
		.not('agency_id', 'is', null)
		.order('granted_at')
		.throwOnError();
	const rows = data.flatMap(({ document_id, agency_id }) => (agency_id ? [{ document_id, agency_id }] : []));
	const agencyIds = [...new Set(rows.map((row) => row.agency_id))];
	const badges = new Map<string, AgencyBadge>();
	if (agencyIds.length > 0) {
		const { data: agencies } = await supabase
			.from('agencies')
			.select('id, name, short_name, colour')
			.in('id', agencyIds)
			.throwOnError();
		for (const row of agencies) badges.set(row.id, agencyBadge(row));
	}
	const byDocument = new Map<string, AgencyBadge[]>();
	for (const row of rows) {
		const badge = badges.get(row.agency_id);
		if (badge) byDocument.set(row.document_id, [...(byDocument.get(row.document_id) ?? []), badge]);
	}
	return byDocument;
}

/** A document in the trash, and whether it may be deleted for good. */
export interface TrashedDocument extends ListedDocument {
	trashedByName: string | null;
	/** Owners and the head of the lead agency delete for good … */
	canDelete: boolean;
	/** … what is not kept for its official history: until when (ISO 8601), 'ever', or null. */
	keptUntil: string | null;
}

/** The trash of a workspace, last thrown away first: what the person may restore. */
export async function listTrash(supabase: Client, workspaceId: string): Promise<TrashedDocument[]> {
	const { data } = await supabase
		.from('trash_list')
		.select(`${LIST_COLUMNS}, can_delete, kept_until, is_kept_for_ever`)
		.eq('workspace_id', workspaceId)
		.order('trashed_at', { ascending: false })
		.throwOnError();
	const documents = data.map((row) => ({
		...listedDocument(row),
		canDelete: row.can_delete,
		keptUntil: row.is_kept_for_ever ? 'ever' : row.kept_until
	}));
	const people = [...new Set(documents.flatMap(({ trashedBy }) => trashedBy ?? []))];
	const names = new Map<string, string>();
	if (people.length > 0) {
		const { data: found } = await supabase.from('people').select('id, full_name').in('id', people).throwOnError();
		for (const person of found) names.set(person.id, person.full_name);
	}
	return documents.map((document) => ({
		...document,
		trashedByName: (document.trashedBy && names.get(document.trashedBy)) || null
	}));
}

/** How many documents each filter would show. */
export async function countDocuments(supabase: Client, workspaceId: string): Promise<Counts> {
	const { data } = await supabase.rpc('count_documents', { workspace: workspaceId }).single().throwOnError();
	return data;
}

/** The agencies of a workspace that are open, in the order of their names as stored. */
export async function listAgencies(supabase: Client, workspaceId: string): Promise<AgencyBadge[]> {
	const { data } = await supabase
		.from('agencies')
		.select('id, name, short_name, colour')
		.eq('workspace_id', workspaceId)
		.is('closed_on', null)
		.throwOnError();
	return data.map(agencyBadge);
}

function agencyBadge(row: Pick<Row<'agencies'>, 'id' | 'name' | 'short_name' | 'colour'>): AgencyBadge {
	return { id: row.id, name: row.name, shortName: row.short_name, colour: row.colour };
}
