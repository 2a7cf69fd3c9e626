import type { Client, Row } from '../server/client.ts';
import type { Sql } from '../server/sql.ts';
import {
	type Channel,
	NOTICE_KINDS,
	type Notice,
	type NoticeChoice,
	type NoticeKind,
	type NoticeList,
	type NoticeMark,
	type NoticeSearch
} from './notices.ts';

const COLUMNS =
	'id, workspaceId:workspace_id, kind, role, actor_name, actor_agency, actor_colour, madeAt:made_at, readAt:read_at, document_id, document_title, threadId:thread_id';
/** How people hear who have chosen nothing; as private.usual_channel. */
const USUAL: Record<NoticeKind, Channel> = {
	'document-shared': 'application',
	'comment-mention': 'application',
	'comment-answer': 'application',
	'thread-assigned': 'application',
	'thread-resolved': 'application'
};
const KEPT = '180 days';

type ActorAndObject = Pick<Row<'notice_list'>, 'actor_name' | 'actor_agency' | 'actor_colour' | 'document_id' | 'document_title'>;

/** The person's notices in a workspace, the newest first. */
export async function listNotices(
	client: Client,
	workspaceId: string,
	{ unread, after, limit }: Omit<NoticeSearch, 'workspace'>
): Promise<NoticeList> {
	let query = client
		.from('notice_list')
		.select(COLUMNS)
		.eq('workspace_id', workspaceId)
		.order('made_at', { ascending: false })
		.limit(limit + 1);
	if (unread === 'true') query = query.is('read_at', null);
	if (after) query = query.lt('made_at', after);
	const [{ data }, count] = await Promise.all([query.throwOnError(), countUnread(client, workspaceId)]);
	const items = data.slice(0, limit).map(noticeOf);
	return { items, next: data.length > limit ? items[limit - 1].madeAt : null, unread: count };
}

/** How many notices of a workspace the person has not read. */
export async function countUnread(client: Client, workspaceId: string): Promise<number> {
	const { count } = await client
		.from('notice_list')
		.select('id', { count: 'exact', head: true })
		.eq('workspace_id', workspaceId)
		.is('read_at', null)
		.throwOnError();
	return count ?? 0;
}

/** Marks the person's notices as read, or as unread again. What is not theirs is passed over. */
export async function markNotices(
	client: Client,
	workspaceId: string,
	{ ids, read }: Omit<NoticeMark, 'workspace'>
): Promise<void> {
	let marked = client
		.from('notices')
		.update({ read_at: read ? new Date().toISOString() : null })
		.eq('workspace_id', workspaceId);
	marked = read ? marked.is('read_at', null) : marked.not('read_at', 'is', null);
	await (ids ? marked.in('id', ids) : marked).throwOnError();
}

/** How the person hears of each kind of thing. */
export async function listChoices(client: Client): Promise<NoticeChoice[]> {
	const { data } = await client.from('notice_choices').select('kind, channel').throwOnError();
	return NOTICE_KINDS.map((kind) => data.find((choice) => choice.kind === kind) ?? { kind, channel: USUAL[kind] });
}

/** Keeps how the person wants to hear of kinds of things, from now on. */
export async function saveChoices(client: Client, choices: readonly NoticeChoice[]): Promise<void> {
	await client
		.from('notice_choices')
		.upsert(choices as NoticeChoice[], { onConflict: 'person_id,kind' })
		.throwOnError();
}

/** Queues the daily mails of those who chose one. */
export async function queueDigests(sql: Sql): Promise<void> {
	await sql.query('select private.queue_digests()');
}

/** Deletes notices of long ago. */
export async function forgetNotices(sql: Sql): Promise<void> {
	await sql.query(`delete from public.notices where made_at < now() - interval '${KEPT}'`);
}

function noticeOf({
	actor_name,
	actor_agency,
	actor_colour,
	document_id,
	document_title,
	...row
}: ActorAndObject & Omit<Notice, 'actor' | 'about'>): Notice {
	return {
		...row,
		actor: { name: actor_name, agency: actor_agency, colour: actor_colour },
		about: { type: 'document', id: document_id, title: document_title }
	};
}
