import type { SupabaseClient } from '@supabase/supabase-js';
import type { Member } from './members.ts';
import type { WorkspaceRole } from './roles.ts';

/** All members of a workspace, in no particular order. */
export async function listMembers(client: SupabaseClient, workspaceId: string): Promise<Member[]> {
	const { data, error } = await client.from('member_list').select('*').eq('workspace_id', workspaceId);
	if (error) throw error;
	return data as Member[];
}

/** Changes a member's place. Answers the database's refusal, or null. Live connections follow through the access notice. */
export async function changeMember(
	client: SupabaseClient,
	workspaceId: string,
	personId: string,
	place: { agency_id: string; role: WorkspaceRole; is_head: boolean }
) {
	const { error } = await client
		.from('members')
		.update(place)
		.eq('workspace_id', workspaceId)
		.eq('person_id', personId)
		.select('person_id')
		.single();
	return error;
}

/** Takes a person out of the workspace; what they were given there personally goes too. Answers the refusal, or null. */
export async function removeMember(client: SupabaseClient, workspaceId: string, personId: string) {
	const { error } = await client
		.from('members')
		.delete()
		.eq('workspace_id', workspaceId)
		.eq('person_id', personId)
		.select('person_id')
		.single();
	return error;
}

/** Who asked for a new password and may be helped by the signed-in owner: person id → when. Empty for everybody else. */
export async function listPasswordRequests(client: SupabaseClient): Promise<Record<string, string>> {
	const { data, error } = await client.rpc('list_password_requests');
	if (error) throw error;
	return Object.fromEntries(
		(data as { person_id: string; requested_at: string }[]).map((row) => [row.person_id, row.requested_at])
	);
}
