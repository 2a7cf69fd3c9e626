import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import postgres from 'postgres';
import { extract } from 'tar-stream';
import { openEmbedded, startOnPostgres } from '../../src/lib/server/backend/lite.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { readSettings } from '../../src/lib/server/backend/settings.ts';
import type { Sql } from '../../src/lib/server/sql.ts';

/** An empty database with auth in it, in which plays can be run. */
export interface Stage {
	sql: Sql;
	loadPgtap(): Promise<void>;
	/** Runs several statements on one session; answers the first column of every row, which is where pgTAP speaks. */
	run(script: string): Promise<string[]>;
	close(): Promise<void>;
}

const SEARCH_PATH = 'set search_path to public, tap, tests;';
const OPEN_TAP = 'grant usage on schema tap to public; grant execute on all functions in schema tap to public;';

/** PGlite in memory. */
export async function embeddedStage(): Promise<Stage> {
	const embedded = await openEmbedded(null, { pgtap: '@electric-sql/pglite/pgtap' });
	const backend = await embedded.startBackend(await readSettings(embedded.sql));
	return {
		sql: embedded.sql,
		loadPgtap: () => embedded.sql.script(`create schema tap; create extension pgtap schema tap; ${OPEN_TAP} ${SEARCH_PATH}`),
		run: async (script) => speech((await orRollBack(embedded.database.exec(script), () => embedded.database.exec('rollback'))).map(({ rows }) => rows)),
		close: async () => {
			await backend.close();
			await embedded.close();
		}
	};
}

/** A database of its own on a Postgres server, dropped at the end. */
export async function postgresStage(server: string): Promise<Stage> {
	const name = `plenum_policies_${process.pid}`;
	const admin = postgres(server, { max: 1, onnotice: () => {} });
	await admin.unsafe(`create database ${name}`);
	const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
	const sql = postgresSql(url);
	const backend = await startOnPostgres(url, await readSettings(sql));
	const session = postgres(url, { max: 1, onnotice: () => {} });
	return {
		sql,
		loadPgtap: async () => {
			await session.unsafe(`create schema tap; set search_path to tap; ${await pgtapText()}; ${OPEN_TAP} ${SEARCH_PATH}`).simple();
		},
		run: async (script) => {
			const results = await orRollBack(session.unsafe(script).simple(), () => session.unsafe('rollback'));
			return speech(Array.isArray(results[0]) ? (results as never) : [results as never]);
		},
		close: async () => {
			await Promise.all([session.end(), backend.close(), sql.close()]);
			await admin.unsafe(`drop database ${name} with (force)`);
			await admin.end();
		}
	};
}

/** The Postgres to test on: DATABASE_URL_TEST, else the one on this machine; or why there is none. */
export async function postgresUrl(): Promise<{ url: string | null; reason: string }> {
	const url = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';
	const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
	try {
		const [{ able }] = await client`select rolsuper as able from pg_roles where rolname = current_user`;
		return able ? { url, reason: '' } : { url: null, reason: 'the account of DATABASE_URL_TEST must be a superuser, to act as others' };
	} catch (error) {
		return { url: null, reason: `no Postgres at ${new URL(url).host}: ${(error as { code?: string }).code ?? (error as Error).message}` };
	} finally {
		await client.end({ timeout: 1 });
	}
}

// pgTAP is SQL alone, so the text that comes with PGlite serves any server, whether or not the extension is installed there.
async function pgtapText(): Promise<string> {
	const archive = fileURLToPath(new URL('../pgtap.tar.gz', import.meta.resolve('@electric-sql/pglite/pgtap')));
	const reader = createReadStream(archive).pipe(createGunzip()).pipe(extract());
	let found = '';
	for await (const entry of reader) {
		if (/pgtap--\d+\.\d+\.\d+\.sql$/.test(entry.header.name)) found = await text(entry);
		else entry.resume();
	}
	return found.replace(/^\\.*$/gm, '');
}

// A play that breaks off must not leave its transaction to the next one.
async function orRollBack<T>(play: PromiseLike<T>, rollBack: () => PromiseLike<unknown>): Promise<T> {
	try {
		return await play;
	} catch (error) {
		await rollBack();
		throw error;
	}
}

function speech(results: Record<string, unknown>[][]): string[] {
	return results.flatMap((rows) => rows.flatMap((row) => Object.values(row).slice(0, 1))).flatMap((said) => (typeof said === 'string' && said !== '' ? said.split('\n') : []));
}
