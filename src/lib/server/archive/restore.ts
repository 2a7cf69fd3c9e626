import { CommandRefused } from '../run-or-explain.ts';
import type { Sql } from '../sql.ts';
import { checkArchive } from './check.ts';
import { readEntries } from './entries.ts';
import { FORMAT, PIECES, migrationsOf, type Manifest } from './format.ts';
import { AUTH_TABLES, continueSequences, tablesOf, type Table } from './tables.ts';

/**
 * Fills an empty, migrated database from an archive, in one transaction. Answers the number of rows.
 * @throws CommandRefused before a row is written, when the archive is not whole or of another time, or the database holds a workspace
 */
export async function restore(sql: Sql, file: string): Promise<number> {
	const [occupied] = await sql.query('select 1 from public.workspaces limit 1');
	if (occupied)
		throw new CommandRefused(
			'This database already holds a workspace; restore into an empty one (another DATA_DIR or DATABASE_URL).'
		);
	const { manifest, rowsOf } = await checkArchive(file);
	await checkManifest(sql, manifest);
	let sum = 0;
	await sql.transaction(async (tx) => {
		const tables = new Map((await tablesOf(tx)).map((table) => [table.name, table]));
		for (const { name } of tables.values())
			if (!AUTH_TABLES.includes(name)) await tx.query(`alter table ${name} disable trigger user`);
		await tx.query('create temporary table restored_pieces (of_column text, piece int, bytes bytea) on commit drop');
		for await (const { name, bytes } of readEntries(file)) {
			const [tableName, , column, piece] = name.split('/');
			if (tableName === PIECES) {
				const [, id, nth] = name.split('/');
				await tx.query('insert into public.file_pieces (file_id, nth, bytes) values ($1, $2, $3)', [id, Number(nth), bytes]);
				sum++;
				continue;
			}
			const table = tables.get(tableName);
			if (!table) continue;
			if (column) {
				await tx.query('insert into restored_pieces values ($1, $2, $3)', [column, Number(piece), bytes]);
				continue;
			}
			const rows = await insertRows(tx, table, bytes.toString());
			if (rows !== (rowsOf.get(name) ?? rows)) throw new Error(`${name} has ${rows} rows and should have ${rowsOf.get(name)}`);
			sum += rows;
		}
		for (const { name } of tables.values())
			if (!AUTH_TABLES.includes(name)) await tx.query(`alter table ${name} enable trigger user`);
		await continueSequences(tx);
		// What was to be sent or done may have been since the backup was made: an owner looks at it first.
		await tx.query('insert into public.work_holds (workspace_id) select id from public.workspaces on conflict do nothing');
		// What concerns a person has no owner to look, and is of the hour: they ask again.
		await tx.query(
			`update public.outbox set state = 'cancelled', ended_at = now() where state = 'queued' and workspace_id is null`
		);
	});
	return sum;
}

async function checkManifest(sql: Sql, manifest: Manifest): Promise<void> {
	if (manifest.format > FORMAT)
		throw new CommandRefused(`This backup has format ${manifest.format}; this version of Plenum reads formats up to ${FORMAT}.`);
	const known = new Set(await migrationsOf(sql));
	const missing = manifest.migrations.find((version) => !known.has(version));
	if (missing)
		throw new CommandRefused(
			`This backup was made by a newer Plenum (${manifest.version}, migration ${missing}); upgrade first.`
		);
}

/** Writes the rows of an entry, with the bytes whose pieces came before it. */
async function insertRows(tx: Sql, table: Table, text: string): Promise<number> {
	const pieced = new Set(
		(await tx.query<{ column: string }>('select distinct of_column as column from restored_pieces')).map(({ column }) => column)
	);
	const columns = table.columns.map((column) => `"${column}"`).join(', ');
	const values = table.columns.map((column) =>
		pieced.has(column)
			? `(select string_agg(bytes, '' order by piece) from restored_pieces where of_column = '${column}')`
			: `"${column}"`
	);
	const inserted = await tx.query(
		`insert into ${table.name} (${columns}) overriding system value select ${values.join(', ')} from jsonb_populate_recordset(null::${table.name}, $1::text::jsonb) returning 1`,
		[text]
	);
	if (pieced.size > 0) await tx.query('truncate restored_pieces');
	return inserted.length;
}
