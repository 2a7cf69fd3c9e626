import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Client } from '../server/client.ts';
import { countWaiting, decideMail, listMails } from '../server/outbox/mail-list.ts';
import { createInvitation, findOffer } from './invitations.server.ts';
import { copyMailLink } from './mail-links.server.ts';
import { createFirstWorkspace } from './set-up.server.ts';
import { testApp } from '../../../tests/support/test-app.ts';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });

const ORIGIN = 'https://plenum.test';
const EMAIL = 'owner@plenum.test';
const PASSWORD = 'một câu dài dễ nhớ';

let stage: Awaited<ReturnType<typeof testApp>>;
let owner: Client;
let workspaceId: string;

beforeAll(async () => {
	stage = await testApp();
	const { backend, sql } = stage.app;
	const made = await backend.createAccount(EMAIL, PASSWORD);
	if (typeof made === 'string') throw new Error(made);
	const first = await createFirstWorkspace(sql, {
		workspaceName: 'UBND thành phố',
		agencyName: 'Văn phòng',
		agencyShortName: 'VP',
		agencyCode: 'VP',
		owner: { id: made.id, email: EMAIL, fullName: 'Hoa', positionTitle: '', locale: 'vi', theme: 'system' }
	});
	({ workspaceId } = first!);
	owner = stage.visitor();
	await owner.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
	for (const nth of [1, 2, 3])
		await createInvitation(owner, workspaceId, {
			agencyId: first!.agencyId,
			role: 'member',
			isHead: false,
			email: `guest${nth}@plenum.test`,
			days: 7
		});
});
afterAll(() => stage?.close());

const list = (after: string | null = null, limit = 2) => listMails(owner, workspaceId, { state: 'queued', after, limit });

test('owners list mails in pieces, the newest first', async () => {
	const first = await list();
	const rest = await list(first.next);
	expect([first.items, rest.items].map((items) => items.map(({ address }) => address))).toEqual([
		['guest3@plenum.test', 'guest2@plenum.test'],
		['guest1@plenum.test']
	]);
	expect(rest.next).toBeNull();
	expect(await countWaiting(owner, workspaceId)).toEqual({ waiting: 3, heldAt: null });
	expect(
		(await listMails(stage.visitor(), workspaceId, { state: null, after: null, limit: 2 }).catch(() => null))?.items ?? []
	).toEqual([]);
});

test('a link like that of a mail is made for copying while what it is about stands', async () => {
	const [mail] = (await list()).items;
	const link = await copyMailLink(owner, mail.id, ORIGIN);
	expect(await findOffer(stage.visitor(), link.slice(`${ORIGIN}/invitation/`.length))).toMatchObject({ email: mail.address });
	await expect(copyMailLink(owner, randomUUID(), ORIGIN)).rejects.toMatchObject({ code: 'PGRST116' });
	await stage.app.sql.query('update public.invitations set revoked_at = now() where email = $1', [mail.address]);
	await expect(copyMailLink(owner, mail.id, ORIGIN)).rejects.toMatchObject({ status: 409 });
	await expect(decideMail(owner, mail.id, 'send-again')).rejects.toMatchObject({ status: 409 });
});
