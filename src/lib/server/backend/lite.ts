/**
 * All that Plenum knows about @supabase/lite, Supabase's TypeScript implementation of auth and REST, is here and in lite-tokens.ts.
 * Only `/auth/v1` and `/rest/v1` are used: its storage has no row level security yet, so it stays off.
 */
import { App } from '@supabase/lite';
import { Kysely } from 'kysely';
import { constants, mkdirSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '../sql.ts';
import type { Backend } from './backend.ts';
import { pgliteSql, takePglite, type Session } from './exclusive-pglite.ts';
import { completeTokens, hashInThreads, isSignedToken, signToken } from './lite-tokens.ts';
import { openPgliteThread } from './pglite-thread.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { ANSWER_WITHIN_MS, CONNECT_SECONDS, postgresSql, STATEMENT_SHARE } from './postgres-sql.ts';
import { sessionDialect } from './session-dialect.ts';
import { SESSION_DAYS } from './session-life.ts';
import type { Settings } from './settings.ts';
import { Turnstile } from './turnstile.ts';

const INTERNAL_URL = 'http://plenum.internal';
const TOKEN_SECONDS = 3600;
const PASSWORD_LENGTH = 10;

/**
 * Opens (or makes) the embedded database in `dataDir`, in a thread of its own; null keeps it in memory, for tests.
 * `extensions` are further ones, each by the module that exports it under that name.
 */
export async function openEmbedded(dataDir: string | null, extensions: Record<string, string> = {}) {
	const folder = dataDir === null ? null : folderIn(dataDir);
	if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
	const opening = openPgliteThread({ folder, extensions });
	const [database, connectionOver] = await Promise.all([opening, loadConnection()]);
	const turnstile = new Turnstile();
	const sql = pgliteSql(database, turnstile);
	const connection = connectionOver(database, turnstile);
	return {
		sql,
		database: database as Session,
		startBackend: (settings: Settings) => start(connection, sql, settings, async () => {}),
		/** Copies a database that has a folder into another data directory, while nobody else has the session. */
		copyInto: (other: string) =>
			turnstile.run(async () => {
				await database.exec('checkpoint'); // so that the log, which is copied too, is short
				await rm(folderIn(other), { recursive: true, force: true });
				await cp(folder!, folderIn(other), { recursive: true, mode: constants.COPYFILE_FICLONE });
			}),
		/** Resolves with the reason when the database has broken down. It cannot come back in this process. */
		lost: database.lost,
		close: () => turnstile.run(() => database.close())
	};
}

function folderIn(dataDir: string): string {
	return join(dataDir, 'postgres');
}

// Lite's own connection opens PGlite where it stands, on the main thread. What it adds to the Postgres connection beneath
// it is the driver and these two functions.
async function loadConnection() {
	const { PgliteConnection } = await import('@supabase/lite/pglite');
	const PostgresConnection = Object.getPrototypeOf(PgliteConnection) as new (config: object) => { kysely: Kysely<unknown> };
	return (database: Session, turnstile: Turnstile) => {
		const kysely = new Kysely<unknown>({ dialect: sessionDialect(() => takePglite(database, turnstile)) });
		const driver = { exec: (text: string) => turnstile.run(() => database.exec(text)) };
		return Object.assign(new PostgresConnection({}), {
			kysely,
			driver,
			exec: PgliteConnection.prototype.exec,
			close: async () => {}
		});
	};
}

/** Serves auth and REST in this process over any Postgres, whose sessions are given up after `answerWithinMs` of silence. */
export async function startOnPostgres(
	url: string,
	settings: Settings,
	{ answerWithinMs = ANSWER_WITHIN_MS } = {}
): Promise<Backend> {
	const { createPostgresConnection } = await import('@supabase/lite/postgres');
	// Lite's own client knows how it wants values read, so each session is one of those.
	const open = (onClosed: () => void) =>
		createPostgresConnection({
			url,
			postgresOptions: {
				max: 1,
				connect_timeout: CONNECT_SECONDS,
				onnotice: () => {},
				onclose: onClosed,
				connection: { application_name: 'plenum', statement_timeout: Math.round(answerWithinMs * STATEMENT_SHARE) }
			}
		}).driver;
	const sessions = new PostgresSessions(open, answerWithinMs);
	const kysely = new Kysely<unknown>({ dialect: sessionDialect(() => sessions.take()) });
	const connection = Object.assign(createPostgresConnection({ url }), { kysely });
	const sql = postgresSql(url);
	try {
		return await start(connection, sql, settings, () => sessions.close());
	} finally {
		await sql.close();
	}
}

async function start(connection: unknown, sql: Sql, settings: Settings, close: () => Promise<void>): Promise<Backend> {
	process.env.LITE_TELEMETRY = '0';
	process.env.DO_NOT_TRACK = '1';
	hashInThreads();
	await createApiRoles(sql);
	tellEverySqlState(connection as never);
	// At its first request lite would look for row level security and then grant every table to everybody, which undoes the
	// column grants of the migrations. Roles and grants are ours, so it is told that this has been seen to.
	(connection as { rlsState: string }).rlsState = 'active';
	const lite = new App({
		connection: connection as never,
		project_id: 'plenum',
		auth: {
			enabled: true,
			enable_signup: true,
			jwt_secret: settings.jwtSecret,
			jwt_expiry: TOKEN_SECONDS,
			sessions: { inactivity_timeout: `${SESSION_DAYS * 24}h` },
			publishable_key: settings.publishableKey,
			secret_key: settings.secretKey,
			minimum_password_length: PASSWORD_LENGTH
		}
	} as never);
	await lite.init();
	await lite.ensureSystemSchema();
	// Policies call auth.uid() as the person's role, which needs to reach the schema, as on Supabase.
	await sql.script(`grant usage on schema auth to anon, authenticated, service_role`);
	const answer = completeTokens((request) => Promise.resolve(lite.server.fetch(request)), connection as never);
	const inProcess: typeof fetch = (input, init) => answer(new Request(input, init));
	return {
		url: INTERNAL_URL,
		publishableKey: settings.publishableKey,
		fetch: inProcess,
		answer,
		createAccount: signUp(inProcess, settings),
		isGenuine: (token) => isSignedToken(settings.jwtSecret, token),
		signInAs: ({ id, email }, tokenId) => signToken(settings.jwtSecret, { sub: id, email, session_id: tokenId }, TOKEN_SECONDS),
		close
	};
}

const TOLD_ALREADY = /^(2[12]...|42...|53...|55...|PT...|PGRST|23502|23503|23505|25006)$/;

interface DatabaseError {
	code?: string;
	message: string;
	detail?: string;
	hint?: string;
}

// Lite answers "SUP" for states it does not know, such as a failed check (23514) or a function's own P0002. PostgREST hands
// every state on, and pages explain refusals by it; the shape below is the one in which a function dictates the answer.
function tellEverySqlState(connection: { normalizeDbError(error: unknown): DatabaseError }): void {
	const normalize = connection.normalizeDbError.bind(connection);
	connection.normalizeDbError = (error) => {
		// PGlite looks at a parameter before Postgres does, and says so without a state.
		if (error instanceof Error && /^Invalid input for \w+ type/.test(error.message))
			return { code: '22P02', message: error.message };
		const found = normalize(error);
		if (!/^[0-9A-Z]{5}$/.test(found?.code ?? '') || TOLD_ALREADY.test(found.code!)) return found;
		const { code, message, detail, hint } = found;
		const status = code === 'P0002' ? 404 : code!.startsWith('P0') && code !== 'P0001' ? 500 : 400;
		return {
			code: 'PGRST',
			message: JSON.stringify({ code, message, details: detail, hint }),
			detail: JSON.stringify({ status, headers: {} })
		};
	};
}

/** The roles that Supabase's data API switches to; a bare database lacks them. */
async function createApiRoles(sql: Sql): Promise<void> {
	await sql.script(`
		do $$ begin
			if not exists (select 1 from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
			if not exists (select 1 from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
			if not exists (select 1 from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
		exception when duplicate_object or unique_violation then null; -- another installation on the same server was quicker
		end $$;
		grant usage on schema public to anon, authenticated, service_role;
	`);
}

// Lite has no admin API yet. Sign-up is closed to browsers (see the forwarded paths), so this call is the only way to an account.
function signUp(call: typeof fetch, settings: Settings): Backend['createAccount'] {
	return async (email, password) => {
		const response = await call(`${INTERNAL_URL}/auth/v1/signup`, {
			method: 'POST',
			headers: { apikey: settings.publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email, password })
		});
		const body = (await response.json()) as { user?: { id: string }; access_token?: string; error_code?: string; msg?: string };
		if (response.ok && body.user) {
			// Lite signs the new account in, as nobody.
			const headers = { apikey: settings.publishableKey, authorization: `Bearer ${body.access_token}` };
			await call(`${INTERNAL_URL}/auth/v1/logout?scope=local`, { method: 'POST', headers });
			return { id: body.user.id };
		}
		if (body.error_code === 'user_already_exists') return 'exists';
		if (body.error_code === 'weak_password') return 'weak';
		throw new Error(`sign-up answered ${response.status}: ${body.msg ?? body.error_code ?? 'no reason'}`);
	};
}
