import { findMyWorkspace } from '../../accounts/workspaces.server.ts';
import { isUuid } from '../../base/ids.ts';
import type { Client, Row } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';

const UNKNOWN = { field: 'workspace', key: 'library_error_workspace' } as const;

/** A workspace as one of its members stands in it. */
export interface WorkspaceStanding {
	id: string;
	slug: string;
	name: string;
	role: 'owner' | 'secretary' | 'member';
	agencyId: string;
	/** Owners and secretaries may let any agency lead a document; members only their own. */
	leadsAny: boolean;
}

/**
 * The person's standing in the workspace with this slug or id; without one, in the workspace they were last in.
 * @throws Refusal 404 when they are in no such workspace, 422 field `workspace` when none was named and they have none
 */
export async function getStanding(supabase: Client, personId: string, slugOrId: string | null): Promise<WorkspaceStanding> {
	let request = supabase
		.from('members')
		.select('role, agency_id, joined_at, workspaces!inner(id, slug, name)')
		.eq('person_id', personId);
	if (slugOrId) request = request.eq(isUuid(slugOrId) ? 'workspaces.id' : 'workspaces.slug', slugOrId);
	const { data } = await request.throwOnError();
	if (data.length === 0) throw new Refusal(slugOrId ? 404 : 422, UNKNOWN);
	const row = data.length === 1 ? data[0] : await lastUsed(supabase, data);
	const { id, slug, name } = row.workspaces;
	return { id, slug, name, role: row.role, agencyId: row.agency_id, leadsAny: row.role !== 'member' };
}

/**
 * The id of the workspace, for what only those see who watch over it, as on its pages.
 * @throws Refusal as getStanding; 404 for everybody else
 */
export async function getWatchedId(supabase: Client, personId: string, slugOrId: string | null): Promise<string> {
	const { slug } = await getStanding(supabase, personId, slugOrId);
	const place = await findMyWorkspace(supabase, slug);
	if (!place?.canWatchRooms) throw new Refusal(404);
	return place.id;
}

/**
 * The workspace with this slug or id in which the person is a member or a guest; without one, the one they were last in.
 * @throws Refusal as getStanding
 */
export async function findWorkspaceId(supabase: Client, personId: string, slugOrId: string | null): Promise<string> {
	if (!slugOrId) return (await getStanding(supabase, personId, null)).id;
	const { data } = await supabase
		.from('workspaces')
		.select('id')
		.eq(isUuid(slugOrId) ? 'id' : 'slug', slugOrId)
		.maybeSingle()
		.throwOnError();
	if (!data) throw new Refusal(404, UNKNOWN);
	return data.id;
}

type MemberRow = Pick<Row<'members'>, 'role' | 'agency_id' | 'joined_at'> & {
	workspaces: Pick<Row<'workspaces'>, 'id' | 'slug' | 'name'>;
};

async function lastUsed(supabase: Client, rows: MemberRow[]): Promise<MemberRow> {
	const { data } = await supabase
		.from('document_list')
		.select('workspace_id')
		.not('visited_at', 'is', null)
		.order('visited_at', { ascending: false })
		.limit(1)
		.maybeSingle();
	const last = rows.find((row) => row.workspaces.id === data?.workspace_id);
	return last ?? rows.toSorted((a, b) => b.joined_at.localeCompare(a.joined_at))[0];
}
