import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListedDocument } from '../../src/lib/documents/library/documents.ts';
import { onlyOne } from '../../src/lib/documents/library/files.server.ts';
import { jsonToUpdate } from '../../src/lib/documents/schema/body.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import type { App } from '../../src/lib/server/app.ts';
import { Files } from '../../src/lib/server/files/files.ts';
import { RowsHome } from '../../src/lib/server/files/rows-home.ts';
import { compareSides, printSides, type FoundSide } from '../../src/lib/versions/compare/comparing.server.ts';
import { freezeUpdates } from '../../src/lib/versions/freezing.server.ts';
import { embeddedShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { block, doc } from '../support/sample-documents.ts';
import { storedUpdates } from './support/stored-updates.ts';

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
const { signal } = new AbortController();

let shelf: Shelf;
let door: Pick<App, 'sql' | 'files' | 'sync'>;

beforeAll(async () => {
	shelf = await embeddedShelf();
	door = { sql: shelf.sql, files: new Files(shelf.sql, new RowsHome(shelf.sql)), sync: storedUpdates(shelf.sql) as App['sync'] };
});
afterAll(() => shelf?.close());

const textOf = (words: string, image: string) =>
	jsonToUpdate(
		doc(
			block('provision', { uid: 'a1', level: 'article' }, 'Thời hạn thực hiện'),
			block('provision', { uid: 'c1', level: 'clause' }, words),
			block('image', { uid: 'i1', src: image, alt: 'Sơ đồ' })
		)
	);

async function write(id: string, update: Uint8Array): Promise<void> {
	await shelf.sql.query('delete from public.document_updates where document_id = $1', [id]);
	await shelf.sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, 1, $2)', [id, update]);
}

async function putImage(documentId: string): Promise<string> {
	const { workspaceId, ownerId: personId } = shelf;
	const file = await door.files.put(onlyOne(PIXEL), { workspaceId, name: '', personId });
	const image = crypto.randomUUID();
	await shelf.sql.query(
		`insert into public.document_files (id, document_id, content_type, file_id) values ($1, $2, 'image/png', $3)`,
		[image, documentId, file.id]
	);
	return `/api/files/${image}`;
}

function sideOf(document: ListedDocument, kind: 'version' | 'live', id: string): FoundSide {
	const { id: documentId, title } = document;
	return { document, side: { kind, id, documentId, title, label: kind === 'live' ? '' : 'Dự thảo lần 1', createdAt: null } };
}

test('a version is compared with the text as it is stored, whose pictures are those that they show', async () => {
	const id = await putDocument(shelf, [textOf('Không quá 36 tháng', '')], { version: SCHEMA_VERSION });
	const document = { id, workspaceId: shelf.workspaceId, title: 'Kế hoạch', kind: 'plan', profile: 'nd30' } as ListedDocument;
	await write(id, textOf('Không quá 36 tháng', await putImage(id)));
	const frozen = await freezeUpdates(door, document, await door.sync.readStored(id), {
		label: 'Dự thảo lần 1',
		note: '',
		personId: shelf.ownerId
	});
	// The same picture, uploaded once more.
	await write(id, textOf('Không quá 24 tháng', await putImage(id)));

	const found = { before: sideOf(document, 'version', frozen.id), after: sideOf(document, 'live', id) };
	const { rows, counts, before, after } = await compareSides(door, found, signal);
	expect(rows.map(({ kind, uid }) => `${kind} ${uid}`)).toEqual(['same a1', 'changed c1', 'same i1']);
	expect(rows[1].words).toEqual([
		['same', 'Không quá '],
		['removed', '36 tháng'],
		['added', '24 tháng']
	]);
	expect(counts).toMatchObject({ changed: 1, same: 2 });
	expect(before).toMatchObject({ kind: 'version', label: 'Dự thảo lần 1', articles: 1, provisions: 2 });
	expect(after).toMatchObject({ kind: 'live', documentId: id, articles: 1 });

	const { bytes, disposition } = await printSides(door, found, { format: 'html', rows: 'changes', as: 'table' }, [], signal);
	expect(new TextDecoder().decode(bytes)).toContain('<ins>24 tháng</ins>');
	expect(decodeURIComponent(disposition)).toContain('So sánh Kế hoạch - Bản đang soạn thảo với Dự thảo lần 1.html');
});
