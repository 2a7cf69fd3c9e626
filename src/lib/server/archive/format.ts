import type { Sql } from '../sql.ts';

/**
 * An archive is a `.tar.gz` of `manifest.json`, then entries `schema.table/000000.json` with an array of rows each, a table
 * after those it refers to, and last `contents.json`, which says what the others must be. A row with many bytes is an entry
 * of its own; its bytes come before it, in pieces `schema.table/000000/column/000000`, so that neither a backup nor a
 * restore ever has all of it in memory. Files are entries `public.file_pieces/ID/000000` of 1 MiB each, wherever they were;
 * a restore puts them into the database, and the next start where files are kept. Format 1 had neither contents nor pieces.
 */
export const FORMAT = 2;
export const MANIFEST = 'manifest.json';
export const CONTENTS = 'contents.json';
export const PIECES = 'public.file_pieces';

/** The first entry. */
export interface Manifest {
	format: number;
	version: string;
	createdAt: string;
	/** Versions of the migrations that the database had seen. */
	migrations: string[];
}

/** One entry as the last one names it. */
export interface Content {
	name: string;
	/** 0 for a piece of bytes. */
	rows: number;
	/** Of the bytes of the entry, in hexadecimal digits. */
	sha256: string;
}

export async function migrationsOf(tx: Sql): Promise<string[]> {
	return (await tx.query<{ version: string }>('select version from supabase_migrations.schema_migrations order by version')).map(
		({ version }) => version
	);
}
