import { fork } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accountTemplates } from '../../src/lib/accounts/mail-templates.server.ts';
import { hashToken } from '../../src/lib/accounts/tokens.server.ts';
import { actAs } from '../../src/lib/server/act-as.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { type Jobs, startJobs } from '../../src/lib/server/jobs/jobs.ts';
import { createMetrics } from '../../src/lib/server/metrics.ts';
import { forgetMails } from '../../src/lib/server/outbox/forget-mails.ts';
import { SEND_MAIL, sendMails } from '../../src/lib/server/outbox/send-mail.ts';
import { openTransport } from '../../src/lib/server/outbox/transport.ts';
import { exposeMails } from '../../src/lib/server/outbox/waiting-mails.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { freshDatabase } from '../support/services.ts';
import { embeddedShelf, heardLog, postgresShelf, type Shelf } from '../support/shelf.ts';
import { testWith } from '../sync/support/services.ts';
import { until } from '../sync/support/wait.ts';
import { type MailServer, startMailServer } from './support/mail-server.ts';

const postgresFound = await freshDatabase();
const withPostgres = testWith('Postgres', postgresFound);

const FROM = 'Plenum <plenum@plenum.test>';
const ADDRESS = 'nam.le@so-khcn.test';
const { log, lines } = heardLog();

let shelf: Shelf;
let mailServer: MailServer;
const nodes: Jobs[] = [];

beforeAll(async () => {
	mailServer = await startMailServer();
});
afterAll(() => mailServer.close());

/** A node that sends mails through a server. */
async function node(
	name = 'one',
	{ sql = shelf.sql, smtpUrl = mailServer.url }: { sql?: Sql; smtpUrl?: string } = {}
): Promise<Jobs> {
	const transport = openTransport({ smtpUrl, mailFrom: FROM })!;
	const templates = accountTemplates('https://plenum.test');
	const handlers = { [SEND_MAIL]: sendMails({ sql, transport, templates, retryMs: 1 }) };
	const jobs = await startJobs({ sql, log, node: name, handlers });
	nodes.push(jobs);
	return jobs;
}

const stopNodes = () => Promise.all(nodes.splice(0).map((jobs) => jobs.stop()));

const asOwner = <T>(work: (tx: Sql) => Promise<T>) => shelf.sql.transaction((tx) => actAs(tx, shelf.ownerId, work));

/** The owner invites somebody; answers the invitation's id. */
async function invite(email = ADDRESS, { sql, workspaceId, agencyId, ownerId } = shelf): Promise<string> {
	const [{ id }] = await sql.transaction((tx) =>
		actAs(tx, ownerId, (asPerson) =>
			asPerson.query<{ id: string }>(
				`insert into public.invitations (workspace_id, agency_id, role, email, expires_at) values ($1, $2, 'member', $3, now() + interval '7 days') returning id`,
				[workspaceId, agencyId, email]
			)
		)
	);
	return id;
}

interface Row {
	id: string;
	state: string;
	attempts: number;
	reason: string | null;
	message_id: string;
	next_attempt_at: string | null;
	address: string | null;
}

async function mailAbout(invitation: string, { sql } = shelf): Promise<Row> {
	const rows = await sql.query<Row>('select * from public.outbox where invitation_id = $1', [invitation]);
	expect(rows).toHaveLength(1);
	return rows[0];
}

const become = (invitation: string, state: string) =>
	until(`the mail is ${state}`, async () => {
		const mail = await mailAbout(invitation);
		return mail.state === state ? mail : null;
	});

