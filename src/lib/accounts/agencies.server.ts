import type { InferOutput } from 'valibot';
import { camelKeys } from '../base/camel-keys.ts';
import type { Client } from '../server/client.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import { written } from '../server/edge/written.ts';
import type { AgencyChange, NewAgency } from './input.ts';
import type { Agency } from './agencies.ts';

const NAMED = {
	23505: { field: 'name', key: 'accounts_agency_name_taken' },
	23503: { field: 'parentId', key: 'accounts_error_choose' }
} as const;

/** All agencies of a workspace, in the order of their names as stored. */
export async function listAgencies(client: Client, workspaceId: string): Promise<Agency[]> {
	const { data } = await client
		.from('agency_list')
		.select('*')
		.eq('workspace_id', workspaceId)
		.order('name')
		.order('id')
		.throwOnError();
	return data.map(camelKeys);
}

/** Adds an agency. @throws Refusal 403, 409 field `name` when another has it */
export async function addAgency(
	client: Client,
	workspaceId: string,
	{ shortName, parentId, ...same }: InferOutput<typeof NewAgency>
): Promise<{ id: string }> {
	const adding = client
		.from('agencies')
		.insert({ workspace_id: workspaceId, short_name: shortName, parent_id: parentId, ...same })
		.select('id')
		.single()
		.throwOnError();
	return (await meaning(adding, NAMED)).data;
}

/** Changes what is given of an agency. @throws Refusal 404, 403, 409 field `name` when another has it, 422 field `parentId` for a circle */
export async function changeAgency(client: Client, id: string, change: InferOutput<typeof AgencyChange>): Promise<void> {
	// Names that are not given stay out of the statement.
	const { shortName, parentId, ...same } = change;
	const fields = { short_name: shortName, parent_id: parentId, ...same };
	const changing = client.from('agencies').update(fields).eq('id', id).select('id').throwOnError();
	await meaning(written(changing, seenAgency(client, id)), NAMED);
}

/** Deletes an agency that nothing uses. @throws Refusal 404, 403 for all but owners, 409 while it is used */
export async function deleteAgency(client: Client, id: string): Promise<void> {
	await written(client.from('agencies').delete().eq('id', id).select('id').throwOnError(), seenAgency(client, id));
}

const seenAgency = (client: Client, id: string) => client.from('agencies').select('id').eq('id', id).throwOnError();

/**
 * Closes an agency; the successor takes over its members, documents and rights.
 * @throws Refusal 404, 403 for all but owners, 409 field `successorId` when it needs one, 422 when either is closed
 */
export async function closeAgency(client: Client, id: string, successorId: string | null): Promise<void> {
	const closing = client.rpc('close_agency', { agency: id, successor: successorId }).throwOnError();
	await meaning(closing, { 23503: { field: 'successorId', key: 'accounts_error_choose' } });
}
