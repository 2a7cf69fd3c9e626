import { accessTokenOf, identify } from './lib/accounts/session.server.ts';
import { createSyncEngine, type SyncEngine } from './lib/collab/engine.server.ts';
import { sqlStore } from './lib/collab/persistence/sql-store.server.ts';
import { standingOf } from './lib/documents/access.server.ts';
import { createTextIndex } from './lib/documents/library/text-index.server.ts';
import type { App } from './lib/server/app.ts';

interface AccessNotice {
	documentId?: string;
	personId?: string;
	workspaceId?: string;
}

/** Joins the sync engine with accounts, documents and the database: who is asking, what they may do, what follows an edit. */
export async function startSync(app: App): Promise<SyncEngine> {
	const { sql, log, backend, config } = app;
	const textIndex = createTextIndex(sql, log, (documentId) => engine.readBody(documentId));
	const engine: SyncEngine = createSyncEngine({
		log,
		store: sqlStore(sql),
		access: {
			async authenticate(request) {
				const token = accessTokenOf(request);
				return token ? identify(backend, token) : null;
			},
			role: (documentId, personId) => standingOf(sql, documentId, personId)
		},
		allowedOrigins: config.origin ? [config.origin] : 'same-host',
		onCommitted: (documentId) => textIndex.edited(documentId)
	});
	await sql.listen('plenum_access', (payload) => engine.recheck(JSON.parse(payload) as AccessNotice));
	return { ...engine, drain: async () => (await engine.drain(), await textIndex.flush()) };
}