const received = () => mailServer.received.splice(0);

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', withPostgres, () => postgresShelf(postgresFound!)]
] as const)('mails %s', (where, place, open) => {
	const isThere = where === 'on PGlite' || postgresFound !== null;

	beforeAll(async () => {
		if (isThere) shelf = await open();
	});
	afterEach(async () => {
		await stopNodes();
		if (isThere) await shelf.sql.script('delete from public.outbox; delete from public.jobs; delete from public.invitations');
		received();
	});
	afterAll(async () => {
		if (isThere) await shelf.close();
	});

	place('an invitation is mailed once, however many nodes send, with a link that only the mail has', async () => {
		await node('one');
		await node('two');
		const invitation = await invite();
		const { message_id } = await become(invitation, 'sent');
		const [mail, ...others] = received();
		expect(others).toEqual([]);
		expect(mail).toMatchObject({
			to: ADDRESS,
			from: '"Plenum" <plenum@plenum.test>',
			subject: 'Thư mời tham gia Thành phố trên Plenum',
			messageId: `<${message_id}@plenum.test>`
		});
		expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
		const token = /\/invitation\/([\w-]+)/.exec(mail.text)![1];
		expect(mail.html).toContain(token);
		const links = await shelf.sql.query<{ row: string }>('select l::text as row from public.invitation_links l');
		expect(links.map(({ row }) => [row.includes(hashToken(token)), row.includes(token)])).toEqual([[true, false]]);
	});

	place('the figures say how many mails wait and for how long; without the database they are left out', async () => {
		const metrics = createMetrics();
		exposeMails(metrics, shelf.sql);
		const figures = async (registry = metrics.registry) =>
			[...(await registry.metrics()).matchAll(/^plenum_outbox_(\w+) ([\d.]+)$/gm)].map(([, name, value]) => [
				name,
				Number(value)
			]);
		expect(Object.fromEntries(await figures())).toEqual({ waiting: 0, waiting_seconds: 0 });
		const invitation = await invite();
		await shelf.sql.query(`update public.outbox set created_at = now() - interval '1 hour'`);
		const { waiting, waiting_seconds: seconds } = Object.fromEntries(await figures());
		expect([waiting, Math.floor(seconds / 600)]).toEqual([1, 6]);
		await node();
		await become(invitation, 'sent');
		expect(Object.fromEntries(await figures())).toEqual({ waiting: 0, waiting_seconds: 0 });

		const without = createMetrics();
		exposeMails(without, { query: () => Promise.reject(new Error('no database')) });
		expect(await figures(without.registry)).toEqual([]);
	});

	place('what is undone in the same transaction is never mailed', async () => {
		await node();
		const undone = asOwner(async (tx) => {
			await tx.query(
				`insert into public.invitations (workspace_id, agency_id, role, email, expires_at) values ($1, $2, 'member', $3, now() + interval '7 days')`,
				[shelf.workspaceId, shelf.agencyId, ADDRESS]
			);
			throw new Error('the decision was refused');
		});
		await expect(undone).rejects.toThrow('refused');
		await become(await invite('other@plenum.test'), 'sent');
		expect(received().map(({ to }) => to)).toEqual(['other@plenum.test']);
		expect(await shelf.sql.query('select 1 from public.outbox')).toHaveLength(1);
	});

	place('what the server cannot take now is tried again', async () => {
		mailServer.refusals.push({ code: 451, text: '4.7.1 greylisted' }, { code: 421, text: 'busy' });
		await node();
		expect(await become(await invite(), 'sent')).toMatchObject({ attempts: 3, reason: null });
		expect(received()).toHaveLength(1);
	});

	place('what it refuses for good is not, and says why without the address; an owner may have it sent again', async () => {
		mailServer.refusals.push({ code: 550, text: `5.1.1 <${ADDRESS}> nobody here` });
		await node();
		const invitation = await invite();
		const failed = await become(invitation, 'failed');
		expect(failed).toMatchObject({ attempts: 1, reason: '550 5.1.1 RCPT' });
		await asOwner((tx) => tx.query('select public.send_mail_again($1)', [failed.id]));
		const sent = await become(invitation, 'sent');
		expect(sent.message_id, 'a mail of its own').not.toBe(failed.message_id);
		expect(received()).toHaveLength(1);
	});

	place('a server that refuses us or is not there is waited for', async () => {
		// Nobody listens there; a port that was free a moment ago may be somebody else's now.
		await node('early', { smtpUrl: 'smtp://127.0.0.1:1' });
		const invitation = await invite();
		const waiting = await until('an attempt failed', async () => {
			const mail = await mailAbout(invitation);
			return mail.next_attempt_at === null ? null : mail; // not while the next attempt is being made
		});
		expect(waiting).toMatchObject({ state: 'queued', reason: 'ESOCKET' });
		await stopNodes();
		mailServer.senderRefusals.push({ code: 550, text: '5.7.1 no such sender here' });
		await node('late');
		const sent = await become(invitation, 'sent');
		expect(sent.message_id).toBe(waiting.message_id);
		expect(received()).toHaveLength(1);
	});

	place('without a mail server mails wait, and go out once there is one', async () => {
		const invitation = await invite();
		const idle = await startJobs({ sql: shelf.sql, log, node: 'idle', handlers: {} });
		nodes.push(idle);
		await idle.stop();
		expect(await mailAbout(invitation)).toMatchObject({ state: 'queued', attempts: 0 });
		await node();
		await become(invitation, 'sent');
	});

	place('a mail is cancelled with what it is about, and comes back with it', async () => {
		const [revoked, used, gone] = [await invite('a@plenum.test'), await invite('b@plenum.test'), await invite('c@plenum.test')];
		const set = (id: string, change: string) => shelf.sql.query(`update public.invitations set ${change} where id = $1`, [id]);
		await set(revoked, `revoked_at = '2026-11-29T08:00:00.123Z'`);
		expect(await mailAbout(revoked)).toMatchObject({ state: 'cancelled' });
		await set(used, 'accepted_at = now()');
		const { id } = await mailAbout(gone);
		await shelf.sql.query('delete from public.invitations where id = $1', [gone]);
		await node();
		await become(await invite('d@plenum.test'), 'sent');
		expect(await mailAbout(used)).toMatchObject({ state: 'cancelled' });
		expect(await shelf.sql.query('select state from public.outbox where id = $1', [id])).toEqual([{ state: 'cancelled' }]);
		await set(revoked, 'revoked_at = null');
		await become(revoked, 'sent');
		expect(received().map(({ to }) => to)).toEqual(['d@plenum.test', 'a@plenum.test']);
	});

	place('a mail about what is over by its time is not sent', async () => {
		const invitation = await invite();
		await shelf.sql.query(
			`update public.invitations set created_at = now() - interval '8 days', expires_at = now() - interval '1 second' where id = $1`,
			[invitation]
		);
		await node();
		await become(invitation, 'cancelled');
		expect(received()).toEqual([]);
	});

	place('an owner cancels a mail, and has it sent after all', async () => {
		const invitation = await invite();
		const { id } = await mailAbout(invitation);
		await asOwner((tx) => tx.query('select public.cancel_mail($1)', [id]));
		await node();
		await become(await invite('other@plenum.test'), 'sent');
		expect(await mailAbout(invitation)).toMatchObject({ state: 'cancelled', attempts: 0 });
		await asOwner((tx) => tx.query('select public.send_mail_again($1)', [id]));
		await become(invitation, 'sent');
		expect(received().map(({ to }) => to)).toEqual(['other@plenum.test', ADDRESS]);
	});

	place('mails of a workspace that was restored wait until an owner releases them', async () => {
		await shelf.sql.query('insert into public.work_holds (workspace_id) values ($1)', [shelf.workspaceId]);
		const invitation = await invite();
		await node();
		await until(
			'the job has looked',
			async () => (await shelf.sql.query(`select 1 from public.jobs where state = 'done'`)).length > 0
		);
		expect(await mailAbout(invitation)).toMatchObject({ state: 'queued', attempts: 0 });
		await asOwner((tx) => tx.query('delete from public.work_holds'));
		await become(invitation, 'sent');
	});

	place('a forgotten password is mailed to the account, is no request any more, and goes with the account', async () => {
		const ask = () => shelf.sql.query('select private.mail_password_reset($1)', [shelf.ownerId]);
		await ask();
		await ask();
		await node();
		const mail = await until('the mail comes', () => received()[0]);
		expect(mail).toMatchObject({ to: 'owner@plenum.test', subject: 'Đặt mật khẩu mới trên Plenum' });
		await until(
			'it is noted',
			async () => (await shelf.sql.query(`select 1 from public.outbox where state = 'sent'`)).length === 1
		);
		const rows = await shelf.sql.query<{ token_hash: string }>('select token_hash from public.password_resets');
		expect(rows).toEqual([{ token_hash: hashToken(/token=([\w-]+)/.exec(mail.text)![1]) }]);
		await stopNodes();
		await shelf.sql.transaction(async (tx) => {
			await tx.query(`insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'gone@plenum.test')`);
			await tx.query(
				`insert into public.people (id, email, full_name) values ('00000000-0000-4000-8000-000000000001', 'gone@plenum.test', 'Đi')`
			);
			await tx.query(`select private.mail_password_reset('00000000-0000-4000-8000-000000000001')`);
			await tx.query(`delete from auth.users where email = 'gone@plenum.test'`);
		});
		expect(await shelf.sql.query('select state from public.outbox order by state')).toEqual([
			{ state: 'cancelled' },
			{ state: 'sent' }
		]);
	});

	place('addresses are removed 90 days after', async () => {
		const [old, fresh] = [await invite('old@plenum.test'), await invite('fresh@plenum.test')];
		for (const [id, days] of [
			[old, 91],
			[fresh, 89]
		] as const)
			await shelf.sql.query(
				`update public.outbox set state = 'sent', ended_at = now() - $2 * interval '1 day' where invitation_id = $1`,
				[id, days]
			);
		await forgetMails(shelf.sql);
		expect([(await mailAbout(old)).address, (await mailAbout(fresh)).address]).toEqual([null, 'fresh@plenum.test']);
	});

	place('an address is one address', async () => {
		for (const address of ['a@b.test, c@d.test', 'a@b.test\r\nBcc: c@d.test', 'a@b.test>', 'A <a@b.test>'])
			await expect(invite(address), address).rejects.toMatchObject({ code: '23514' });
	});
});

