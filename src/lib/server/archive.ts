import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack, type Pack } from 'tar-stream';
import { CommandRefused } from './run-or-explain.ts';
import type { Sql } from './sql.ts';

const FORMAT = 1;
const ROWS_PER_ENTRY = 500;
const SCHEMAS = ['public'];
/** Accounts travel with their password hashes; sessions do not, so everybody signs in again after a restore. */
const AUTH_TABLES = ['auth.users', 'auth.identities'];

interface Manifest {
	format: number;
	version: string;
	createdAt: string;
	migrations: string[];
}

interface Table {
	name: string;
	columns: string[];
}

/**
 * Writes the whole installation (database and the images in it) into one `.tar.gz`, as of one moment.
 * The archive is rows of JSON, so it restores into any of the three sizes. Answers the number of rows.
 */
export async function backUp(sql: Sql, file: string, version: string): Promise<number> {
	const archive = pack();
	const partial = `${file}.partial`;
	const written = pipeline(archive, createGzip(), createWriteStream(partial, { mode: 0o600 }));
	let rows = 0;
	await sql.transaction(async (tx) => {
		await tx.query('set transaction isolation level repeatable read');
		const manifest: Manifest = { format: FORMAT, version, createdAt: new Date().toISOString(), migrations: await migrationsOf(tx) };
		await addEntry(archive, 'manifest.json', JSON.stringify(manifest));
		for (const table of await tablesOf(tx)) rows += await addTable(archive, tx, table);
	});
	archive.finalize();
	await written;
	await rename(partial, file);
	return rows;
}

/**
 * Fills an empty, migrated database from an archive, in one transaction. Answers the number of rows.
 * Throws CommandRefused when the database holds a workspace or the archive is of another time.
 */
export async function restore(sql: Sql, file: string): Promise<number> {
	const [occupied] = await sql.query('select 1 from public.workspaces limit 1');
	if (occupied) throw new CommandRefused('This database already holds a workspace; restore into an empty one (another DATA_DIR or DATABASE_URL).');
	let rows = 0;
	await sql.transaction(async (tx) => {
		const tables = new Map((await tablesOf(tx)).map((table) => [table.name, table]));
		for (const { name } of tables.values()) if (!AUTH_TABLES.includes(name)) await tx.query(`alter table ${name} disable trigger user`);
		let seen = false;
		for await (const { name, text } of entriesOf(file)) {
			if (name === 'manifest.json') {
				await checkManifest(tx, JSON.parse(text) as Manifest);
				seen = true;
				continue;
			}
			if (!seen) throw new CommandRefused(`${file} is not a backup of Plenum.`);
			const table = tables.get(name.slice(0, name.lastIndexOf('/')));
			if (table) rows += await insertRows(tx, table, text);
		}
		if (!seen) throw new CommandRefused(`${file} is not a backup of Plenum.`);
		for (const { name } of tables.values()) if (!AUTH_TABLES.includes(name)) await tx.query(`alter table ${name} enable trigger user`);
		await continueSequences(tx);
	});
	return rows;
}

async function addTable(archive: Pack, tx: Sql, table: Table): Promise<number> {
	let count = 0;
	await tx.query(`declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from ${table.name} t`);
	for (let part = 0; ; part++) {
		const rows = await tx.query<{ row: string }>(`fetch ${ROWS_PER_ENTRY} from backup_rows`);
		if (rows.length === 0) break;
		count += rows.length;
		await addEntry(archive, `${table.name}/${String(part).padStart(6, '0')}.json`, `[${rows.map(({ row }) => row).join(',\n')}]`);
	}
	await tx.query('close backup_rows');
	return count;
}

function addEntry(archive: Pack, name: string, text: string): Promise<void> {
	return new Promise((done, fail) => archive.entry({ name }, text, (error) => (error ? fail(error) : done())));
}

async function insertRows(tx: Sql, table: Table, text: string): Promise<number> {
	const columns = table.columns.map((column) => `"${column}"`).join(', ');
	const inserted = await tx.query(
		`insert into ${table.name} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${table.name}, $1::text::jsonb) returning 1`,
		[text]
	);
	return inserted.length;
}

async function* entriesOf(file: string): AsyncGenerator<{ name: string; text: string }> {
	const reader = extract();
	const reading = pipeline(createReadStream(file), createGunzip(), reader).catch((error: Error) => reader.destroy(error));
	for await (const entry of reader) {
		const chunks: Buffer[] = [];
		for await (const chunk of entry) chunks.push(chunk as Buffer);
		yield { name: entry.header.name, text: Buffer.concat(chunks).toString('utf8') };
	}
	await reading;
}

async function checkManifest(tx: Sql, manifest: Manifest): Promise<void> {
	if (manifest.format !== FORMAT) throw new CommandRefused(`This backup has format ${manifest.format}; this version of Plenum reads format ${FORMAT}.`);
	const known = new Set(await migrationsOf(tx));
	const missing = manifest.migrations.find((version) => !known.has(version));
	if (missing) throw new CommandRefused(`This backup was made by a newer Plenum (${manifest.version}, migration ${missing}); upgrade first.`);
}

async function migrationsOf(tx: Sql): Promise<string[]> {
	return (await tx.query<{ version: string }>('select version from supabase_migrations.schema_migrations order by version')).map(({ version }) => version);
}

/** Tables with the columns that can be written, each after the tables it refers to. */
async function tablesOf(tx: Sql): Promise<Table[]> {
	const rows = await tx.query<{ name: string; columns: string }>(
		`select format('%I.%I', n.nspname, c.relname) as name, string_agg(a.attname, ',' order by a.attnum) as columns
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		where c.relkind = 'r' and (n.nspname = any (string_to_array($1, ',')) or format('%s.%s', n.nspname, c.relname) = any (string_to_array($2, ',')))
		group by 1 order by 1`,
		[SCHEMAS.join(','), AUTH_TABLES.join(',')]
	);
	const references = await tx.query<{ from: string; to: string }>(
		`select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint where contype = 'f' and conrelid <> confrelid`
	);
	const tables = new Map(rows.map(({ name, columns }) => [name, { name, columns: columns.split(',') }]));
	const full = (name: string) => (name.includes('.') ? name : `public.${name}`);
	const ordered: Table[] = [];
	const visited = new Set<string>();
	const visit = (name: string) => {
		const table = tables.get(name);
		if (!table || visited.has(name)) return;
		visited.add(name);
		for (const { from, to } of references) if (full(from) === name) visit(full(to));
		ordered.push(table);
	};
	for (const name of tables.keys()) visit(name);
	return ordered;
}

async function continueSequences(tx: Sql): Promise<void> {
	const identities = await tx.query<{ table: string; column: string }>(
		`select format('%I.%I', n.nspname, c.relname) as "table", a.attname as "column" from pg_attribute a
		join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
		where a.attidentity <> '' and n.nspname = any (string_to_array($1, ','))`,
		[SCHEMAS.join(',')]
	);
	for (const { table, column } of identities) {
		await tx.query(`select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce((select max("${column}") from ${table}), 0) + 1, false)`);
	}
}

/** Removes a half-written archive after a failure. */
export async function discardPartial(file: string): Promise<void> {
	await rm(`${file}.partial`, { force: true });
}
