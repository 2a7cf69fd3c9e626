import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noticeTemplates } from '../../src/lib/notices/mail-templates.server.ts';
import { forgetNotices, queueDigests } from '../../src/lib/notices/notices.server.ts';
import type { QueuedMail } from '../../src/lib/server/outbox/send-mail.ts';
import { embeddedShelf, putDocument, type Shelf } from '../support/shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
	shelf = await embeddedShelf();
});
afterAll(() => shelf.close());

async function putNotice(documentId: string, age: string, channel = 'application'): Promise<void> {
	await shelf.sql.query(
		`insert into public.notices (workspace_id, person_id, kind, document_id, role, channel, made_at) values ($1, $2, 'document-shared', $3, 'editor', $5, now() - $4::interval)`,
		[shelf.workspaceId, shelf.ownerId, documentId, age, channel]
	);
}

test('notices of half a year ago are forgotten, later ones are kept', async () => {
	const documentId = await putDocument(shelf, []);
	await putNotice(documentId, '181 days');
	await putNotice(documentId, '179 days');
	await forgetNotices(shelf.sql);
	expect(await shelf.sql.query('select id from public.notices')).toHaveLength(1);
});

async function mails(): Promise<(QueuedMail & { state: string })[]> {
	return shelf.sql.query(
		`select id, template, person_id as "personId", locale, state from public.outbox order by created_at, id`
	);
}

const write = (mail: QueuedMail) =>
	shelf.sql.transaction((tx) => noticeTemplates('https://plenum.test')[mail.template](tx, mail));

describe('mails', () => {
	beforeEach(() => shelf.sql.script('delete from public.notices; delete from public.outbox'));

	test('go out at once for who chose that, and say what happened', async () => {
		await putNotice(await putDocument(shelf, []), '0 days', 'mail');
		const [mail, ...others] = await mails();
		expect([mail.template, mail.personId, mail.state, others.length]).toEqual(['notices', shelf.ownerId, 'queued', 0]);
		expect((await write(mail))?.text).toContain('đã chia sẻ với bạn văn bản “Kế hoạch”');
	});

	test('are dropped when what they tell of was read before they went out', async () => {
		await putNotice(await putDocument(shelf, []), '0 days', 'mail');
		await shelf.sql.query('update public.notices set read_at = now()');
		const [mail] = await mails();
		expect([mail.state, await write(mail)]).toEqual(['cancelled', null]);
	});

	test('of a day are one, once, and say only what is unread', async () => {
		for (const nth of [1, 2, 3]) await putNotice(await putDocument(shelf, []), `${nth} hours`, 'digest');
		await putNotice(await putDocument(shelf, []), '1 hour');
		expect(await mails(), 'nothing before its time').toEqual([]);
		await queueDigests(shelf.sql);
		await queueDigests(shelf.sql);
		const [mail, ...others] = await mails();
		expect(others).toEqual([]);
		expect((await write(mail))?.subject).toContain('3 thông báo mới');
		await shelf.sql.query(`update public.notices set read_at = now() where made_at < now() - interval '150 minutes'`);
		expect((await write(mail))?.subject).toContain('2 thông báo mới');
	});
});
