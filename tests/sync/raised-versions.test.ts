import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AccessScope } from '../../src/lib/collab/engine.server.ts';
import { SqlStore } from '../../src/lib/collab/persistence/sql-store.server.ts';
import { standingOf } from '../../src/lib/documents/access.server.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import { freshDatabase } from '../support/services.ts';
import { everybodyLeaves, sitDown } from './support/desk.ts';
import { embeddedShelf, postgresShelf, putDocument, type Shelf } from '../support/shelf.ts';
import { serve, type Served } from './support/serve.ts';
import { testWith } from './support/services.ts';
import { TestAccess } from './support/test-access.ts';
import { until } from './support/wait.ts';

const postgresFound = await freshDatabase();

describe.each([
	['on PGlite', test, embeddedShelf],
	['on Postgres', testWith('Postgres', postgresFound), () => postgresShelf(postgresFound!)]
] as const)('a transaction that raises a version %s', (name, place, open) => {
	let shelf: Shelf;
	let served: Served;
	let stopListening: () => Promise<void>;

	beforeAll(async () => {
		if (name === 'on Postgres' && !postgresFound) return;
		shelf = await open();
		const access = Object.assign(new TestAccess(), {
			role: (documentId: string, personId: string) => standingOf(shelf.sql, documentId, personId)
		});
		served = await serve({ store: new SqlStore(shelf.sql) as never, access, limits: { recheckMs: 3_600_000 } });
		stopListening = await shelf.sql.listen('plenum_access', (payload) =>
			served.engine.recheck(JSON.parse(payload) as AccessScope)
		);
	});
	afterEach(everybodyLeaves);
	afterAll(async () => {
		await stopListening?.();
		await served?.stop();
		await shelf?.close();
	});

	/** Somebody at a new document. */
	async function atNewDocument() {
		const documentId = await putDocument(shelf, [], { version: SCHEMA_VERSION });
		const page = { documentId, epoch: 1, schemaVersion: SCHEMA_VERSION, indexedDb: true };
		const desk = sitDown(served, shelf.ownerId, page);
		await until('saved', () => desk.open.state.kind === 'saved');
		return { documentId, desk, page };
	}

	const raise = (documentId: string, column: 'schema_version' | 'epoch') =>
		shelf.sql.transaction((tx) => tx.query(`update public.documents set ${column} = ${column} + 1 where id = $1`, [documentId]));

	place('[EP3, RO5] of the schema turns open pages away with 4409 at once, and they keep what was not saved', async () => {
		const { documentId, desk, page } = await atNewDocument();
		desk.network.clog();
		desk.type('not sent yet');
		await raise(documentId, 'schema_version');
		await until('closed', () => desk.open.state.kind === 'closed', 2_000);
		expect(desk.open.state).toMatchObject({ reason: 'old-schema', pending: 1 });
		await desk.open.close();

		// The page of the new version hands it over.
		const reloaded = sitDown(served, shelf.ownerId, { ...page, schemaVersion: SCHEMA_VERSION + 1 });
		await until('saved', () => reloaded.open.state.kind === 'saved' && reloaded.open.state.pending === 0);
		expect(reloaded.text()).toBe('not sent yet');
	});

	place('[EP2, RO5] of the history turns open pages away with 4410 at once', async () => {
		const { documentId, desk } = await atNewDocument();
		await raise(documentId, 'epoch');
		await until('closed', () => desk.open.state.kind === 'closed', 2_000);
		expect(desk.open.state).toMatchObject({ reason: 'replaced' });
	});
});
