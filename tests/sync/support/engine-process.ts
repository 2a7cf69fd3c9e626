/**
 * A whole engine in a process of its own, over a real database, to be killed.
 * Usage: node engine-process.ts pglite|postgres <folder or address> <document id> [lying]
 * Prints the port once it serves. With `lying` it says "committed" before it is, which the checker must notice.
 */
import { PGlite } from '@electric-sql/pglite';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSyncEngine } from '../../../src/lib/collab/engine.server.ts';
import { SqlStore } from '../../../src/lib/collab/persistence/sql-store.server.ts';
import type { UpdateRow, UpdateStore } from '../../../src/lib/collab/persistence/store.server.ts';
import { pgliteSql, Turnstile } from '../../../src/lib/server/backend/exclusive-pglite.ts';
import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';
import { createLogTables } from './sql-tables.ts';
import { TestAccess } from './test-access.ts';

const LIE_MS = 150;

const [kind, place, documentId, mode] = process.argv.slice(2);
const sql = await openSql(kind, place);
await createLogTables(sql);
await sql.query('insert into documents values ($1, 1) on conflict do nothing', [documentId]);

const store: UpdateStore = new SqlStore(sql);
const lyingStore: UpdateStore = {
	load: (id) => store.load(id),
	async append(rows: readonly UpdateRow[]) {
		setTimeout(() => void store.append(rows), LIE_MS);
		return [];
	}
};

const access = new TestAccess();
access.share(documentId, { '11111111-1111-4111-8111-111111111111': 'editor' });
const complain = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const engine = createSyncEngine({
	log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
	store: mode === 'lying' ? lyingStore : store,
	access,
	allowedOrigins: []
});
const http = createServer();
http.on('upgrade', (request, socket, head) => engine.handleUpgrade(request, socket, head));
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));

export async function openSql(kind: string, place: string): Promise<Sql> {
	if (kind === 'postgres') return postgresSql(place);
	const database = await PGlite.create(place);
	return { ...pgliteSql(database, new Turnstile()), close: () => database.close() };
}
