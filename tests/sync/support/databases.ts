import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';

/** A database that outlives the process that writes to it. */
export interface Database {
	kind: 'pglite' | 'postgres';
	/** Folder, or address. */
	place: string;
}

/** Opens a database as the application does. */
export async function openDatabase({ kind, place }: Database): Promise<Sql> {
	if (kind === 'postgres') return postgresSql(place);
	const { openPgliteThread } = await import('../../../src/lib/server/backend/pglite-thread.ts');
	const { pgliteSql } = await import('../../../src/lib/server/backend/exclusive-pglite.ts');
	const { Turnstile } = await import('../../../src/lib/server/backend/turnstile.ts');
	const database = await openPgliteThread({ folder: place, extensions: {} });
	return { ...pgliteSql(database, new Turnstile()), close: () => database.close() };
}
