import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptInvitation } from '../../accounts/invitations.server.ts';
import { listGuestWorkspaces, listMyWorkspaces } from '../../accounts/workspaces.server.ts';
import { readInput } from '../../server/edge/input.ts';
import { refused } from '../../../../tests/support/refused.ts';
import { standingOf } from '../access.server.ts';
import { createDocument, findDocument } from './documents.server.ts';
import { parseFilters } from './filters.ts';
import { firstText } from './first-text.server.ts';
import { inviteGuest, revokeGuestInvitation } from './guest-invitations.server.ts';
import { Guest } from './input.ts';
import { countDocuments, listAgencies, listDocuments } from './list.server.ts';
import { findSharing, listCandidates, share, unshare } from './sharing.server.ts';
import { openTestWorkspace, sampleBody, type Name, type TestWorkspace } from '../../../../tests/support/test-workspace.ts';
import { findWorkspaceId, getStanding } from './workspaces.server.ts';

let world: TestWorkspace;
beforeAll(async () => {
	world = await openTestWorkspace();
}, 60_000);
afterAll(() => world.close());

const ORIGIN = 'https://plenum.test';
const GUEST = { organisation: 'Trường Đại học', role: 'commenter' };
const plain = parseFilters(new URLSearchParams());

async function newDocument(title: string): Promise<string> {
	const { id } = await createDocument(
		world,
		{ id: world.people.drafter },
		{
			workspaceId: world.workspaceId,
			title,
			profile: 'nd30',
			kind: 'plan',
			leadAgencyId: world.agencies.lead,
			first: firstText(sampleBody('Phạm vi'), 'nd30')
		}
	);
	await share(world.as('drafter'), id, { agencyId: world.agencies.second }, 'editor');
	return id;
}

async function inviteAs(name: Name, documentId: string, guest: unknown = GUEST) {
	return inviteGuest({ config: { smtpUrl: 'smtp://127.0.0.1' } }, world.as(name), documentId, readInput(Guest, guest), ORIGIN);
}

const tokenOf = (link: string) => link.slice(`${ORIGIN}/invitation/`.length);

test('a link to a document makes its bearer a guest there, who finds that document and nothing else', async () => {
	const [id, other] = [await newDocument('Nghị quyết'), await newDocument('Kế hoạch')];
	const { link } = await inviteAs('drafter', id);
	const guest = world.as('stranger');
	await expect(findWorkspaceId(guest, 'mau')).rejects.toEqual(refused(404, 'workspace'));
	expect(await acceptInvitation(guest, tokenOf(link))).toEqual({ slug: 'mau', documentId: id });

	expect(await listGuestWorkspaces(guest, world.people.stranger)).toMatchObject([
		{ slug: 'mau', organisation: 'Trường Đại học' }
	]);
	expect((await listMyWorkspaces(guest)).map(({ slug }) => slug)).toEqual(['noi-khac']);
	expect(await findWorkspaceId(guest, 'mau')).toBe(world.workspaceId);
	await expect(getStanding(guest, 'mau')).rejects.toEqual(refused(404, 'workspace'));
	expect(await listDocuments(guest, world.workspaceId, plain)).toMatchObject({
		total: 1,
		documents: [{ id, role: 'commenter', canEdit: false, canShare: false }]
	});
	expect(await findDocument(guest, other)).toBeNull();
	expect((await listAgencies(guest, world.workspaceId)).map(({ shortName }) => shortName).sort()).toEqual(['SKHCN', 'VP']);
	expect(await countDocuments(guest, world.workspaceId)).toMatchObject({ total: 0 });
	expect(await listDocuments(guest, world.workspaceId, { ...plain, query: 'nghị quyết' })).toMatchObject({ total: 0 });
	expect(await listCandidates(guest, id, 'dang')).toEqual([]);

	expect(await standingOf(world.sql, id, world.people.stranger)).toMatchObject({
		role: 'commenter',
		name: 'Đặng stranger',
		agency: 'Trường Đại học'
	});
	expect(await standingOf(world.sql, other, world.people.stranger)).toMatchObject({ role: null });

	const sharing = await findSharing(world.as('codrafter'), id);
	expect(sharing.entries.at(-1)).toMatchObject({
		role: 'commenter',
		subject: { type: 'guest', name: 'Đặng stranger', detail: 'Trường Đại học' }
	});
	await share(world.as('drafter'), id, { guestId: world.people.stranger }, 'editor');
	expect(await findDocument(guest, id)).toMatchObject({ role: 'editor', canEdit: true });
	await unshare(world.as('drafter'), id, { guestId: world.people.stranger });
	expect(await listGuestWorkspaces(guest, world.people.stranger)).toEqual([]);
	await expect(share(world.as('drafter'), id, { guestId: world.people.stranger }, 'viewer')).rejects.toEqual(
		refused(422, 'guestId')
	);
});

test('only who shares a document invites to it and sees its open links', async () => {
	const id = await newDocument('Quyết định');
	for (const name of ['codrafter', 'viewer', 'stranger'] as const) {
		await expect(inviteAs(name, id), name).rejects.toEqual(refused(name === 'codrafter' ? 403 : 404));
	}
	const { link } = await inviteAs('drafter', id);
	expect((await findSharing(world.as('codrafter'), id)).invitations).toEqual([]);
	const { invitations } = await findSharing(world.as('owner'), id);
	expect(invitations).toMatchObject([{ organisation: 'Trường Đại học', email: null, role: 'commenter' }]);
	await expect(revokeGuestInvitation(world.as('codrafter'), invitations[0].id)).rejects.toEqual(refused(404));
	await revokeGuestInvitation(world.as('drafter'), invitations[0].id);
	expect((await findSharing(world.as('drafter'), id)).invitations).toEqual([]);
	await expect(acceptInvitation(world.as('stranger'), tokenOf(link))).rejects.toEqual(refused(410));
});

test('a mail goes to the address; what is wrong in an invitation is named', async () => {
	const id = await newDocument('Báo cáo');
	expect(await inviteAs('drafter', id)).toMatchObject({ mailed: false });
	expect(await inviteAs('drafter', id, { ...GUEST, email: 'Khach@Truong.vn' })).toMatchObject({ mailed: true });
	expect(await world.sql.query('select template, address, state from public.outbox')).toEqual([
		{ template: 'invitation', address: 'khach@truong.vn', state: 'queued' }
	]);
	for (const [field, value] of Object.entries({ organisation: ' ', role: 'manager', email: 'nobody', days: '365' })) {
		await expect(inviteAs('drafter', id, { ...GUEST, [field]: value })).rejects.toEqual(refused(422, field));
	}
});
