import type { IncomingMessage } from 'node:http';
import { accessTokenOf, identify } from './lib/accounts/session.server.ts';
import { createSyncEngine, type AccessScope, type SyncEngine } from './lib/collab/engine.server.ts';
import { bringUp } from './lib/collab/persistence/bring-up.server.ts';
import { SqlStore } from './lib/collab/persistence/sql-store.server.ts';
import { createRedisBus } from './lib/collab/redis-bus.server.ts';
import { EarlierVersion, standingOf } from './lib/documents/access.server.ts';
import { createTextIndex } from './lib/documents/library/text-index.server.ts';
import type { App } from './lib/server/app.ts';
import { faultIn } from './lib/text/door.ts';
import { exposeSync } from './sync-metrics.ts';

/** The embedded database is vacuumed, in some 50 ms of its own thread, when compactions have left this much behind. */
const VACUUM_AFTER_BYTES = 32 * 1024 * 1024;

/** Joins the sync engine with accounts, documents and the database: who is asking, what they may do, what follows an edit. */
export async function startSync(app: Omit<App, 'sync' | 'handOver'>): Promise<SyncEngine> {
	const { sql, log, backend, config, metrics } = app;
	await bringUp(sql, log);
	const bus = config.redisUrl ? await createRedisBus(config.redisUrl, (error) => log.warn({ reason: (error as Error).message }, 'redis')) : undefined;
	const textIndex = createTextIndex(sql, log, (documentId) => engine.readUpdates(documentId));
	const engine = createSyncEngine({
		log,
		store: new SqlStore(sql, { vacuumAfterBytes: config.size.kind === 'embedded' ? VACUUM_AFTER_BYTES : undefined }),
		bus,
		access: {
			async authenticate(request) {
				const token = accessTokenOf(request);
				return token ? identify(backend, token) : null;
			},
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
		allowedOrigins: config.origin ? [config.origin] : sameHost,
		faultIn,
		onCommitted: (documentId) => textIndex.edited(documentId)
	});
	exposeSync(metrics, engine);
	await sql.listen('plenum_access', (payload) => engine.recheck(JSON.parse(payload) as AccessScope));
	return {
		handleUpgrade: (request, socket, head) => engine.handleUpgrade(request, socket, head),
		recheck: (scope) => engine.recheck(scope),
		endSessions: (personId, sessionId) => engine.endSessions(personId, sessionId),
		renewSession: (personId, sessionId, expiresAt) => engine.renewSession(personId, sessionId, expiresAt),
		applyServerEdit: (documentId, plan, by) => engine.applyServerEdit(documentId, plan, by),
		readUpdates: (documentId) => engine.readUpdates(documentId),
		stats: () => engine.stats(),
		figures: engine.figures,
		node: engine.node,
		rooms: () => engine.rooms(),
		everywhere: () => engine.everywhere(),
		disconnectAll: (documentId) => engine.disconnectAll(documentId),
		async drain() {
			await engine.drain();
			await textIndex.flush();
			await bus?.close();
		}
	};
}

// Without ORIGIN, for local use, a page may open sockets to the host it came from and to no other.
function sameHost(origin: string, request: IncomingMessage): boolean {
	return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
