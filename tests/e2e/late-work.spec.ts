import { type Browser, expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf } from '../../src/lib/collab/persistence/store.server.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { documentToUpdate, readDocument } from '../../src/lib/text/body.ts';
import { newDocument } from '../support/api.ts';
import { accessToken } from '../load/session.ts';
import { provision, savedState, typeAtEnd } from '../support/editor.ts';
import { emailOf, PASSWORD, signIn, WORKSPACE, type Person } from '../support/people.ts';
import { type Plenum, runCommand, startPlenum } from '../support/plenum.ts';
import { freshDatabase } from '../support/services.ts';

const database = await freshDatabase();
const FIRST = 'Nghị quyết này quy định';
const SECOND = 'Cơ quan chủ trì có trách nhiệm';

let plenum: Plenum;
let sql: Sql;

test.describe('work of an epoch that is over', () => {
	test.skip(!database, 'no Postgres answers: the text cannot be written anew beside the process');

	test.beforeAll(async () => {
		test.setTimeout(180_000);
		expect((await runCommand('src/sample.ts', [], { DATABASE_URL: database!.url, SAMPLE_PASSWORD: PASSWORD })).code).toBe(0);
		plenum = await startPlenum({ DATABASE_URL: database!.url });
		sql = postgresSql(database!.url);
	});
	test.afterAll(async () => {
		await plenum?.stop();
		await sql?.close();
		await database?.drop();
	});

	test('comes into the text by itself, and beside it where somebody else has changed the same words', async ({ browser }) => {
		test.setTimeout(150_000);
		const id = await newDocument(plenum.url, 'drafter', 'Máy xách tay trở lại');
		const laptop = await open(browser, 'drafter', id);
		const office = await open(browser, 'owner', id);
		await laptop.context().setOffline(true);
		await typeAtEnd(laptop, FIRST, ' Soạn trên xe.');
		await replaceWord(laptop, SECOND, 'trách nhiệm', 'bổn phận');
		await expect(savedState(laptop)).toHaveText(/Ngoại tuyến/, { timeout: 45_000 });

		// The page in the office is opened anew by itself, and goes on.
		const reopened = office.waitForEvent('websocket', (socket) => socket.url().includes(`/collab/${id}`));
		await writeAnew(id);
		await reopened;
		await expect(savedState(office)).toHaveText('Đã lưu');
		await replaceWord(office, SECOND, 'trách nhiệm', 'nghĩa vụ');
		await expect(provision(office, 'Cơ quan chủ trì có nghĩa vụ:')).toHaveCount(1);
		await expect(savedState(office)).toHaveText('Đã lưu');

		await laptop.context().setOffline(false);
		await expect(laptop.getByText(/Đã đưa phần bạn soạn khi ngoại tuyến vào văn bản/)).toBeVisible({ timeout: 60_000 });
		await expect(provision(office, 'Soạn trên xe.')).toHaveCount(1);
		await expect(provision(office, 'Cơ quan chủ trì có nghĩa vụ:')).toHaveCount(1);
		await expect(
			office.locator('.ProseMirror p').filter({ hasText: /Nội dung .+ soạn khi ngoại tuyến .+ chờ xử lý:/ })
		).toContainText('Cơ quan chủ trì có bổn phận:');
		await expect(provision(laptop, 'Soạn trên xe.')).toBeVisible();
		await typeAtEnd(laptop, FIRST, ' Và soạn tiếp.');
		await expect(provision(office, 'Soạn trên xe. Và soạn tiếp.')).toHaveCount(1);
		await expect(savedState(laptop)).toHaveText('Đã lưu');
	});

	test('is given back as text when that epoch is not kept any more, and goes when the person says so', async ({ browser }) => {
		test.setTimeout(150_000);
		const id = await newDocument(plenum.url, 'drafter', 'Trở lại quá muộn');
		const laptop = await open(browser, 'drafter', id);
		await laptop.context().setOffline(true);
		await typeAtEnd(laptop, FIRST, ' Soạn năm ngoái.');
		await expect(savedState(laptop)).toHaveText(/Ngoại tuyến/, { timeout: 45_000 });
		await writeAnew(id);
		await sql.query('delete from public.document_past_bodies where document_id = $1', [id]);
		await laptop.context().setOffline(false);
		const notice = laptop.getByText('đã quá cũ, không đưa vào văn bản được nữa');
		await expect(notice).toBeVisible({ timeout: 60_000 });
		const [file] = await Promise.all([
			laptop.waitForEvent('download'),
			laptop.getByRole('button', { name: 'Tải về tệp .txt' }).click()
		]);
		const chunks: Buffer[] = [];
		for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
		expect(Buffer.concat(chunks).toString()).toContain('Soạn năm ngoái.');
		await laptop.getByRole('button', { name: 'Xóa khỏi máy này' }).click();
		await laptop.getByRole('dialog').getByRole('button', { name: 'Xóa khỏi máy này' }).click();
		await expect(notice).toBeHidden();
		await laptop.reload();
		await expect(savedState(laptop)).toHaveText('Đã lưu');
		await expect(notice).toBeHidden();
	});

	test('is taken of those alone who may edit', async () => {
		const id = await newDocument(plenum.url, 'drafter', 'Ai được gửi');
		const send = async (person: Person, query = '?epoch=1', body: Uint8Array<ArrayBuffer> = new Uint8Array([0, 0])) =>
			fetch(`${plenum.url}/api/documents/${id}/late-work${query}`, {
				method: 'POST',
				body,
				headers: { authorization: `Bearer ${await accessToken(plenum.url, person)}`, 'content-type': 'application/octet-stream' }
			});
		expect((await send('outsider')).status).toBe(404);
		const notKept = await send('drafter');
		expect([notKept.status, await notKept.json()]).toEqual([
			410,
			{ message: expect.stringContaining('quá cũ'), field: null, kept: false }
		]);
		expect((await send('drafter', '')).status).toBe(422);
		expect((await send('drafter', '?epoch=1', new Uint8Array(21 * 1024 * 1024))).status).toBe(413);
		const [{ id: viewer }] = await sql.query<{ id: string }>('select id from public.people where email = $1', [
			emailOf('viewer')
		]);
		await sql.query(
			`insert into public.document_access (workspace_id, document_id, person_id, role) select workspace_id, id, $2, 'viewer' from public.documents where id = $1`,
			[id, viewer]
		);
		expect((await send('viewer')).status).toBe(403);
	});
});

