import type { InferOutput } from 'valibot';
import type { PageOf } from '../../base/page-of.ts';
import { getDocument } from '../../documents/library/documents.server.ts';
import { type DocumentState, isTextOpen } from '../../documents/library/documents.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { actAs } from '../../server/act-as.ts';
import type { App } from '../../server/app.ts';
import type { Client, Row } from '../../server/client.ts';
import { countedPiece, placeAfter } from '../../server/edge/paging.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import type { Remember } from '../../server/idempotency.ts';
import type { Accepting, NewProposal, ProposalSearch } from './input.ts';
import { keepProposal, type Proposed } from './keep-proposal.server.ts';
import { redline } from './proposal-words.ts';
import type { ContentJson, Proposal, StandingProposal } from './proposals.ts';

type Door = Pick<App, 'sql' | 'proposing'>;

/** One goes through so many at most. */
const MOST_WAITING = 200;

/** The proposals for a document that pass a search, the newest first. @throws Refusal 404 */
export async function listProposals(
	supabase: Client,
	documentId: string,
	search: InferOutput<typeof ProposalSearch>
): Promise<PageOf<Proposal>> {
	const document = await getDocument(supabase, documentId);
	const from = placeAfter(search.after ?? null);
	let query = supabase
		.from('proposal_list')
		.select('*', { count: 'exact' })
		.eq('document_id', document.id)
		.order('proposed_at', { ascending: false })
		.order('id')
		.range(from, from + search.limit - 1);
	if (search.state) query = query.eq('state', search.state);
	if (search.uid) query = query.eq('uid', search.uid);
	const { data, count } = await query.throwOnError();
	return countedPiece(data.map(proposalOf), from, count ?? 0);
}

/** Which proposals for a document wait, the oldest first: what it takes to go from one to the next. */
export async function listWaiting(supabase: Client, documentId: string): Promise<Pick<Proposal, 'id' | 'uid'>[]> {
	const { data } = await supabase
		.from('proposal_list')
		.select('id, uid')
		.eq('document_id', documentId)
		.eq('state', 'open')
		.order('proposed_at')
		.order('id')
		.limit(MOST_WAITING)
		.throwOnError();
	return data;
}

/** One proposal, and how the live text stands to it. @throws Refusal 404 */
export async function getProposal(supabase: Client, door: Door, id: string): Promise<StandingProposal> {
	const { proposal, document } = await find(supabase, id);
	const [{ state: stands, number, is, base, parts }] = await door.proposing.stand(document, [proposal]);
	return { ...proposal, stands, number, is, base, parts };
}

/**
 * Proposes wording for a provision, or that one comes, goes or moves, in a thread of its own.
 * @throws Refusal 404; 403 for who only reads; 422 fields `uid`, `after`, `content`
 */
export async function propose(
	supabase: Client,
	{ sql, proposing }: Door,
	personId: string,
	documentId: string,
	wanted: NewProposal,
	remember: Remember<Proposed> = async () => {}
): Promise<Proposed> {
	const document = await getDocument(supabase, documentId);
	if (document.role === 'viewer') throw new Refusal(403);
	const chosen = await proposing.choose(document, wanted);
	if (typeof chosen === 'string') throw new Refusal(422, { field: chosen, key: WRONG[chosen] });
	if (wanted.kind === 'replace' && JSON.stringify(chosen.was) === JSON.stringify(chosen.content))
		throw new Refusal(422, { field: 'content', key: 'proposals_error_same' });
	return sql.transaction(async (tx) => {
		const made = await actAs(tx, personId, (asPerson) => keepProposal(asPerson, document.id, wanted, chosen));
		await remember(tx, made);
		return made;
	});
}

/**
 * Does to the live text what was proposed, as an edit of who proposed it, and writes down who took it.
 * @throws Refusal 404; 403 for who does not edit the text; 409 with `{was, is, proposed, base, parts}` when it is another text by now, or
 * when it was decided already or the text is read-only; 422 field `content`
 */
