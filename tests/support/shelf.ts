import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { openEmbedded, startOnPostgres } from '../../src/lib/server/backend/lite.ts';
import { applyMigrations } from '../../src/lib/server/backend/migrations.ts';
import { postgresSql } from '../../src/lib/server/backend/postgres-sql.ts';
import { readSettings } from '../../src/lib/server/backend/settings.ts';
import { createLog, type Logger } from '../../src/lib/server/log.ts';
import type { Sql } from '../../src/lib/server/sql.ts';
import type { freshDatabase } from './services.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../supabase/migrations');

/** A database with all tables of the application, and one workspace in it. */
export interface Shelf {
	sql: Sql;
	workspaceId: string;
	agencyId: string;
	/** May do everything. */
	ownerId: string;
	close(): Promise<void>;
}

/** All tables and nothing in them, on PGlite, in memory. */
export async function bareDatabase(): Promise<Pick<Shelf, 'sql' | 'close'>> {
	const { sql, startBackend, close } = await openEmbedded(null);
	const backend = await startBackend(await readSettings(sql));
	await applyMigrations(sql, MIGRATIONS);
	return {
		sql,
		async close() {
			await backend.close();
			await close();
		}
	};
}

/** On PGlite, in memory. */
export async function embeddedShelf(): Promise<Shelf> {
	const { sql, close } = await bareDatabase();
	return furnish(sql, close);
}

/** On a new database of a Postgres server. */
export async function postgresShelf({ url, drop }: NonNullable<Awaited<ReturnType<typeof freshDatabase>>>): Promise<Shelf> {
	const sql = postgresSql(url);
	const backend = await startOnPostgres(url, await readSettings(sql));
	return furnish(sql, async () => {
		await Promise.all([backend.close(), sql.close()]);
		await drop();
	});
}

/** Puts a workspace with an owner into an empty database. */
export async function furnish(sql: Sql, close: () => Promise<void>): Promise<Shelf> {
	await applyMigrations(sql, MIGRATIONS);
	const [workspaceId, agencyId, ownerId] = [randomUUID(), randomUUID(), randomUUID()];
	await sql.query(`insert into public.workspaces (id, name, slug) values ($1, 'Thành phố', 'thanh-pho')`, [workspaceId]);
	await sql.query(
		`insert into public.agencies (id, workspace_id, name, short_name, code) values ($1, $2, 'Văn phòng', 'VP', 'VP')`,
		[agencyId, workspaceId]
	);
	await sql.query(`insert into auth.users (id, email) values ($1, 'owner@plenum.test')`, [ownerId]);
	await sql.query(`insert into public.people (id, email, full_name) values ($1, 'owner@plenum.test', 'Hoa')`, [ownerId]);
	await sql.query(`insert into public.members (workspace_id, person_id, agency_id, role) values ($1, $2, $3, 'owner')`, [
		workspaceId,
		ownerId,
		agencyId
	]);
	return { sql, workspaceId, agencyId, ownerId, close };
}

/** Puts a document with these rows there. */
export async function putDocument(
	{ sql, workspaceId, agencyId }: Shelf,
	rows: readonly Uint8Array[],
	{ id = randomUUID() as string, version = 1, epoch = 1, isTrashed = false } = {}
): Promise<string> {
	await sql.query(
		`insert into public.documents (id, workspace_id, title, profile, kind, lead_agency_id, schema_version, epoch) values ($1, $2, 'Kế hoạch', 'nd30', 'plan', $3, $4, $5)`,
		[id, workspaceId, agencyId, version, epoch]
	);
	for (const bytes of rows)
		await sql.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, $2, $3)', [id, epoch, bytes]);
	if (isTrashed) await sql.query('insert into public.document_trashings (document_id) values ($1)', [id]);
	return id;
}

/** Everything that is stored of a document: what a run that stopped must not have touched. */
export async function storedOf({ sql }: Shelf, id: string): Promise<Record<string, unknown>> {
	const [document] = await sql.query<{ epoch: number; version: number }>(
		'select epoch, schema_version as version from public.documents where id = $1',
		[id]
	);
	const rows = await sql.query<{ epoch: number; bytes: Uint8Array }>(
		'select epoch, bytes from public.document_updates where document_id = $1 order by id',
		[id]
	);
	const snapshots = await sql.query<{ epoch: number; bytes: Uint8Array }>(
		'select epoch, bytes from public.document_snapshots where document_id = $1',
		[id]
	);
	const past = await sql.query<{ epoch: number; version: number; bytes: Uint8Array }>(
		'select epoch, schema_version as version, bytes from public.document_past_bodies where document_id = $1',
		[id]
	);
	const hexed = ({ bytes, ...rest }: { bytes: Uint8Array }) => ({ ...rest, bytes: Buffer.from(bytes).toString('hex') });
	return { ...document, rows: rows.map(hexed), snapshots: snapshots.map(hexed), past: past.map(hexed) };
}

/** A log, and the lines written to it. */
export function heardLog(): { log: Logger; lines: Record<string, unknown>[] } {
	const lines: Record<string, unknown>[] = [];
	const stream = new Writable({
		write(line: Buffer, _encoding, done) {
			lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
			done();
		}
	});
	return { log: createLog('info', stream), lines };
}