async function open(browser: Browser, person: Person, id: string): Promise<Page> {
	const context = await browser.newContext({ baseURL: plenum.url, locale: 'vi-VN' });
	const page = await context.newPage();
	await signIn(page, person);
	await page.goto(`/${WORKSPACE}/documents/${id}`);
	await expect(savedState(page)).toHaveText('Đã lưu');
	return page;
}

/** Writes the text anew in the next epoch, as the server does with texts of an earlier version and with old ones. */
async function writeAnew(id: string): Promise<void> {
	await sql.transaction(async (tx) => {
		const { epoch, ...stored } = (await new SqlStore(tx).load(id))!;
		const body = Y.mergeUpdates(partsOf(stored));
		const ydoc = new Y.Doc();
		Y.applyUpdate(ydoc, body);
		await tx.query('insert into public.document_past_bodies (document_id, epoch, schema_version, bytes) values ($1, $2, 2, $3)', [
			id,
			epoch,
			body
		]);
		await tx.query('update public.documents set epoch = $2 where id = $1', [id, epoch + 1]);
		await tx.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, $2, $3)', [
			id,
			epoch + 1,
			documentToUpdate(readDocument(ydoc, documentSchema))
		]);
	});
}

async function replaceWord(page: Page, line: string, word: string, by: string): Promise<void> {
	const target = provision(page, line);
	await target.click();
	await target.evaluate((element, sought) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const at = node.textContent!.indexOf(sought);
			if (at >= 0) getSelection()!.setBaseAndExtent(node, at, node, at + sought.length);
		}
	}, word);
	await page.keyboard.type(by);
}
