import { afterAll, beforeAll, expect, test } from 'vitest';
import { refused } from '../../../tests/support/refused.ts';
import { openTestWorkspace, type Name, type TestWorkspace } from '../../../tests/support/test-workspace.ts';
import type { Client } from '../server/client.ts';
import { changeAgency, deleteAgency } from './agencies.server.ts';
import { removeGuest } from './guests.server.ts';
import { createInvitation, setRevoked } from './invitations.server.ts';
import { changeMember, removeMember } from './members.server.ts';
import { renameWorkspace } from './workspaces.server.ts';

let world: TestWorkspace;
let guest: string;
let ownersLink: string;

beforeAll(async () => {
	world = await openTestWorkspace();
	guest = world.people.stranger;
	const [{ id: document }] = await world.sql.query<{ id: string }>(
		`insert into public.documents (workspace_id, title, profile, kind, lead_agency_id) values ($1, 'Nghị quyết', 'nd30', 'resolution', $2) returning id`,
		[world.workspaceId, world.agencies.lead]
	);
	await world.sql.query(`insert into public.guests (workspace_id, person_id, organisation) values ($1, $2, 'Trường')`, [
		world.workspaceId,
		guest
	]);
	await world.sql.query(
		`insert into public.document_access (workspace_id, document_id, guest_id, role) values ($1, $2, $3, 'viewer')`,
		[world.workspaceId, document, guest]
	);
	const link = { agencyId: world.agencies.lead, role: 'owner' as const, isHead: false, email: null, days: 7 };
	({ id: ownersLink } = await createInvitation(world.as('owner'), world.workspaceId, link));
});
afterAll(() => world?.close());

const place = () => ({ agencyId: world.agencies.lead, role: 'owner' as const, isHead: true });

/** Each write, who sees the row without having a right to change it, and who does not see it. */
const WRITES: Record<string, [write: (client: Client) => Promise<void>, sees: Name, seesNot: Name]> = {
	changeMember: [(client) => changeMember(client, world.workspaceId, world.people.viewer, place()), 'drafter', 'stranger'],
	removeMember: [(client) => removeMember(client, world.workspaceId, world.people.viewer), 'secretary', 'stranger'],
	removeGuest: [(client) => removeGuest(client, world.workspaceId, guest), 'drafter', 'outsider'],
	changeAgency: [(client) => changeAgency(client, world.agencies.third, { name: 'Khác' }), 'drafter', 'stranger'],
	deleteAgency: [(client) => deleteAgency(client, world.agencies.third), 'secretary', 'stranger'],
	setRevoked: [(client) => setRevoked(client, ownersLink, true), 'secretary', 'outsider']
};

test.each(Object.entries(WRITES))(
	'%s is 403 for who sees the row, 404 for who does not, and changes nothing',
	async (_, [write, sees, seesNot]) => {
		const before = await everything();
		await expect(write(world.as(sees)), sees).rejects.toEqual(refused(403));
		await expect(write(world.as(seesNot)), seesNot).rejects.toEqual(refused(404));
		expect(await everything()).toEqual(before);
	}
);

test('a workspace is renamed by its owners: for its members and guests 403, for others 404', async () => {
	const before = await everything();
	for (const name of ['secretary', 'drafter', 'stranger'] as const)
		await expect(renameWorkspace(world.as(name), world.workspaceId, 'Khác'), name).rejects.toEqual(refused(403));
	const [elsewhere] = await world.sql.query<{ id: string }>(`select id from public.workspaces where slug = 'noi-khac'`);
	await expect(renameWorkspace(world.as('owner'), elsewhere.id, 'Khác')).rejects.toEqual(refused(404));
	expect(await everything()).toEqual(before);
});

test('an invitation that was used is revoked by nobody: 409', async () => {
	await world.sql.query('update public.invitations set accepted_at = now()');
	await expect(setRevoked(world.as('owner'), ownersLink, true)).rejects.toEqual(refused(409));
	await expect(setRevoked(world.as('outsider'), ownersLink, true)).rejects.toEqual(refused(404));
});

function everything() {
	const rows = (table: string) => world.sql.query(`select * from public.${table} t order by t::text`);
	return Promise.all(['workspaces', 'agencies', 'members', 'guests', 'invitations'].map(rows));
}
