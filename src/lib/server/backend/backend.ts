import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { CommandRefused } from '../run-or-explain.ts';
import type { Sql } from '../sql.ts';
import { askForCopy, COPY_FOLDER } from './copies.ts';
import { DataDirectoryHeld, holdDataDirectory } from './data-directory.ts';
import { applyMigrations } from './migrations.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { postgresSql } from './postgres-sql.ts';
import { readSettings } from './settings.ts';

/** What differs between the three sizes; everything above it speaks supabase-js and SQL. */
export interface Backend {
	/** Base address for supabase-js on the server; of no network meaning where `fetch` answers in this process. */
	url: string;
	publishableKey: string;
	/** The `fetch` that supabase-js uses on the server. */
	fetch: typeof fetch;
	/** Answers a browser's call to the data API, or null where Supabase itself is public. */
	answer: ((request: Request) => Promise<Response>) | null;
	/** Makes a confirmed account; `exists` when the address has one, `weak` when the password is refused. */
	createAccount(email: string, password: string): Promise<{ id: string } | 'exists' | 'weak'>;
	/** Whether a session's token was given out here and is not over. Says nothing of its session, which may have ended. */
	isGenuine(token: string): Promise<boolean>;
	/**
	 * A session's token for supabase-js, good for up to an hour, of a program that acts as a person by the access token with this
	 * id. It never leaves the process.
	 */
	signInAs(person: { id: string; email: string }, tokenId: string): Promise<string>;
	close(): Promise<void>;
}

export interface OpenBackend {
	backend: Backend;
	sql: Sql;
	/** Token of the one-time set-up link. */
	setupToken: string;
	/** Copies the embedded database into the folder for copies, while nothing else is done in it; null at the other sizes. */
	makeCopy: (() => Promise<void>) | null;
	/** Resolves with the reason when the database has broken down for good, which only the embedded one can. */
	lost: Promise<Error>;
	close(): Promise<void>;
}

const MIGRATIONS = resolve(import.meta.dirname, '../../../../supabase/migrations');
const DATABASE_PATIENCE_MS = 120_000;
const DATABASE_RETRY_MS = 1_000;

/**
 * Opens the database of the configured size, prepares auth, applies migrations. Either everything is ready or it throws.
 * `purpose` names this process to a second one that wants the same embedded data directory.
 */
export async function openBackend(config: Config, log: Logger, purpose: string): Promise<OpenBackend> {
	if (config.size.kind === 'embedded') {
		const { dataDir } = config.size;
		const release = holdDataDirectory(dataDir, purpose);
		return openHeld(dataDir, config, log, async () => release());
	}
	const sql = postgresSql(config.size.databaseUrl);
	await waitForDatabase(sql, log);
	if (config.size.kind === 'postgres') {
		const { databaseUrl } = config.size;
		const { startOnPostgres } = await import('./lite.ts');
		return oneAtATime(sql, () =>
			prepare(
				sql,
				(settings) => startOnPostgres(databaseUrl, settings),
				config,
				log,
				() => sql.close()
			)
		);
	}
	const { hostedBackend } = await import('./supabase.ts');
	const size = config.size;
	return oneAtATime(sql, () =>
		prepare(
			sql,
			async () => hostedBackend(size),
			config,
			log,
			() => sql.close()
		)
	);
}

/**
 * Opens the database as `openBackend` does, for reading it as a whole. The embedded one of a running Plenum is opened as a
 * copy, which that process makes for it and which goes again at the end.
 */
export async function openForBackup(config: Config, log: Logger, purpose: string): Promise<OpenBackend> {
	try {
		return await openBackend(config, log, purpose);
	} catch (held) {
		if (!(held instanceof DataDirectoryHeld) || config.size.kind !== 'embedded') throw held;
		const copy = join(config.size.dataDir, COPY_FOLDER);
		const release = holdDataDirectory(copy, purpose);
		const close = () => rm(copy, { recursive: true, force: true }).finally(release);
		if (await askForCopy(config.size.dataDir)) return openHeld(copy, config, log, close);
		await close();
		throw held;
	}
}

async function openHeld(dataDir: string, config: Config, log: Logger, release: () => Promise<void>): Promise<OpenBackend> {
	let close = release;
	try {
		const embedded = await openFolder(dataDir);
		close = () => embedded.close().finally(release);
		const open = await prepare(embedded.sql, embedded.startBackend, config, log, close);
		return { ...open, lost: embedded.lost, makeCopy: () => embedded.copyInto(join(dataDir, COPY_FOLDER)) };
	} catch (error) {
		await close();
		throw error;
	}
}

async function openFolder(dataDir: string) {
	const { openEmbedded } = await import('./lite.ts');
	try {
		return await openEmbedded(dataDir);
	} catch (error) {
		throw new CommandRefused(
			`The database in ${dataDir} cannot be opened (${(error as Error).message}); restore a backup into another DATA_DIR.`
		);
	}
}

type StartBackend = (settings: Awaited<ReturnType<typeof readSettings>>) => Promise<Backend>;

async function prepare(
	sql: Sql,
	startBackend: StartBackend,
	config: Config,
	log: Logger,
	close: () => Promise<void>
): Promise<OpenBackend> {
	const settings = await readSettings(sql);
	const backend = await startBackend(settings);
	const applied = await applyMigrations(sql, MIGRATIONS);
	if (applied.length > 0) log.info({ migrations: applied.length }, 'database migrated');
	return {
		backend,
		sql,
		setupToken: config.setupToken ?? settings.setupToken,
		makeCopy: null,
		lost: new Promise(() => {}),
		close: async () => {
			await backend.close();
			await close();
		}
	};
}

async function waitForDatabase(sql: Sql, log: Logger): Promise<void> {
	const began = Date.now();
	for (;;) {
		try {
			await sql.query('select 1');
			return;
		} catch (error) {
			const waited = Date.now() - began;
			if (waited > DATABASE_PATIENCE_MS) {
				throw new Error(
					`The database did not answer for ${DATABASE_PATIENCE_MS / 1000} s (${(error as Error).message}); check DATABASE_URL.`
				);
			}
			log.warn(
				{ waitedSeconds: Math.round(waited / 1000), reason: (error as { code?: string }).code ?? 'refused' },
				'waiting for the database'
			);
			await new Promise((resume) => setTimeout(resume, DATABASE_RETRY_MS));
		}
	}
}
