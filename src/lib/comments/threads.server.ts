import type { InferOutput } from 'valibot';
import type { PageOf } from '../base/page-of.ts';
import { getDocument } from '../documents/library/documents.server.ts';
import { type DocumentState, isTextOpen, type ListedDocument } from '../documents/library/documents.ts';
import { actAs } from '../server/act-as.ts';
import type { App } from '../server/app.ts';
import type { ProfileId } from '../documents/schema/profiles.ts';
import type { Client, Row } from '../server/client.ts';
import { countedPiece, placeAfter } from '../server/edge/paging.ts';
import { Refusal } from '../server/edge/refusal.ts';
import type { Remember } from '../server/idempotency.ts';
import { withLastStanding } from './last-standing.server.ts';
import { type KeptProposal, ofThread } from './proposals/of-thread.ts';
import type { NewThread, Placing, ThreadSearch } from './input.ts';
import type { Anchor, ChosenPassage, Comment, Decision, Passage, Range, Thread } from './threads.ts';

/** So many ids fit into one address. */
const IDS_AT_ONCE = 100;

/** What has to be known of a document to say where its threads stand. */
type Commented = Pick<ListedDocument, 'id' | 'profile' | 'state'>;
type Parts = Pick<App, 'sql' | 'anchors'>;

/** The threads of a document that pass a search, the newest first. @throws Refusal 404 */
export async function listThreads(
	supabase: Client,
	parts: Parts,
	documentId: string,
	search: InferOutput<typeof ThreadSearch>
): Promise<PageOf<Thread>> {
	const document = await getDocument(supabase, documentId);
	const from = placeAfter(search.after ?? null);
	// Counted in the bare table: to count in the list would put together every thread of the document for each piece.
	let query = supabase
		.from('threads')
		.select('id', { count: 'exact' })
		.eq('document_id', document.id)
		.order('opened_at', { ascending: false })
		.order('id')
		.range(from, from + search.limit - 1);
	if (search.state) query = query.eq('is_resolved', search.state === 'resolved');
	if (search.agency) query = query.eq('agency_id', search.agency);
	if (search.person) query = query.eq('opened_by', search.person);
	if (search.uid) query = query.in('id', await idsAt(supabase, document.id, search.uid));
	if (search.q?.trim()) {
		const { data } = await supabase.rpc('find_threads', { document: document.id, query: search.q }).throwOnError();
		query = query.in('id', data);
	}
	const { data: found, count } = await query.throwOnError();
	const rows = await rowsOf(
		supabase,
		found.map(({ id }) => id)
	);
	return countedPiece(await withAnchors(supabase, parts, document, rows), from, count ?? 0);
}

/** One thread. @throws Refusal 404 when it is not visible */
export async function getThread(supabase: Client, parts: Parts, id: string): Promise<Thread> {
	const { row, document } = await findRow(supabase, id);
	const [thread] = await withAnchors(supabase, parts, document, [row]);
	return thread;
}

/**
 * Opens a thread as the person, then ties its passages to the letters of the live text. Should the second fail, the thread
 * is there and found by its quotes.
 * @throws Refusal 404; 403 for who only reads; 422 for a uid that never was or an assignee who could not answer
 */
export async function openThread(
	supabase: Client,
	{ sql, anchors }: Parts,
	personId: string,
	documentId: string,
	{ ranges, body, assigneeId }: InferOutput<typeof NewThread>,
	remember: Remember<{ id: string }> = async () => {}
): Promise<{ id: string }> {
	const document = await getDocument(supabase, documentId);
	const passages = await chosen(anchors, document, ranges);
	const made = await sql.transaction(async (tx) => {
		const opened = await actAs(tx, personId, async (asPerson) => {
			const [row] = await asPerson.query<{ id: string }>('select public.open_thread($1, $2, $3, $4) as id', [
				document.id,
				JSON.stringify(passages),
				body,
				assigneeId ?? null
			]);
			return { id: row.id };
		});
		await remember(tx, opened);
		return opened;
	});
	await tie(supabase, anchors, document, made.id, personId, ranges);
	return made;
}

