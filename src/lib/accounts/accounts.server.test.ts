import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { refused } from '../../../tests/support/refused.ts';
import type { Client } from '../server/client.ts';
import {
	acceptInvitation,
	createInvitation,
	findOffer,
	listInvitations,
	registerWithInvitation,
	setRevoked
} from './invitations.server.ts';
import { accountTemplates } from './mail-templates.server.ts';
import { changeMember, listMembers, listPasswordRequests, removeMember } from './members.server.ts';
import { findPasswordReset, offerPasswordReset, requestPasswordReset, resetPassword } from './password-resets.server.ts';
import type { QueuedMail } from '../server/outbox/send-mail.ts';
import { sessionClient } from './session.server.ts';
import { createFirstWorkspace, hasWorkspace } from './set-up.server.ts';
import { checkPassword, endOtherSessions, signIn, signOut } from './sign-in.server.ts';
import { testApp } from '../../../tests/support/test-app.ts';
import { listMyWorkspaces } from './workspaces.server.ts';

const PASSWORD = 'một câu dài dễ nhớ';
const ORIGIN = 'https://plenum.test';

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

let stage: Awaited<ReturnType<typeof testApp>>;
let owner: { id: string; client: Client };
let workspaceId: string;
let agencyId: string;

beforeAll(async () => {
	stage = await testApp();
});
afterAll(() => stage?.close());

describe('set-up', () => {
	test('makes one workspace, however many open the link at once, and says who made it', async () => {
		const { app } = stage;
		expect(await hasWorkspace(app.sql)).toBe(false);
		const [an, binh] = await Promise.all([account('an@plenum.test'), account('binh@plenum.test')]);
		const made = await Promise.all([an, binh].map(({ id, email }) => createFirstWorkspace(app.sql, first(id, email))));
		const won = made.filter((result) => result !== null);
		expect(won).toHaveLength(1);
		expect(won[0].slug).toBe('ubnd-thanh-pho');
		owner = made[0] ? an : binh;
		({ workspaceId, agencyId } = won[0]);
		const events = await app.sql.query<{ verb: string; person_id: string }>(
			'select verb, person_id from public.audit_events order by id'
		);
		expect(events).toEqual(['workspace_created', 'agency_added', 'joined'].map((verb) => ({ verb, person_id: owner.id })));
		expect(await hasWorkspace(app.sql)).toBe(true);
		expect(await listMyWorkspaces(owner.client)).toMatchObject([
			{ slug: 'ubnd-thanh-pho', role: 'owner', isHead: true, canReadAudit: true }
		]);
	});
});

