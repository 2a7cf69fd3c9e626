import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { join } from 'node:path';
import type { App } from '../server/app.ts';
import { openEmbedded } from '../server/backend/lite.ts';
import { applyMigrations } from '../server/backend/migrations.ts';
import { readSettings } from '../server/backend/settings.ts';
import type { Message } from '../server/mail.ts';

/** The parts of a process that accounts need, over a database in memory; mails and ended sessions are kept for looking at. */
export async function testApp() {
	const embedded = await openEmbedded(null);
	const backend = await embedded.startBackend(await readSettings(embedded.sql));
	await applyMigrations(embedded.sql, join(import.meta.dirname, '../../../supabase/migrations'));
	const mails: Message[] = [];
	const ended: (string | undefined)[][] = [];
	const mail = { enabled: false, send: async (message: Message) => void mails.push(message) };
	const app = {
		backend,
		sql: embedded.sql,
		mail,
		config: { origin: 'https://plenum.test', port: 3000 },
		sessions: { end: (...who: (string | undefined)[]) => void ended.push(who) }
	} as unknown as App;
	return { app, mail, mails, ended, visitor: () => visitor(app), close: embedded.close };
}

/** supabase-js of one browser: a session of its own, nobody signed in. */
function visitor({ backend }: Pick<App, 'backend'>): SupabaseClient {
	return createClient(backend.url, backend.publishableKey, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
		global: { fetch: backend.fetch }
	});
}
