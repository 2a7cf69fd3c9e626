import { m } from '../../i18n/paraglide/messages.js';
import type { Sql } from '../../server/sql.ts';
import type { NewProposal } from './input.ts';
import type { ProposalKind } from './proposals.ts';
import type { Chosen } from './proposing.server.ts';

/** What a thread says when its proposal has no reason; the text is Vietnamese, as the documents are. */
const SAID: Record<ProposalKind, () => string> = {
	replace: () => m.proposals_said_replace({}, { locale: 'vi' }),
	'insert-after': () => m.proposals_said_insert({}, { locale: 'vi' }),
	delete: () => m.proposals_said_delete({}, { locale: 'vi' }),
	move: () => m.proposals_said_move({}, { locale: 'vi' })
};

/** What was proposed, and the thread about it. */
export interface Proposed {
	id: string;
	threadId: string;
}

/** Writes down what a person proposes, with a thread of its own, in a transaction that acts as them (`actAs`). */
export async function keepProposal(
	asPerson: Sql,
	documentId: string,
	{ uid, kind, after, reason }: Pick<NewProposal, 'uid' | 'kind' | 'after' | 'reason'>,
	{ number, afterNumber, was, content }: Chosen
): Promise<Proposed> {
	const passages = [{ uid, quote: null, number }];
	const [{ threadId }] = await asPerson.query<{ threadId: string }>('select public.open_thread($1, $2, $3) as "threadId"', [
		documentId,
		JSON.stringify(passages),
		reason || SAID[kind]()
	]);
	const [{ id }] = await asPerson.query<{ id: string }>(
		`insert into public.proposals (thread_id, document_id, uid, number_then, kind, was, content, after_uid, after_number, reason)
		values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9, $10) returning id`,
		[
			threadId,
			documentId,
			uid,
			number,
			kind,
			JSON.stringify(was),
			content && JSON.stringify(content),
			kind === 'move' ? (after ?? null) : null,
			afterNumber,
			reason
		]
	);
	return { id, threadId };
}
