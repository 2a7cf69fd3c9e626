import type { MyWorkspace } from '../../accounts/workspaces.server.ts';
import { camelKeys } from '../../base/camel-keys.ts';
import { isUuid } from '../../base/ids.ts';
import type { Client, Row } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';

const UNKNOWN = { field: 'workspace', key: 'library_error_workspace' } as const;

/**
 * The workspace with this slug or id, as the person of the client stands in it as a member; without one, the workspace they were last in.
 * @throws Refusal 404 when they are in no such workspace, 422 field `workspace` when none was named and they have none
 */
export async function getStanding(supabase: Client, slugOrId: string | null): Promise<MyWorkspace> {
	const all = supabase.from('workspace_list').select('*');
	const { data } = await (slugOrId ? all.eq(isUuid(slugOrId) ? 'id' : 'slug', slugOrId) : all).throwOnError();
	if (data.length === 0) throw new Refusal(slugOrId ? 404 : 422, UNKNOWN);
	return camelKeys(data.length === 1 ? data[0] : await lastUsed(supabase, data));
}

/**
 * The id of the workspace, for what only those see who watch over it, as on its pages.
 * @throws Refusal as getStanding; 404 for everybody else
 */
export async function getWatchedId(supabase: Client, slugOrId: string | null): Promise<string> {
	const { id, canWatchRooms } = await getStanding(supabase, slugOrId);
	if (!canWatchRooms) throw new Refusal(404);
	return id;
}

/**
 * The workspace with this slug or id in which the person is a member or a guest; without one, the one they were last in.
 * @throws Refusal as getStanding
 */
export async function findWorkspaceId(supabase: Client, slugOrId: string | null): Promise<string> {
	if (!slugOrId) return (await getStanding(supabase, null)).id;
	const { data } = await supabase
		.from('workspaces')
		.select('id')
		.eq(isUuid(slugOrId) ? 'id' : 'slug', slugOrId)
		.maybeSingle()
		.throwOnError();
	if (!data) throw new Refusal(404, UNKNOWN);
	return data.id;
}

async function lastUsed(supabase: Client, rows: Row<'workspace_list'>[]): Promise<Row<'workspace_list'>> {
	const { data } = await supabase
		.from('document_list')
		.select('workspace_id')
		.not('visited_at', 'is', null)
		.order('visited_at', { ascending: false })
		.limit(1)
		.maybeSingle();
	const last = rows.find((row) => row.id === data?.workspace_id);
	return last ?? rows.toSorted((a, b) => b.joined_at.localeCompare(a.joined_at))[0];
}
