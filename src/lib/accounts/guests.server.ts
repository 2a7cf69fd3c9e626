import { camelKeys } from '../base/camel-keys.ts';
import type { Client } from '../server/client.ts';
import { written } from '../server/edge/written.ts';
import type { Guest } from './guests.ts';

/** The guests of a workspace whom the person of this client sees, in the order in which they came. */
export async function listGuests(client: Client, workspaceId: string): Promise<Guest[]> {
	const [guests, access] = await Promise.all([
		client.from('guest_list').select('*').eq('workspace_id', workspaceId).order('joined_at').order('person_id').throwOnError(),
		client.from('document_access').select('guest_id').eq('workspace_id', workspaceId).not('guest_id', 'is', null).throwOnError()
	]);
	const counts = new Map<string, number>();
	for (const { guest_id: id } of access.data) if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
	return guests.data.map((guest) => ({
		...camelKeys(guest),
		documentCount: counts.get(guest.person_id) ?? 0
	}));
}

/** Takes back all that a guest was invited to. @throws Refusal 404, 403 for all but owners and secretaries */
export async function removeGuest(client: Client, workspaceId: string, personId: string): Promise<void> {
	const key = { workspace_id: workspaceId, person_id: personId };
	await written(
		client.from('guests').delete().match(key).select('person_id').throwOnError(),
		client.from('guests').select('person_id').match(key).throwOnError()
	);
}
