import { Fragment } from '@tiptap/pm/model';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bringUp } from '../../src/lib/collab/persistence/bring-up.server.ts';
import { createHandOver, type HandOver } from '../../src/lib/collab/late-work/hand-over.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf } from '../../src/lib/collab/persistence/store.server.ts';
import { standingOf } from '../../src/lib/documents/access.server.ts';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { documentToUpdate, readDocument } from '../../src/lib/text/body.ts';
import { replaceContent } from '../../src/lib/text/edits.ts';
import { allLeaves } from '../../src/lib/text/leaves.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import { embeddedShelf, heardLog, putDocument, type Shelf } from '../support/shelf.ts';
import { EARLIER } from './support/earlier-texts.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';
import { Person, provisions } from '../text/support/person.ts';

const SAID = 'Hoa:';
const START = provisions(['article', 'clause', 'clause'], (nth) => ['Phạm vi', 'một hai ba', 'bốn năm sáu'][nth]);

let shelf: Shelf;
let served: Served;
let handOver: HandOver;
beforeAll(async () => void (shelf = await embeddedShelf()));
afterAll(() => shelf.close());
beforeEach(async () => {
	served = await serveShelf();
	handOver = door(shelf.sql);
});
afterEach(async () => {
	await served.stop();
	await shelf.sql.query('delete from public.documents');
});

function serveShelf(limits = {}): Promise<Served> {
	const { sql } = shelf;
	const access = Object.assign(new TestAccess(), {
		role: (documentId: string, personId: string) => standingOf(sql, documentId, personId)
	});
	return serve({ store: new SqlStore(sql) as never, access, limits });
}

const door = (sql: Sql) => createHandOver({ sql, log: heardLog().log, sync: served.engine });
const handed = (documentId: string, update: Uint8Array, epoch = 1) => ({
	documentId,
	epoch,
	personId: shelf.ownerId,
	update,
	said: () => SAID
});
const whole = ({ ydoc }: Person) => Y.encodeStateAsUpdate(ydoc);

/** A document whose text was written anew in the next epoch; answers its id and somebody who has the text of the first. */
async function renewed(start = START): Promise<{ id: string; offline: Person }> {
	const id = await putDocument(shelf, [start], { version: 2 });
	const offline = new Person(start, { clientId: 11 });
	await renew(id);
	return { id, offline };
}

async function renew(id: string): Promise<void> {
	const { epoch, ...stored } = (await new SqlStore(shelf.sql).load(id))!;
	const body = Y.mergeUpdates(partsOf(stored));
	await shelf.sql.query(
		'insert into public.document_past_bodies (document_id, epoch, schema_version, bytes) values ($1, $2, 2, $3)',
		[id, epoch, body]
	);
	await shelf.sql.query('update public.documents set epoch = $2 where id = $1', [id, epoch + 1]);
	await shelf.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, $2, $3)', [
		id,
		epoch + 1,
		documentToUpdate(reading([body]))
	]);
	served.engine.recheck({ documentId: id });
}

function reading(updates: readonly Uint8Array[]) {
	const ydoc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(ydoc, update);
	return readDocument(ydoc, documentSchema);
}

/** The blocks that are stored of a document. */
async function stored(id: string): Promise<string[]> {
	return reading(partsOf((await new SqlStore(shelf.sql).load(id))!)).children.map(({ textContent }) => textContent);
}

const openRows = () => shelf.sql.query('select 1 from public.document_late_work where done_at is null');

test('[EP6] what was written to an earlier epoch is in the text, as an edit of the person, for those who have it open, when it is answered', async () => {
	const { id, offline } = await renewed();
	const here = await new RawClient(served.url, id, shelf.ownerId, { query: '?schema=2&epoch=2' }).synced();
	offline.cursorIn(1, 0, 3);
	offline.type('MỘT');
	expect(await handOver(handed(id, whole(offline)))).toEqual({ kind: 'done', applied: 1, beside: 0 });
	expect(await stored(id)).toEqual(['Phạm vi', 'MỘT hai ba', 'bốn năm sáu']);
	const rows = await shelf.sql.query<{ person_id: string | null }>(
		'select person_id from public.document_updates where document_id = $1 and epoch = 2 order by id',
		[id]
	);
	expect(rows.map((row) => row.person_id)).toEqual([null, shelf.ownerId]);
	await until('it is shown', () => readDocument(here.doc, documentSchema).textContent.includes('MỘT'));
	here.close();
});

test('[EP6] what met an edit of somebody else stands beside it', async () => {
	const { id, offline } = await renewed();
	offline.cursorIn(1, 0, 3);
	offline.type('MỘT');
	const live = new Person(documentToUpdate(reading([START])));
	live.cursorIn(1, 0, 3);
	live.type('Một');
	await served.engine.applyServerEdit(id, (edit) => edit.become(live.doc), { personId: null });
	expect(await handOver(handed(id, whole(offline)))).toEqual({ kind: 'done', applied: 0, beside: 1 });
	expect(await stored(id)).toEqual(['Phạm vi', 'Một hai ba', `${SAID}MỘT hai ba`, 'bốn năm sáu']);
});

test('[EP6] what is brought again is done once, with what came to it since', async () => {
	const { id, offline } = await renewed();
	offline.cursorIn(1, 10);
	offline.type(' X');
	expect(await handOver(handed(id, whole(offline)))).toMatchObject({ applied: 1 });
	expect(await handOver(handed(id, whole(offline)))).toEqual({ kind: 'done', applied: 0, beside: 0 });
	offline.cursorIn(2, 11);
	offline.type(' Y');
	expect(await handOver(handed(id, whole(offline)))).toMatchObject({ applied: 1 });
	expect(await stored(id)).toEqual(['Phạm vi', 'một hai ba X', 'bốn năm sáu Y']);
});

