import { SqlStore } from '../../../src/lib/collab/persistence/sql-store.server.ts';
import { partsOf } from '../../../src/lib/collab/persistence/store.server.ts';
import type { App } from '../../../src/lib/server/app.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';

/** Reads texts as the sync engine does of those that nobody has open. */
export function storedUpdates(sql: Sql): Pick<App['sync'], 'readUpdates' | 'readStored'> {
	const store = new SqlStore(sql);
	const read = async (id: string) => partsOf((await store.load(id))!);
	return { readUpdates: read, readStored: read };
}