/** Gives a thread other passages; none make it one about the whole document. @throws Refusal 404, 403, 422 for a uid that never was */
export async function placeThread(
	supabase: Client,
	{ anchors }: Pick<App, 'anchors'>,
	personId: string,
	id: string,
	{ ranges }: InferOutput<typeof Placing>
): Promise<void> {
	const { row, document } = await findRow(supabase, id);
	const passages = await chosen(anchors, document, ranges);
	await supabase.rpc('place_thread', { thread: id, passages: JSON.stringify(passages) }).throwOnError();
	const former = (row.ranges as unknown as Range[]).map((range) => range.id);
	if (former.length > 0 && isTextOpen(document.state)) await anchors.untie(document, former, personId);
	await tie(supabase, anchors, document, id, personId, ranges);
}

/** A text that is read-only is not touched: there passages are found by their words. */
async function tie(
	supabase: Client,
	anchors: App['anchors'],
	document: Commented,
	id: string,
	personId: string,
	passages: readonly ChosenPassage[]
): Promise<void> {
	if (!isTextOpen(document.state)) return;
	const { row } = await findRow(supabase, id);
	const ranges = row.ranges as unknown as Range[];
	const placed = ranges.map((range, nth) => ({ ...range, start: passages[nth]?.start, end: passages[nth]?.end }));
	if (ranges.some(({ quote }) => quote !== null)) await anchors.tie(document, placed, personId);
}

/** Passages with the numbers under which they are cited today. @throws Refusal 422 */
async function chosen(
	anchors: App['anchors'],
	document: Commented,
	ranges: Passage[]
): Promise<(Passage & { number: string })[]> {
	if (ranges.length === 0) return [];
	const found = await anchors.choose(document, ranges);
	return ranges.map((range, nth) => {
		const place = found[nth];
		if (!place) throw new Refusal(422, { field: `ranges.${nth}.uid`, key: 'comments_error_uid' });
		const { uid, quote, prefix, suffix } = range;
		return { uid, quote, prefix, suffix, number: place.number };
	});
}

async function idsAt(supabase: Client, documentId: string, uid: string): Promise<string[]> {
	const { data } = await supabase
		.from('thread_ranges')
		.select('thread_id, threads!inner(document_id)')
		.eq('uid', uid)
		.eq('threads.document_id', documentId)
		.throwOnError();
	return data.map(({ thread_id }) => thread_id);
}

/** All there is to say of these threads, in this order. */
async function rowsOf(supabase: Client, ids: string[]): Promise<Row<'thread_list'>[]> {
	const byId = new Map<string, Row<'thread_list'>>();
	for (let nth = 0; nth < ids.length; nth += IDS_AT_ONCE) {
		const some = ids.slice(nth, nth + IDS_AT_ONCE);
		const { data } = await supabase.from('thread_list').select('*').in('id', some).throwOnError();
		for (const row of data) byId.set(row.id, row);
	}
	return ids.flatMap((id) => byId.get(id) ?? []);
}

async function findRow(supabase: Client, id: string): Promise<{ row: Row<'thread_list'>; document: Commented }> {
	const { data: row } = await supabase.from('thread_list').select('*').eq('id', id).maybeSingle().throwOnError();
	if (!row) throw new Refusal(404);
	const { document_id, document_profile, document_state } = row;
	return { row, document: { id: document_id, profile: document_profile as ProfileId, state: document_state as DocumentState } };
}

async function withAnchors(supabase: Client, parts: Parts, document: Commented, rows: Row<'thread_list'>[]): Promise<Thread[]> {
	const ranges = rows.flatMap((row) => row.ranges as unknown as Range[]);
	const anchors = ranges.length > 0 ? await parts.anchors.find(document, ranges) : [];
	const found = await withLastStanding(supabase, parts, document.id, anchors);
	let at = 0;
	return rows.map((row) => {
		const { length } = row.ranges as unknown as Range[];
		return threadOf(row, found.slice(at, (at += length)));
	});
}

function threadOf(row: Row<'thread_list'>, anchors: Anchor[]): Thread {
	return {
		id: row.id,
		documentId: row.document_id,
		state: row.is_resolved ? 'resolved' : 'open',
		openedAt: row.opened_at,
		agencyId: row.agency_id,
		isHidden: row.is_hidden,
		assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
		anchors,
		anchor: anchors[0] ?? null,
		comments: row.comments as unknown as Comment[],
		decisions: row.decisions as unknown as Decision[],
		proposal: row.proposal === null ? null : ofThread(row.proposal as unknown as KeptProposal),
		canAnswer: row.can_answer,
		canResolve: row.can_resolve,
		canPlace: row.can_place,
		canHide: row.can_hide
	};
}
