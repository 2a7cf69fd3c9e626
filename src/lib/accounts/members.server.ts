import type { InferOutput } from 'valibot';
import { camelKeys } from '../base/camel-keys.ts';
import type { Client } from '../server/client.ts';
import { meaning } from '../server/edge/sqlstate.ts';
import { written } from '../server/edge/written.ts';
import type { PlaceChange } from './input.ts';
import type { Member } from './members.ts';

const AGENCY = { field: 'agencyId', key: 'accounts_error_choose' } as const;

/** All members of a workspace, in the order in which they came. */
export async function listMembers(client: Client, workspaceId: string): Promise<Member[]> {
	const { data } = await client
		.from('member_list')
		.select('*')
		.eq('workspace_id', workspaceId)
		.order('joined_at')
		.order('person_id')
		.throwOnError();
	return data.map(camelKeys);
}

/**
 * Changes a member's place. Live connections follow through the access notice.
 * @throws Refusal 404, 403 for all but owners, 422 for the last owner or a closed agency
 */
export async function changeMember(
	client: Client,
	workspaceId: string,
	personId: string,
	{ agencyId, role, isHead }: InferOutput<typeof PlaceChange>
): Promise<void> {
	const key = { workspace_id: workspaceId, person_id: personId };
	const place = { agency_id: agencyId, role, is_head: isHead };
	const changing = written(
		client.from('members').update(place).match(key).select('person_id').throwOnError(),
		seenMember(client, key)
	);
	await meaning(changing, { 23503: AGENCY, PL003: { field: AGENCY.field } });
}

/**
 * Takes a person out of the workspace; what they were given there personally goes too.
 * @throws Refusal 404, 403 for all but owners, 422 for the last owner
 */
export async function removeMember(client: Client, workspaceId: string, personId: string): Promise<void> {
	const key = { workspace_id: workspaceId, person_id: personId };
	await written(client.from('members').delete().match(key).select('person_id').throwOnError(), seenMember(client, key));
}

const seenMember = (client: Client, key: { workspace_id: string; person_id: string }) =>
	client.from('members').select('person_id').match(key).throwOnError();

/** Who asked for a new password and may be helped by the signed-in owner: person id → when. Empty for everybody else. */
export async function listPasswordRequests(client: Client): Promise<Record<string, string>> {
	const { data } = await client.rpc('list_password_requests').throwOnError();
	return Object.fromEntries(data.map((row) => [row.person_id, row.requested_at]));
}
