import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { mergeVerified } from '../../src/lib/collab/persistence/merge.server.ts';
import { pack } from '../../src/lib/collab/persistence/packed.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf } from '../../src/lib/collab/persistence/store.server.ts';
import { writeLogAnew } from '../../src/lib/collab/persistence/write-log-anew.server.ts';
import { createTextIndex, refreshText, type TextIndex } from '../../src/lib/documents/library/text-index.server.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import { createLog } from '../../src/lib/server/log.ts';
import { setTag } from '../../src/lib/text/edits.ts';
import { noteEdits } from '../../src/lib/versions/history/note-edits.server.ts';
import { Typist } from '../support/headless-typist.ts';
import { block, doc } from '../support/sample-documents.ts';
import { freshDatabase } from '../support/services.ts';
import { embeddedShelf, postgresShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';

const postgresFound = await freshDatabase();
const TEXT = jsonToUpdate(
	doc(
		block('provision', { uid: 'a1', level: 'article' }, 'Phạm vi'),
		block('provision', { uid: 'c1', level: 'clause' }, 'Nghị quyết này quy định mức hỗ trợ'),
		block('provision', { uid: 'c2', level: 'clause' }, 'Mức hỗ trợ là 50%'),
		block('provision', { uid: 'a2', level: 'article' }, 'Hiệu lực')
	)
);

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', testWith('Postgres', postgresFound), () => postgresShelf(postgresFound!)]
] as const)('the history of a text %s', (name, place, open) => {
	let shelf: Shelf;
	let binhId: string;
	let access: TestAccess;
	let served: Served;
	let index: TextIndex;
	let id: string;
	const typists: Typist[] = [];

	beforeAll(async () => {
		if (name !== 'on PGlite' && !postgresFound) return;
		shelf = await open();
		binhId = randomUUID();
		await shelf.sql.query(`insert into auth.users (id, email) values ($1, 'binh@plenum.test')`, [binhId]);
		await shelf.sql.query(`insert into public.people (id, email, full_name) values ($1, 'binh@plenum.test', 'Bình')`, [binhId]);
	});
	beforeEach(async () => {
		if (!shelf) return;
		access = new TestAccess();
		await begin();
		id = await putDocument(shelf, [TEXT], { version: SCHEMA_VERSION });
		access.share(id, { [shelf.ownerId]: 'editor', [binhId]: 'editor' });
		await refreshText(shelf.sql, id, served.engine.readUpdates.bind(served.engine));
	});
	afterEach(async () => {
		await end();
	});
	afterAll(() => shelf?.close());

	async function begin(): Promise<void> {
		const onCommitted = (documentId: string) => index.edited(documentId);
		served = await serve({ store: new SqlStore(shelf.sql) as never, access, onCommitted });
		const { engine } = served;
		index = createTextIndex(
			shelf.sql,
			createLog('silent'),
			(documentId) => engine.readUpdates(documentId),
			(documentId) => noteEdits(shelf.sql, documentId)
		);
	}

	async function end(): Promise<void> {
		await Promise.all(typists.splice(0).map((typist) => typist.close()));
		await served?.stop();
		await index?.flush();
	}

	async function sitDown(token: string): Promise<Typist> {
		const typist = new Typist({ url: `http://127.0.0.1:${served.port}`, token, documentId: id });
		typists.push(typist);
		await typist.ready;
		return typist;
	}

	/** What everybody did is stored and indexed. */
	async function indexed(): Promise<void> {
		for (const typist of typists) await typist.saved();
		await index.flush();
	}

	const rows = async () =>
		(
			await shelf.sql.query<Record<'who' | 'kind' | 'number' | 'from' | 'before' | 'after', string>>(
				`select person_name as who, kind, number, from_number as "from", before, after from public.provision_history where document_id = $1 order by id`,
				[id]
			)
		).map(({ who, kind, number, from, before, after }) => [who, kind, from ? `${from} → ${number}` : number, before, after]);

	place('tells who changed which provision from what to what, also of two who write at the same time', async () => {
		const [hoa, binh] = [await sitDown(shelf.ownerId), await sitDown(binhId)];
		hoa.type({ block: 'c1', text: ' và điều kiện' });
		binh.type({ block: 'a2', text: ' thi hành' });
		await indexed();
		hoa.type({ block: 'c1', text: ' hưởng' });
		await indexed();
		const [before, now] = ['Nghị quyết này quy định mức hỗ trợ', 'Nghị quyết này quy định mức hỗ trợ và điều kiện hưởng'];
		expect(await rows()).toEqual([
			['Hoa', 'changed', 'khoản 1 Điều 1', before, now],
			['Bình', 'changed', 'Điều 2', 'Hiệu lực', 'Hiệu lực thi hành']
		]);
		const [{ agency, provisions }] = await shelf.sql.query(
			`select person_agency as agency, provisions from public.provision_history where document_id = $1 and uid = 'c1'`,
			[id]
		);
		expect([agency, provisions]).toEqual(['Văn phòng', ['a1', 'c1']]);
	});

	place('has one row of each in turn, and none of what was undone', async () => {
		const [hoa, binh] = [await sitDown(shelf.ownerId), await sitDown(binhId)];
		hoa.type({ block: 'c2', text: ' giá' });
		await indexed();
		binh.delete({ block: 'c2', from: 'Mức hỗ trợ là 50%'.length });
		await indexed();
		expect(await rows()).toEqual([
			['Hoa', 'changed', 'khoản 2 Điều 1', 'Mức hỗ trợ là 50%', 'Mức hỗ trợ là 50% giá'],
			['Bình', 'changed', 'khoản 2 Điều 1', 'Mức hỗ trợ là 50% giá', 'Mức hỗ trợ là 50%']
		]);
		hoa.type({ block: 'a2', text: ' ngay' });
		await indexed();
		hoa.delete({ block: 'a2', from: 'Hiệu lực'.length });
		await indexed();
		expect(await rows()).toHaveLength(2);
	});

	place('tells what was added, taken out and moved, under the numbers of that moment', async () => {
		const hoa = await sitDown(shelf.ownerId);
		hoa.deleteBlock({ block: 'c2' });
		await indexed();
		const added = hoa.split({ block: 'c1' })!;
		await indexed();
		hoa.type({ block: added, text: 'Khoản mới' });
		await indexed();
		hoa.move({ block: 'a2', before: 'a1' });
		await indexed();
		expect(await rows()).toEqual([
			['Hoa', 'removed', 'khoản 2 Điều 1', 'Mức hỗ trợ là 50%', ''],
			['Hoa', 'added', 'khoản 2 Điều 1', '', 'Khoản mới'],
			['Hoa', 'moved', 'Điều 2 → Điều 1', 'Hiệu lực', 'Hiệu lực']
		]);
	});

	place('takes neither the anchor of a comment nor bold letters for an edit', async () => {
		const binh = await sitDown(binhId);
		await served.engine.applyServerEdit(
			id,
			(edit) => setTag(edit, { uid: 'c1', quote: 'Nghị quyết', prefix: '', suffix: '', offset: 0 }, `comment:${randomUUID()}`),
			{ personId: shelf.ownerId }
		);
		binh.mark({ block: 'c2', mark: 'bold' });
		await indexed();
		expect(await rows()).toEqual([]);
	});

	place('goes on after a compaction, a restart, and in a new epoch', async () => {
		const hoa = await sitDown(shelf.ownerId);
		hoa.type({ block: 'c1', text: ' một' });
		await indexed();
		hoa.type({ block: 'a2', text: ' hai' });
		await hoa.saved();
		// The process ends before it has indexed that, and the log is compacted.
		await Promise.all(typists.splice(0).map((typist) => typist.close()));
		await served.stop();
		await shelf.sql.query('select private.note_edit($1)', [id]);
		await compact();
		await noteEdits(shelf.sql, id);
		const told = [
			['Hoa', 'changed', 'khoản 1 Điều 1', 'Nghị quyết này quy định mức hỗ trợ', 'Nghị quyết này quy định mức hỗ trợ một'],
			['Hoa', 'changed', 'Điều 2', 'Hiệu lực', 'Hiệu lực hai']
		];
		expect(await rows()).toEqual(told);

		await renew();
		await noteEdits(shelf.sql, id);
		expect(await rows()).toEqual(told);
		access.documents.get(id)!.epoch = 2;
		await begin();
		const binh = await sitDown(binhId);
		binh.type({ block: 'c2', text: ' ba' });
		await indexed();
		expect(await rows()).toEqual([...told, ['Bình', 'changed', 'khoản 2 Điều 1', 'Mức hỗ trợ là 50%', 'Mức hỗ trợ là 50% ba']]);
	});

	place('is written once by several nodes that look at the same time', async () => {
		const hoa = await sitDown(shelf.ownerId);
		hoa.type({ block: 'c1', text: ' một' });
		await hoa.saved();
		await Promise.all(Array.from({ length: 3 }, () => noteEdits(shelf.sql, id)));
		expect(await rows()).toHaveLength(1);
	});

	async function compact(): Promise<void> {
		const store = new SqlStore(shelf.sql);
		const part = (await store.loadForCompaction(id, { rows: 1000, bytes: 1e9 }))!;
		const bytes = mergeVerified(partsOf({ snapshot: part.snapshot, updates: part.rows.map((row) => row.bytes) }));
		const stateVector = Y.encodeStateVectorFromUpdate(bytes);
		const ids = part.rows.map((row) => row.id);
		expect(await store.compact({ documentId: id, epoch: part.epoch, version: part.version, bytes, stateVector, ids })).toBe(true);
	}

	async function renew(): Promise<void> {
		const store = new SqlStore(shelf.sql);
		const part = (await store.loadForCompaction(id, { rows: 1000, bytes: 1e9 }))!;
		const written = writeLogAnew(pack(partsOf({ snapshot: part.snapshot, updates: part.rows.map((row) => row.bytes) })))!;
		const ids = part.rows.map((row) => row.id);
		const replacement = { documentId: id, epoch: part.epoch, version: part.version, ids, ...written, restMs: 0 };
		expect(await store.replace(replacement)).toBe(true);
	}
});