export async function acceptProposal(
	supabase: Client,
	{ sql, proposing }: Door,
	personId: string,
	id: string,
	{ content, base, reason }: Accepting
): Promise<void> {
	const { proposal, document } = await find(supabase, id);
	mayDecide(proposal);
	if (!isTextOpen(document.state)) throw new Refusal(409, { key: 'versions_error_read_only' });
	const stale = await proposing.accept(document, proposal, { content, base }, proposal.proposedBy.id ?? personId);
	if (stale === 'content') throw new Refusal(422, { field: 'content', key: WRONG.content });
	if (stale) {
		const { state, is, ...standing } = stale;
		const key = state === 'gone' ? 'proposals_error_gone' : 'proposals_error_changed';
		throw new Refusal(409, { key, also: { was: proposal.was, is, proposed: proposal.content, ...standing } });
	}
	await decide(sql, id, 'accepted', reason, content !== undefined, personId);
}

/** @throws Refusal 404; 403 for who does not edit the text; 409 when it was decided already */
export async function declineProposal(
	supabase: Client,
	{ sql }: Door,
	personId: string,
	id: string,
	reason: string
): Promise<void> {
	const { proposal } = await find(supabase, id);
	mayDecide(proposal);
	await decide(sql, id, 'declined', reason, false, personId);
}

/** @throws Refusal 404; 403 for who did not propose it; 409 when it was decided already */
export async function withdrawProposal(supabase: Client, { sql }: Door, personId: string, id: string): Promise<void> {
	const { proposal } = await find(supabase, id);
	if (!proposal.canWithdraw) throw refusalFor(proposal);
	await decide(sql, id, 'withdrawn', '', false, personId);
}

const WRONG = {
	uid: 'proposals_error_uid',
	after: 'proposals_error_after',
	content: 'proposals_error_content'
} as const;

function mayDecide(proposal: Proposal): void {
	if (!proposal.canDecide) throw refusalFor(proposal);
}

function refusalFor({ state }: Proposal): Refusal {
	return state === 'open' ? new Refusal(403) : new Refusal(409, { key: 'proposals_error_decided' });
}

/** By the system door: what became of a proposal is written with what was done to the text, which nobody else can say. */
async function decide(
	sql: App['sql'],
	id: string,
	kind: string,
	reason: string,
	isChanged: boolean,
	personId: string
): Promise<void> {
	await sql.query('select private.decide_proposal($1, $2, $3, $4, $5)', [id, kind, reason, isChanged, personId]);
}

async function find(supabase: Client, id: string) {
	const { data: row } = await supabase.from('proposal_list').select('*').eq('id', id).maybeSingle().throwOnError();
	if (!row) throw new Refusal(404);
	const { document_id, document_profile, document_state } = row;
	const document = { id: document_id, profile: document_profile as ProfileId, state: document_state as DocumentState };
	return { proposal: proposalOf(row), document };
}

function proposalOf(row: Row<'proposal_list'>): Proposal {
	const content = { kind: row.kind, was: row.was as ContentJson, content: row.content as ContentJson | null };
	const isDecided = row.decided_at !== null;
	return {
		id: row.id,
		threadId: row.thread_id,
		documentId: row.document_id,
		uid: row.uid,
		...content,
		state: row.state,
		isChanged: row.is_changed ?? false,
		words: redline(content),
		numberThen: row.number_then,
		after: row.after_uid,
		afterNumber: row.after_number,
		reason: row.reason,
		proposedBy: {
			id: row.proposed_by,
			name: row.proposed_by_name,
			title: row.proposed_by_title,
			agency: row.proposed_by_agency,
			colour: row.proposed_by_colour
		},
		proposedAt: row.proposed_at,
		decision: isDecided
			? {
					by: { name: row.decided_by_name ?? '', title: row.decided_by_title ?? '', agency: row.decided_by_agency ?? '' },
					reason: row.decision_reason ?? '',
					at: row.decided_at!
				}
			: null,
		canDecide: row.can_decide,
		canWithdraw: row.can_withdraw
	};
}
