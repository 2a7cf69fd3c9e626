import type { SupabaseClient } from '@supabase/supabase-js';
import type { Agency } from './agencies.ts';

export type AgencyFields = Pick<Agency, 'name' | 'short_name' | 'code' | 'colour' | 'parent_id'>;

/** All agencies of a workspace, in the order of their names as stored. */
export async function listAgencies(client: SupabaseClient, workspaceId: string): Promise<Agency[]> {
	const { data, error } = await client.from('agency_list').select('*').eq('workspace_id', workspaceId).order('name').order('id');
	if (error) throw error;
	return data as Agency[];
}

/** Adds an agency. Answers the database's refusal, or null. */
export async function addAgency(client: SupabaseClient, workspaceId: string, fields: AgencyFields) {
	const { error } = await client.from('agencies').insert({ workspace_id: workspaceId, ...fields });
	return error;
}

/** Changes an agency. Answers the database's refusal, or null. */
export async function changeAgency(client: SupabaseClient, id: string, fields: AgencyFields) {
	const { error } = await client.from('agencies').update(fields).eq('id', id).select('id').single();
	return error;
}

/** Deletes an agency that nothing uses. Answers the database's refusal, or null. */
export async function deleteAgency(client: SupabaseClient, id: string) {
	const { error } = await client.from('agencies').delete().eq('id', id).select('id').single();
	return error;
}

/** Closes an agency; the successor takes over its members, documents and rights. Answers the database's refusal, or null. */
export async function closeAgency(client: SupabaseClient, id: string, successorId: string | null) {
	const { error } = await client.rpc('close_agency', { agency: id, successor: successorId });
	return error;
}
