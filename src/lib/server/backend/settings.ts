import { randomBytes } from 'node:crypto';
import type { Sql } from '../sql.ts';

/** Secrets that the installation makes for itself and all its nodes share; the schema is not exposed by the data API. */
export interface Settings {
	jwtSecret: string;
	publishableKey: string;
	secretKey: string;
	setupToken: string;
}

/** Reads the settings, making those that are missing. The caller sees to it that no other node does the same meanwhile. */
export async function readSettings(sql: Sql): Promise<Settings> {
	await sql.script(`
		create schema if not exists private;
		create table if not exists private.settings (key text primary key, value text not null);
		revoke all on private.settings from public;
	`);
	const fresh: Settings = {
		jwtSecret: randomBytes(48).toString('base64url'),
		publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
		secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
		setupToken: randomBytes(24).toString('base64url')
	};
	for (const [key, value] of Object.entries(fresh)) {
		await sql.query(`insert into private.settings (key, value) values ($1, $2) on conflict do nothing`, [key, value]);
	}
	const rows = await sql.query<{ key: keyof Settings; value: string }>(`select key, value from private.settings`);
	return Object.fromEntries(rows.map(({ key, value }) => [key, value])) as unknown as Settings;
}
