import { createSyncEngine, type AccessScope, type SyncEngine } from './lib/collab/engine.server.ts';
import { bringUp } from './lib/collab/persistence/bring-up.server.ts';
import { SqlStore } from './lib/collab/persistence/sql-store.server.ts';
import { EarlierVersion, standingOf } from './lib/documents/access.server.ts';
import { createTextIndex } from './lib/documents/library/text-index.server.ts';
import type { App } from './lib/server/app.ts';
import { forEverybody } from './lib/server/callers.ts';
import { faultIn } from './lib/text/door.ts';
import { noteEdits } from './lib/versions/history/note-edits.server.ts';
import type { SocketParts } from './socket-server.ts';
import { exposeSync } from './sync-metrics.ts';

/** The embedded database is vacuumed, in some 50 ms of its own thread, when compactions have left this much behind. */
const VACUUM_AFTER_BYTES = 32 * 1024 * 1024;

/** Joins the sync engine with documents and the database: what somebody may do, what follows an edit. */
export async function startSync(
	app: Omit<App, 'sync' | 'handOver' | 'anchors' | 'layOut' | 'restoring' | 'proposing'>,
	sockets: SocketParts
): Promise<SyncEngine> {
	const { log, config, metrics } = app;
	const sql = forEverybody(app.sql);
	await bringUp(sql, log);
	const textIndex = createTextIndex(
		sql,
		log,
		(documentId) => engine.readUpdates(documentId),
		(documentId) => noteEdits(sql, documentId)
	);
	const engine = createSyncEngine({
		log,
		store: new SqlStore(sql, { vacuumAfterBytes: config.size.kind === 'embedded' ? VACUUM_AFTER_BYTES : undefined }),
		bus: sockets.bus,
		sessions: sockets.sessions,
		access: {
			authenticate: (request) => sockets.authenticate(request),
			async role(documentId, personId) {
				try {
					return await standingOf(sql, documentId, personId);
				} catch (error) {
					if (!(error instanceof EarlierVersion)) throw error;
					await bringUp(sql, log, documentId);
					return standingOf(sql, documentId, personId);
				}
			}
		},
		allowedOrigins: sockets.allowedOrigins,
		faultIn,
		onCommitted: (documentId) => textIndex.edited(documentId)
	});
	exposeSync(metrics, engine);
	await sql.listen('plenum_access', (payload) => engine.recheck(JSON.parse(payload) as AccessScope));
	return {
		handleUpgrade: (request, socket, head) => engine.handleUpgrade(request, socket, head),
		recheck: (scope) => engine.recheck(scope),
		applyServerEdit: (documentId, plan, by) => engine.applyServerEdit(documentId, plan, by),
		readText: (documentId, read) => engine.readText(documentId, read),
		readUpdates: (documentId) => engine.readUpdates(documentId),
		readStored: (documentId) => engine.readStored(documentId),
		stats: () => engine.stats(),
		figures: engine.figures,
		node: engine.node,
		rooms: () => engine.rooms(),
		everywhere: () => engine.everywhere(),
		disconnectAll: (documentId) => engine.disconnectAll(documentId),
		async drain() {
			await engine.drain();
			await textIndex.flush();
		}
	};
}
