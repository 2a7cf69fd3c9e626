import type { SupabaseClient } from '@supabase/supabase-js';
import { written } from '../server/edge/written.ts';
import type { Member } from './members.ts';
import type { WorkspaceRole } from './roles.ts';

/** All members of a workspace, in no particular order. */
export async function listMembers(client: SupabaseClient, workspaceId: string): Promise<Member[]> {
	const { data } = await client.from('member_list').select('*').eq('workspace_id', workspaceId).throwOnError();
	return data as Member[];
}

/**
 * Changes a member's place. Live connections follow through the access notice.
 * @throws Refusal 404, 403 for all but owners, 422 for the last owner or a closed agency
 */
export async function changeMember(
	client: SupabaseClient,
	workspaceId: string,
	personId: string,
	place: { agency_id: string; role: WorkspaceRole; is_head: boolean }
): Promise<void> {
	const key = { workspace_id: workspaceId, person_id: personId };
	await written(
		client.from('members').update(place).match(key).select('person_id').throwOnError(),
		client.from('members').select('person_id').match(key).throwOnError()
	);
}

/**
 * Takes a person out of the workspace; what they were given there personally goes too.
 * @throws Refusal 404, 403 for all but owners, 422 for the last owner
 */
export async function removeMember(client: SupabaseClient, workspaceId: string, personId: string): Promise<void> {
	const key = { workspace_id: workspaceId, person_id: personId };
	await written(
		client.from('members').delete().match(key).select('person_id').throwOnError(),
		client.from('members').select('person_id').match(key).throwOnError()
	);
}

/** Who asked for a new password and may be helped by the signed-in owner: person id → when. Empty for everybody else. */
export async function listPasswordRequests(client: SupabaseClient): Promise<Record<string, string>> {
	const { data } = await client.rpc('list_password_requests').throwOnError();
	return Object.fromEntries(
		(data as { person_id: string; requested_at: string }[]).map((row) => [row.person_id, row.requested_at])
	);
}
