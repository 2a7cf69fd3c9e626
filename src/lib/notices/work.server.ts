import type { SupabaseClient } from '@supabase/supabase-js';
import { MOST_WORK, type WorkItem, type WorkKind } from './work.ts';

interface Row {
	kind: WorkKind;
	object_type: WorkItem['about']['type'];
	object_id: string;
	title: string;
	note: string;
	since: string;
	due_at: string | null;
}

/** What waits for the person in a workspace, what moved last first; at most 200 of it, and how much there is. */
export async function listWork(
	client: SupabaseClient,
	workspaceId: string,
	kind: WorkKind | null = null
): Promise<{ items: WorkItem[]; next: null; total: number }> {
	let query = client
		.from('work_list')
		.select('kind, object_type, object_id, title, note, since, due_at', { count: 'exact' })
		.eq('workspace_id', workspaceId)
		.order('since', { ascending: false })
		.limit(MOST_WORK);
	if (kind) query = query.eq('kind', kind);
	const { data, count } = await query.returns<Row[]>().throwOnError();
	return { items: (data ?? []).map(workItem), next: null, total: count ?? 0 };
}

/** How much waits for the person in a workspace. */
export async function countWork(client: SupabaseClient, workspaceId: string): Promise<number> {
	const { count } = await client
		.from('work_list')
		.select('object_id', { count: 'exact', head: true })
		.eq('workspace_id', workspaceId)
		.throwOnError();
	return count ?? 0;
}

function workItem({ kind, object_type, object_id, title, note, since, due_at }: Row): WorkItem {
	return { kind, about: { type: object_type, id: object_id, title }, note, since, dueAt: due_at };
}