test('the log has no word of whom a mail went to or what it said', () => {
	const text = JSON.stringify(lines);
	expect(text).toContain('job done');
	expect(text).not.toMatch(/@|Thành phố|invitation\/|token=|so-khcn/);
});

withPostgres('a mail whose process was killed in the middle is sent by another node, with the same Message-ID', async () => {
	const own = await postgresShelf((await freshDatabase())!);
	const [{ url }] = await own.sql.query<{ url: string }>('select current_database() as url');
	const databaseUrl = Object.assign(new URL(postgresFound!.url), { pathname: `/${url}` }).href;
	const child = fork(new URL('./support/mail-process.ts', import.meta.url), [databaseUrl, mailServer.url], { execArgv: [] });
	try {
		const { arrived, answer } = mailServer.holdNext();
		const invitation = await invite(ADDRESS, own);
		await arrived;
		child.kill('SIGKILL');
		answer();
		const sql = postgresSql(databaseUrl);
		await node('survivor', { sql });
		await until('the survivor has sent it', async () => (await mailAbout(invitation, own)).state === 'sent');
		const [first, second, ...others] = received();
		expect(others).toEqual([]);
		expect(second.messageId).toBe(first.messageId);
		await stopNodes();
		await sql.close();
	} finally {
		child.kill('SIGKILL');
		await own.close();
	}
});
