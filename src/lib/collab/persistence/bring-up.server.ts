import { performance } from 'node:perf_hooks';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import type { migrate } from '../../documents/schema/migrate.ts';
import { SCHEMA_VERSION } from '../../documents/schema/schema.ts';
import type { Sql } from '../../server/sql.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import { replaceBody } from './replace-body.server.ts';
import { SqlStore } from './sql-store.server.ts';
import { partsOf } from './store.server.ts';

/** Of all processes on one database one brings texts up, any number. */
const LOCK = 7_304_118;
/** How often the log says how far it is (ms). */
const TELL_EVERY_MS = 5_000;

/**
 * Brings all texts of earlier versions to the present one, those in the trash too, before anybody is served. Each is one
 * transaction with a new epoch, so it may end at any moment and go on at the next start. What it replaces is kept
 * (`document_past_bodies`). Returns how many this process brought up.
 */
export async function bringUp(sql: Sql, log: Logger, only: string | null = null): Promise<number> {
	const waiting = await sql.query<{ id: string }>(
		'select id from public.documents where schema_version < $1 and ($2::uuid is null or id = $2::uuid) order by id',
		[SCHEMA_VERSION, only]
	);
	if (waiting.length === 0) return 0;
	log.info({ documents: waiting.length, version: SCHEMA_VERSION }, 'bringing texts to the present version');
	let done = 0;
	let toldAt = performance.now();
	for (const { id } of waiting) {
		try {
			if (await sql.transaction((tx) => bringUpOne(tx, id))) done++;
		} catch (error) {
			// Nobody is served this text until it is read (standingOf); the others are.
			log.error({ document: id, reason: (error as Error).message }, 'a text could not be brought to the present version');
		}
		if (performance.now() - toldAt < TELL_EVERY_MS) continue;
		toldAt = performance.now();
		log.info({ done, of: waiting.length }, 'bringing texts to the present version');
	}
	log.info({ done, of: waiting.length }, 'brought texts to the present version');
	return done;
}

/** False when another process was quicker, or the document is gone. */
async function bringUpOne(tx: Sql, id: string): Promise<boolean> {
	await tx.script('set local statement_timeout = 0'); // a large text of another process may take long
	await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
	// A node of the older version that still runs stores nothing meanwhile, and afterwards finds another epoch.
	await tx.query('lock table public.document_updates in share row exclusive mode');
	const [found] = await tx.query<{ version: number }>(
		'select schema_version as version from public.documents where id = $1 and schema_version < $2 for update',
		[id, SCHEMA_VERSION]
	);
	const stored = found ? await new SqlStore(tx).load(id) : null;
	if (!found || !stored) return false;
	const { epoch } = stored;
	const parts = partsOf(stored);
	if (parts.length === 0) {
		await tx.query('update public.documents set epoch = $2, schema_version = $3 where id = $1', [id, epoch + 1, SCHEMA_VERSION]);
		return true;
	}
	const from = Number(found.version);
	const { update } = await inThread<typeof migrate>('documents/schema/migrate.ts', 'migrate', { updates: parts, from });
	await replaceBody(tx, {
		documentId: id,
		epoch,
		past: Y.mergeUpdates(parts),
		pastVersion: from,
		bytes: update,
		stateVector: Y.encodeStateVectorFromUpdate(update),
		version: SCHEMA_VERSION
	});
	return true;
}
