import { actAs } from '../server/act-as.ts';
import type { Client, NewRow } from '../server/client.ts';
import { Refusal } from '../server/edge/refusal.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import type { Remember } from '../server/idempotency.ts';
import type { Sql } from '../server/sql.ts';
import type { CommentRevision } from './threads.ts';

/** Answers in a thread, as the person. @throws Refusal 404 when it is not visible, 403 for who only reads */
export async function answer(
	supabase: Client,
	sql: Sql,
	personId: string,
	threadId: string,
	body: string,
	remember: Remember<{ id: string }> = async () => {}
): Promise<{ id: string }> {
	await mustSeeThread(supabase, threadId);
	return sql.transaction(async (tx) => {
		const made = await actAs(tx, personId, async (asPerson) => {
			const [row] = await asPerson.query<{ id: string }>(
				'insert into public.comments (thread_id, body) values ($1, $2) returning id',
				[threadId, body]
			);
			return { id: row.id };
		});
		await remember(tx, made);
		return made;
	});
}

/** Changes the words of one's own comment; what it said before is kept. @throws Refusal 404, 403 for another's, 409 for a deleted one */
export async function changeComment(supabase: Client, id: string, body: string): Promise<void> {
	const { data: found } = await supabase.from('comments').select('deleted_at').eq('id', id).maybeSingle().throwOnError();
	if (!found) throw new Refusal(404);
	if (found.deleted_at !== null) throw new Refusal(409, { key: 'comments_error_deleted' });
	const { data: changed } = await supabase.from('comments').update({ body }).eq('id', id).select('id').throwOnError();
	if (changed.length === 0) throw new Refusal(403);
}

/** What a comment said before it was changed, the last first. @throws Refusal 404 when it is not visible */
export async function listRevisions(supabase: Client, id: string): Promise<{ items: CommentRevision[]; next: null }> {
	const { data: found } = await supabase.from('comments').select('id').eq('id', id).maybeSingle().throwOnError();
	if (!found) throw new Refusal(404);
	const { data } = await supabase
		.from('comment_revisions')
		.select('body, replaced_at')
		.eq('comment_id', id)
		.order('replaced_at', { ascending: false })
		.limit(100)
		.throwOnError();
	return { items: data.map(({ body, replaced_at: replacedAt }) => ({ body, replacedAt })), next: null };
}

/** Takes the words of one's own comment away; that something was said stays. @throws Refusal 404, 403 for another's */
export async function deleteComment(supabase: Client, id: string): Promise<void> {
	await supabase.rpc('delete_comment', { comment: id }).throwOnError();
}

/** Decides about a thread: settles, assigns or hides it. @throws Refusal 404, 403, 409 when it is in that state already, 422 for an assignee who could not answer */
export async function decide(
	supabase: Client,
	threadId: string,
	decision: Pick<NewRow<'thread_decisions'>, 'kind' | 'sentence' | 'assignee_id'>
): Promise<void> {
	await mustSeeThread(supabase, threadId);
	await meaning(
		supabase
			.from('thread_decisions')
			.insert({ thread_id: threadId, ...decision })
			.throwOnError(),
		{
			'55000': { key: 'comments_error_settled' },
			PL401: { field: 'assigneeId' }
		}
	);
}

async function mustSeeThread(supabase: Client, id: string): Promise<void> {
	const { data } = await supabase.from('threads').select('id').eq('id', id).maybeSingle().throwOnError();
	if (!data) throw new Refusal(404);
}
