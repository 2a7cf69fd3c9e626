import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetNotices } from '../../src/lib/notices/notices.server.ts';
import { embeddedShelf, putDocument, type Shelf } from '../support/shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
	shelf = await embeddedShelf();
});
afterAll(() => shelf.close());

async function putNotice(documentId: string, age: string): Promise<void> {
	await shelf.sql.query(
		`insert into public.notices (workspace_id, person_id, kind, document_id, role, channel, made_at) values ($1, $2, 'document-shared', $3, 'editor', 'application', now() - $4::interval)`,
		[shelf.workspaceId, shelf.ownerId, documentId, age]
	);
}

test('notices of half a year ago are forgotten, later ones are kept', async () => {
	const documentId = await putDocument(shelf, []);
	await putNotice(documentId, '181 days');
	await putNotice(documentId, '179 days');
	await forgetNotices(shelf.sql);
	expect(await shelf.sql.query('select id from public.notices')).toHaveLength(1);
});
