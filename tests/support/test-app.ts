import { createClient } from '@supabase/supabase-js';
import { join } from 'node:path';
import type { App } from '../../src/lib/server/app.ts';
import { openEmbedded } from '../../src/lib/server/backend/lite.ts';
import { applyMigrations } from '../../src/lib/server/backend/migrations.ts';
import { readSettings } from '../../src/lib/server/backend/settings.ts';
import type { Client } from '../../src/lib/server/client.ts';

/** The parts of a process that accounts need, over a database in memory; ended sessions are kept for looking at. */
export async function testApp() {
	const embedded = await openEmbedded(null);
	const backend = await embedded.startBackend(await readSettings(embedded.sql));
	await applyMigrations(embedded.sql, join(import.meta.dirname, '../../supabase/migrations'));
	const ended: (string | undefined)[][] = [];
	const app = {
		backend,
		sql: embedded.sql,
		config: { origin: 'https://plenum.test', port: 3000, smtpUrl: null },
		sessions: { end: (...who: (string | undefined)[]) => void ended.push(who) }
	} as unknown as App;
	return { app, ended, visitor: () => visitor(app), close: embedded.close };
}

/** supabase-js of one browser: a session of its own, nobody signed in. */
function visitor({ backend }: Pick<App, 'backend'>): Client {
	return createClient(backend.url, backend.publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
		global: { fetch: backend.fetch }
	});
}
