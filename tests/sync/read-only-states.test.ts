import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccessScope } from '../../src/lib/collab/engine.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { standingOf } from '../../src/lib/documents/access.server.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import { embeddedShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { RawClient } from './support/raw-client.ts';
import { serve, type Served } from './support/serve.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

let shelf: Shelf;
let served: Served;
let stopListening: () => Promise<void>;

beforeAll(async () => {
	shelf = await embeddedShelf();
	const access = Object.assign(new TestAccess(), {
		role: (documentId: string, personId: string) => standingOf(shelf.sql, documentId, personId)
	});
	served = await serve({ store: new SqlStore(shelf.sql) as never, access, limits: { recheckMs: 3_600_000 } });
	stopListening = await shelf.sql.listen('plenum_access', (payload) => served.engine.recheck(JSON.parse(payload) as AccessScope));
});
afterAll(async () => {
	await stopListening?.();
	await served?.stop();
	await shelf?.close();
});

const move = (id: string, state: string) =>
	shelf.sql.transaction((tx) =>
		tx.query('insert into public.document_transitions (document_id, state) values ($1, $2)', [id, state])
	);
const writesOf = async (id: string) =>
	(await shelf.sql.query('select 1 from public.document_updates where document_id = $1', [id])).length;

test('[RO3, RO9] a text that is submitted takes nothing more from its manager within 2 s, and everything once it is returned', async () => {
	const id = await putDocument(shelf, [], { version: SCHEMA_VERSION });
	const client = await new RawClient(served.url, id, shelf.ownerId, { query: `?schema=${SCHEMA_VERSION}&epoch=1` }).synced();
	expect(client.roles).toEqual(['manager']);

	await move(id, 'submitted');
	await until('told', () => client.roles.length === 2, 2_000);
	expect(client.roles[1]).toBe('commenter');
	const before = await writesOf(id);
	const told = client.rejections.length;
	client.type('too late');
	await until('refused', () => client.rejections.length > told);
	expect(client.rejections.at(-1)).toBe('role');
	expect(await writesOf(id)).toBe(before);

	await move(id, 'drafting');
	await until('a writer again', () => client.roles.at(-1) === 'manager', 2_000);
	client.close();
});
