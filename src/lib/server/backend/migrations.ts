import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '../sql.ts';

/**
 * Applies the files of `supabase/migrations` that the database has not seen, each in one transaction, in the order of their
 * names, and records them where the Supabase CLI does. The caller sees to it that no other node does the same meanwhile.
 * Answers the names applied.
 */
export async function applyMigrations(sql: Sql, folder: string): Promise<string[]> {
	await sql.script(`
		create schema if not exists supabase_migrations;
		create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
	`);
	const applied: string[] = [];
	for (const file of (await readdir(folder)).filter((name) => /^\d{14}_.+\.sql$/.test(name)).sort()) {
		const [version, name] = [file.slice(0, 14), file.slice(15, -4)];
		const text = await readFile(join(folder, file), 'utf8');
		const isNew = await sql.transaction(async (tx) => {
			await tx.script('set local statement_timeout = 0'); // a large table takes long
			const [seen] = await tx.query(`select 1 from supabase_migrations.schema_migrations where version = $1`, [version]);
			if (seen) return false;
			await tx.script(text);
			await tx.query(
				`insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3::text])`,
				[version, name, text]
			);
			return true;
		});
		if (isNew) applied.push(file);
	}
	return applied;
}
