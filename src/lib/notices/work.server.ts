import type { Client, Row } from '../server/client.ts';
import { MOST_WORK, type WorkItem, type WorkKind } from './work.ts';

/** What waits for the person in a workspace, what moved last first; at most 200 of it, and how much there is. */
export async function listWork(
	client: Client,
	workspaceId: string,
	kind: WorkKind | null = null
): Promise<{ items: WorkItem[]; next: null; total: number }> {
	let query = client
		.from('work_list')
		.select('kind, object_type, object_id, title, note, since, due_at, document_id', { count: 'exact' })
		.eq('workspace_id', workspaceId)
		.order('since', { ascending: false })
		.limit(MOST_WORK);
	if (kind) query = query.eq('kind', kind);
	const { data, count } = await query.throwOnError();
	return { items: data.map(workItem), next: null, total: count ?? 0 };
}

/** How much waits for the person in a workspace. */
export async function countWork(client: Client, workspaceId: string): Promise<number> {
	const { count } = await client
		.from('work_list')
		.select('object_id', { count: 'exact', head: true })
		.eq('workspace_id', workspaceId)
		.throwOnError();
	return count ?? 0;
}

function workItem({
	kind,
	object_type,
	object_id,
	title,
	note,
	since,
	due_at,
	document_id
}: Omit<Row<'work_list'>, 'workspace_id' | 'state'>): WorkItem {
	return { kind, about: { type: object_type, id: object_id, title }, documentId: document_id, note, since, dueAt: due_at };
}
