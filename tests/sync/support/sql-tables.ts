import type { Sql } from '../../../src/lib/server/sql.ts';

/** The tables that the log needs, as the migrations make them, without the rest of the application. */
export async function createLogTables(sql: Sql): Promise<void> {
	await sql.script(`
		create table if not exists public.documents (id uuid primary key, epoch integer not null default 1, schema_version integer not null default 2);
		create table if not exists public.document_updates (
			id bigint generated always as identity primary key,
			document_id uuid not null references public.documents (id) on delete cascade,
			epoch integer not null,
			bytes bytea not null,
			person_id uuid,
			created_at timestamptz not null default now()
		);
		create index if not exists document_updates_document on public.document_updates (document_id, id);
		create table if not exists public.document_snapshots (
			document_id uuid primary key references public.documents (id) on delete cascade,
			epoch integer not null,
			bytes bytea not null,
			version bigint not null default 1,
			created_at timestamptz not null default now(),
			state_vector bytea
		);
		create table if not exists public.document_past_bodies (
			document_id uuid not null references public.documents (id) on delete cascade,
			epoch integer not null,
			schema_version integer not null,
			bytes bytea not null,
			replaced_at timestamptz not null default now(),
			primary key (document_id, epoch)
		);
	`);
}