describe('signing in', () => {
	test('does not tell a wrong password from an unknown address, and counts failures only', async () => {
		const { app } = stage;
		const { email } = await account('cuong@plenum.test');
		for (let time = 0; time < 12; time++) expect(await checkPassword(app, '10.0.0.1', email, PASSWORD)).not.toBeNull();
		expect(await signIn(stage.visitor(), '10.0.0.2', email, 'sai mật khẩu')).toEqual({ outcome: 'wrong' });
		expect(await signIn(stage.visitor(), '10.0.0.2', 'nobody@plenum.test', 'sai mật khẩu')).toEqual({ outcome: 'wrong' });
	});

	test.each(['cuong', 'nobody'])(
		'makes an address wait for the account of %s after ten failures, whatever its letters, and nobody else',
		async (name) => {
			const outcomes = [];
			for (let time = 0; time < 11; time++) {
				const { outcome } = await signIn(
					stage.visitor(),
					'10.0.1.1',
					time % 2 ? `${name.toUpperCase()}@plenum.test` : `${name}@plenum.test`,
					'sai mật khẩu'
				);
				outcomes.push(outcome);
			}
			expect(outcomes).toEqual([...Array<string>(10).fill('wrong'), 'wait']);
			expect(await signIn(stage.visitor(), '10.0.1.1', `${name}@plenum.test`, PASSWORD)).toMatchObject({
				outcome: 'wait',
				seconds: expect.any(Number)
			});
			const elsewhere = await signIn(stage.visitor(), '10.0.1.2', `${name}@plenum.test`, PASSWORD);
			expect(elsewhere.outcome).toBe(name === 'nobody' ? 'wrong' : 'in');
		}
	);

	test('leaves a cookie that lives as long as a session that nobody uses', async () => {
		const cookies: { name: string; maxAge?: number; httpOnly?: boolean }[] = [];
		const client = sessionClient(
			stage.app.backend,
			{ getAll: () => [], set: (name, _, options) => void cookies.push({ name, ...options }) },
			true,
			'Firefox'
		);
		await signIn(client, '10.0.3.1', 'cuong@plenum.test', PASSWORD);
		expect(cookies.filter(({ maxAge }) => maxAge !== 0)).not.toHaveLength(0);
		for (const cookie of cookies)
			expect(cookie).toMatchObject({
				httpOnly: true,
				secure: true,
				sameSite: 'lax',
				maxAge: cookie.maxAge === 0 ? 0 : 30 * 86_400
			});
		const { data } = await client.rpc('my_sessions');
		expect(data).toContainEqual(expect.objectContaining({ user_agent: 'Firefox' }));
		await stage.app.sql.query(
			`update auth.sessions set refreshed_at = now() at time zone 'UTC' - interval '30 days' where user_agent = 'Firefox'`
		);
		expect((await client.auth.refreshSession()).error).toMatchObject({ code: 'session_expired' });
	});

	test('signing out ends this session here and in the sync engine, and no other', async () => {
		const here = await account('dung@plenum.test');
		const there = await signedIn('dung@plenum.test');
		stage.ended.length = 0;
		await signOut(here.client, stage.app);
		expect(stage.ended).toEqual([[here.id, expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
		expect((await there.auth.getUser()).data.user?.id).toBe(here.id);
		await signOut(there, stage.app);
		expect((await there.auth.getUser()).data.user).toBeNull();
	});

	test('a new password ends the other sessions', async () => {
		const here = await account('giang@plenum.test');
		const there = await signedIn('giang@plenum.test');
		await here.client.auth.updateUser({ password: 'một câu khác, cũng dài' });
		await endOtherSessions(here.client, stage.app, here.id);
		expect((await there.auth.getUser()).data.user).toBeNull();
		expect((await here.client.auth.getUser()).data.user?.id).toBe(here.id);
	});
});

describe('an invitation', () => {
	test('is used once, however many use it at once', async () => {
		const { app } = stage;
		const token = await invite();
		const people = await Promise.all([account('ha@plenum.test'), account('hung@plenum.test'), account('hoa@plenum.test')]);
		const results = await Promise.allSettled(
			people.map(({ client }) => acceptInvitation(client, token, { fullName: 'Hà', positionTitle: '' }))
		);
		const lost = { status: 'rejected', reason: refused(410, null, 'accounts_invitation_lost') };
		expect(results.toSorted((a, b) => a.status.localeCompare(b.status))).toEqual([
			{ status: 'fulfilled', value: { slug: 'ubnd-thanh-pho', documentId: null } },
			lost,
			lost
		]);
		const members = await app.sql.query('select 1 from public.members where person_id = any ($1)', [people.map(({ id }) => id)]);
		expect(members).toHaveLength(1);
	});

	test('makes an account on the way, and leaves no account behind that came too late', async () => {
		const { app } = stage;
		const token = await invite();
		const newcomer = (name: string) => ({
			email: `${name}@plenum.test`,
			password: PASSWORD,
			fullName: name,
			positionTitle: 'Chuyên viên'
		});
		const clients = [stage.visitor(), stage.visitor()];
		const results = await Promise.allSettled(
			['kien', 'lan'].map((name, index) => registerWithInvitation(app, clients[index], token, newcomer(name)))
		);
		expect(results.toSorted((a, b) => a.status.localeCompare(b.status))).toEqual([
			{ status: 'fulfilled', value: { slug: 'ubnd-thanh-pho', documentId: null } },
			{ status: 'rejected', reason: refused(410) }
		]);
		const accounts = await app.sql.query<{ email: string }>(
			`select email from auth.users where email in ('kien@plenum.test', 'lan@plenum.test')`
		);
		expect(accounts).toHaveLength(1);
		const loser = clients[results.findIndex(({ status }) => status === 'rejected')];
		expect((await loser.auth.getUser()).data.user).toBeNull();
		await expect(
			registerWithInvitation(app, stage.visitor(), await invite(), { ...newcomer('x'), email: accounts[0].email })
		).rejects.toEqual(refused(409, 'email'));
		await expect(
			registerWithInvitation(app, stage.visitor(), await invite(), { ...newcomer('minh'), password: 'ngắn' })
		).rejects.toEqual(refused(422, 'password'));
	});

	test('can be revoked and reopened by its owner; its token is nowhere in the database', async () => {
		const token = await invite();
		const [{ id }] = await listInvitations(owner.client, workspaceId);
		await setRevoked(owner.client, id, true);
		expect((await findOffer(stage.visitor(), token))?.state).toBe('revoked');
		await setRevoked(owner.client, id, false);
		expect((await findOffer(stage.visitor(), token))?.state).toBe('open');
		const kept = await stage.app.sql.query('select 1 from public.invitations i where i::text like $1', [`%${token}%`]);
		expect(kept).toEqual([]);
		for (const length of [43, 201]) expect(await findOffer(stage.visitor(), 'x'.repeat(length))).toBeNull();
	});
});

describe('a forgotten password', () => {
	let member: { id: string; email: string; client: Client };

	beforeAll(async () => {
		member = await account('nga@plenum.test');
		await acceptInvitation(member.client, await invite(), { fullName: 'Nga', positionTitle: '' });
	});

	test('waits for an owner where there is no mail, once per person', async () => {
		await requestPasswordReset(stage.app, 'NGA@plenum.test');
		await requestPasswordReset(stage.app, member.email);
		await requestPasswordReset(stage.app, 'nobody@plenum.test');
		expect(Object.keys(await listPasswordRequests(owner.client))).toEqual([member.id]);
		expect(await listPasswordRequests(member.client)).toEqual({});
	});

	test('is answered with a link that works once and ends every session of the person', async () => {
		const { app } = stage;
		const link = await offerPasswordReset(owner.client, member.id, ORIGIN);
		const token = tokenOf(link);
		expect(await listPasswordRequests(owner.client)).toEqual({});
		expect(await findPasswordReset(app, token)).toEqual({ email: member.email, fullName: 'Nga' });
		stage.ended.length = 0;
		const uses = await Promise.all([
			resetPassword(app, token, 'mật khẩu thứ nhất'),
			resetPassword(app, token, 'mật khẩu thứ hai')
		]);
		expect(uses.filter(Boolean)).toEqual([{ email: member.email }]);
		expect(stage.ended).toEqual([[member.id]]);
		expect((await member.client.auth.getUser()).data.user).toBeNull();
		const [right, wrong] = uses[0] ? ['mật khẩu thứ nhất', 'mật khẩu thứ hai'] : ['mật khẩu thứ hai', 'mật khẩu thứ nhất'];
		expect(await checkPassword(app, '10.0.3.1', member.email, right)).toEqual({ personId: member.id });
		expect(await checkPassword(app, '10.0.3.1', member.email, wrong)).toBeNull();
		expect(await checkPassword(app, '10.0.3.1', member.email, PASSWORD)).toBeNull();
		expect(await findPasswordReset(app, token)).toBeNull();
		const [event] = await app.sql.query('select verb, person_id from public.audit_events order by id desc limit 1');
		expect(event).toEqual({ verb: 'password_reset', person_id: member.id });
	});

	test('is not answered after an hour', async () => {
		const { app } = stage;
		const token = tokenOf(await offerPasswordReset(owner.client, member.id, ORIGIN));
		await app.sql.query(`update public.password_resets set expires_at = now() - interval '1 second' where used_at is null`);
		expect(await findPasswordReset(app, token)).toBeNull();
		expect(await resetPassword(app, token, PASSWORD)).toBeNull();
	});

	test('is not answered by an owner for somebody who belongs elsewhere too', async () => {
		const { app } = stage;
		const [{ id: elsewhere }] = await app.sql.query<{ id: string }>(
			`insert into public.workspaces (name, slug) values ('Nơi khác', 'noi-khac') returning id`
		);
		const [{ id: agency }] = await app.sql.query<{ id: string }>(
			`insert into public.agencies (workspace_id, name, short_name, code) values ($1, 'A', 'A', 'A') returning id`,
			[elsewhere]
		);
		await app.sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'member')`, [
			elsewhere,
			member.id,
			agency
		]);
		await expect(offerPasswordReset(owner.client, member.id, ORIGIN)).rejects.toEqual(refused(403));
		const printed: string[] = [];
		await requestPasswordReset(app, member.email, (text) => printed.push(text));
		expect(printed, 'nobody could help, so the operator gets the link').toEqual([
			expect.stringContaining('https://plenum.test/reset-password?token=')
		]);
		await app.sql.query('delete from public.workspaces where id = $1', [elsewhere]);
	});

	test('is answered by mail where there is mail, once, with an address that no request can choose', async () => {
		const { sql, config } = stage.app;
		const withMail = { sql, config: { ...config, smtpUrl: 'smtp://127.0.0.1' } };
		await requestPasswordReset(withMail, member.email);
		await requestPasswordReset(withMail, member.email);
		await requestPasswordReset(withMail, 'nobody@plenum.test');
		const [queued, ...others] = await sql.query<QueuedMail>(
			`select id, template, password_reset_id as "passwordResetId", person_id as "personId", locale from public.outbox where state = 'queued'`
		);
		expect([queued.template, queued.personId, others.length]).toEqual(['password-reset', member.id, 0]);
		const mail = await sql.transaction((tx) => accountTemplates(ORIGIN)['password-reset'](tx, queued));
		expect(await findPasswordReset(stage.app, tokenOf(mail!.text))).toMatchObject({ email: member.email });
		expect(tokenOf(mail!.html)).toBe(tokenOf(mail!.text));
	});
});

describe('members', () => {
	test('follow their owner, and a change is announced to live connections', async () => {
		const { app } = stage;
		const heard: unknown[] = [];
		const stop = await app.sql.listen('plenum_access', (payload) => heard.push(JSON.parse(payload)));
		const person = await account('oanh@plenum.test');
		await acceptInvitation(person.client, await invite(), { fullName: 'Oanh', positionTitle: '' });
		await changeMember(owner.client, workspaceId, person.id, { agencyId, role: 'secretary', isHead: false });
		await expect(changeMember(person.client, workspaceId, person.id, { agencyId, role: 'owner', isHead: true })).rejects.toEqual(
			refused(403)
		);
		expect((await listMembers(person.client, workspaceId)).find(({ personId }) => personId === person.id)).toMatchObject({
			role: 'secretary',
			canChange: false
		});
		await removeMember(owner.client, workspaceId, person.id);
		expect(await listMembers(person.client, workspaceId)).toEqual([]);
		await expect(removeMember(owner.client, workspaceId, owner.id)).rejects.toEqual(
			refused(422, null, 'accounts_refused_last_owner')
		);
		await expect.poll(() => heard.filter((notice) => (notice as { personId: string }).personId === person.id).length).toBe(2);
		await stop();
	});
});

function first(id: string, email: string) {
	return {
		workspaceName: 'UBND thành phố',
		agencyName: 'Văn phòng',
		agencyShortName: 'VP',
		agencyCode: 'VP',
		owner: { id, email, fullName: 'Chủ quản', positionTitle: 'Chánh Văn phòng', locale: 'vi', theme: 'system' } as const
	};
}

async function account(email: string) {
	const made = await stage.app.backend.createAccount(email, PASSWORD);
	if (typeof made === 'string') throw new Error(made);
	return { id: made.id, email, client: await signedIn(email) };
}

async function signedIn(email: string): Promise<Client> {
	const client = stage.visitor();
	const { error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
	if (error) throw error;
	return client;
}

async function invite(): Promise<string> {
	return (await createInvitation(owner.client, workspaceId, { agencyId, role: 'member', isHead: false, email: null, days: 7 }))
		.token;
}

function tokenOf(text: string): string {
	return /token=([\w-]+)/.exec(text)![1];
}
