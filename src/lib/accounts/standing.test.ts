import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestWorkspace, type Name, type TestWorkspace } from '../../../tests/support/test-workspace.ts';
import { standingIn, type WorkspaceStanding } from './standing.server.ts';
import { findMyWorkspace, listGuestWorkspaces } from './workspaces.server.ts';

let world: TestWorkspace;
beforeAll(async () => {
	world = await openTestWorkspace();
}, 60_000);
afterAll(() => world.close());

const standingOf = async (name: Name) => standingIn((await findMyWorkspace(world.as(name), 'mau'))!);
const allowed = ({ can }: WorkspaceStanding) => Object.entries(can).flatMap(([name, may]) => (may ? [name] : []));

test('an owner may do everything', async () => {
	const standing = await standingOf('owner');
	expect(standing.place).toMatchObject({ role: 'owner', agencyId: world.agencies.fourth, agencyShortName: 'STC' });
	expect(allowed(standing)).toEqual(Object.keys(standing.can));
});

test('a secretary invites members, adds agencies and chooses who leads a document', async () => {
	const standing = await standingOf('secretary');
	expect(standing.place.role).toBe('secretary');
	expect(allowed(standing)).toEqual(['seeWorkspace', 'invite', 'addAgency', 'chooseLead']);
});

test('a member sees the workspace and begins documents of their own agency', async () => {
	const standing = await standingOf('drafter');
	expect(standing.place).toMatchObject({ role: 'member', agencyId: world.agencies.lead });
	expect(allowed(standing)).toEqual(['seeWorkspace']);
});

test('a guest stands there for their organisation, and the workspace itself does not exist for them', async () => {
	await world.sql.query('insert into public.guests (workspace_id, person_id, organisation) values ($1, $2, $3)', [
		world.workspaceId,
		world.people.stranger,
		'Trường Đại học'
	]);
	const [here] = await listGuestWorkspaces(world.as('stranger'), world.people.stranger);
	const standing = standingIn(here);
	expect(standing.place).toMatchObject({ role: 'guest', agencyId: null, agencyName: 'Trường Đại học' });
	expect(allowed(standing)).toEqual([]);
});