/** The database, for a process that ends at the first statement which begins like this. */
function gone(statement: string): Sql {
	let isGone = false;
	return {
		...shelf.sql,
		query(text, params) {
			isGone ||= text.startsWith(statement);
			return isGone ? Promise.reject(new Error('the process is gone')) : shelf.sql.query(text, params);
		}
	};
}

const passTime = () =>
	shelf.sql.query(`update public.document_late_work set begun_at = now() - interval '3 minutes' where done_at is null`);

test.each([
	['after the edit was stored, and the text was written anew since', 'update public.document_late_work set done_at', true],
	['after the edit was stored', 'update public.document_late_work set done_at', false],
	['before the edit was made', 'update public.document_late_work set bytes', false]
])('[EP6] a process that ended %s leaves nothing undone and nothing twice', async (_when, statement, isRenewed) => {
	const { id, offline } = await renewed();
	offline.cursorIn(1, 10);
	offline.type(' X');
	await expect(door(gone(statement))(handed(id, whole(offline)))).rejects.toThrow('the process is gone');
	if (isRenewed) await renew(id);
	await served.engine.applyServerEdit(
		id,
		(edit) => {
			const { content } = allLeaves(edit.doc)[1].node;
			replaceContent(edit, '#1', content.append(Fragment.from(documentSchema.text(' Z'))));
		},
		{ personId: null }
	);
	expect(await handOver(handed(id, whole(offline)))).toEqual({ kind: 'busy' });
	await passTime();
	expect(await handOver(handed(id, whole(offline)))).toMatchObject({ kind: 'done' });
	expect(await stored(id)).toEqual(['Phạm vi', 'một hai ba X Z', 'bốn năm sáu']);
	expect(await openRows()).toEqual([]);
});

test('[EP6] two devices at once are brought in one after the other', async () => {
	const { id, offline } = await renewed();
	const other = new Person(START, { clientId: 12 });
	offline.cursorIn(1, 10);
	offline.type(' X');
	other.cursorIn(1, 10);
	other.type(' Y');
	const outcomes = await Promise.all([handOver(handed(id, whole(offline))), handOver(handed(id, whole(other)))]);
	expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['busy', 'done']);
	for (const person of [offline, other])
		expect(await handOver(handed(id, whole(person)))).toMatchObject({ kind: 'done', beside: 0 });
	expect((await stored(id))[1]).toMatch(/^một hai ba( X Y| Y X)$/);
});

test('[EP6] an epoch that is not kept is said to be so', async () => {
	const { id, offline } = await renewed();
	expect(await handOver(handed(id, whole(offline), 7))).toEqual({ kind: 'not-kept' });
	await shelf.sql.query('delete from public.document_past_bodies');
	expect(await handOver(handed(id, whole(offline)))).toEqual({ kind: 'not-kept' });
});

test('[EP6, HI1, DO1] what is no update, waits for what is not there, or no page can have written changes nothing', async () => {
	const { id, offline } = await renewed();
	offline.cursorIn(1, 10);
	offline.type(' X');
	const ahead = Y.encodeStateVector(offline.ydoc);
	offline.type('Y');
	const hostile = new Y.Doc();
	hostile.getMap('blocks').set('#1', new Y.Map());
	for (const update of [
		new Uint8Array([255, 255, 3]),
		Y.encodeStateAsUpdate(offline.ydoc, ahead),
		Y.encodeStateAsUpdate(hostile)
	]) {
		expect(await handOver(handed(id, update))).toMatchObject({ kind: 'unreadable' });
	}
	expect(await stored(id)).toEqual(['Phạm vi', 'một hai ba', 'bốn năm sáu']);
	expect(await openRows()).toEqual([]);
});

test('[EP6, DS1] what the text has no room for is refused, and can be brought again', async () => {
	const { id, offline } = await renewed();
	offline.cursorIn(1, 10);
	offline.type(' dài'.repeat(500));
	await served.stop();
	served = await serveShelf({ documentBytes: 1_000 });
	expect(await door(shelf.sql)(handed(id, whole(offline)))).toEqual({ kind: 'full' });
	await served.stop();
	served = await serveShelf();
	expect(await door(shelf.sql)(handed(id, whole(offline)))).toMatchObject({ kind: 'done', applied: 1 });
});

test('[EP4, EP6] what was written to a text of version 1 before it was brought up is in the text of today', async () => {
	const { updates } = EARLIER[0];
	const id = await putDocument(shelf, updates);
	const device = new Y.Doc();
	for (const update of updates) Y.applyUpdate(device, update);
	const body = device.getXmlFragment('body');
	const last = (body.toArray() as Y.XmlElement[]).findLast(({ nodeName }) => nodeName === 'paragraph')!;
	const clause = (body.toArray() as Y.XmlElement[]).find((element) => element.getAttribute('uid') === 'clause000001')!;
	for (const element of [last, clause]) {
		if (element.length === 0) element.insert(0, [new Y.XmlText()]);
		(element.get(0) as Y.XmlText).insert(0, 'Ngoại tuyến. ');
	}
	await bringUp(shelf.sql, heardLog().log);
	const before = await stored(id);
	expect(await handOver(handed(id, Y.encodeStateAsUpdate(device)))).toEqual({ kind: 'done', applied: 2, beside: 0 });
	const after = await stored(id);
	expect(after.filter((text) => text.startsWith('Ngoại tuyến. '))).toHaveLength(2);
	expect(after.map((text) => text.replace('Ngoại tuyến. ', ''))).toEqual(before);
});
