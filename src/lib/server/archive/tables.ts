import type { Sql } from '../sql.ts';

const SCHEMAS = ['public'];
/** Accounts travel with their password hashes; sessions do not, so everybody signs in again after a restore. */
export const AUTH_TABLES = ['auth.users', 'auth.identities'];

export interface Table {
	/** With its schema. */
	name: string;
	/** Those that can be written. */
	columns: string[];
	/** Those of them that hold bytes. */
	bytes: string[];
	/** An SQL expression over a row `t`: about how many bytes it has as JSON. Reads no value that is stored out of line. */
	weight: string;
}

/** The tables of an installation, each after the tables it refers to. */
export async function tablesOf(tx: Sql): Promise<Table[]> {
	const rows = await tx.query<{ name: string; columns: string; bytes: string | null; weight: string }>(
		`select format('%I.%I', n.nspname, c.relname) as name, string_agg(a.attname, ',' order by a.attnum) as columns,
			string_agg(a.attname, ',') filter (where a.atttypid = 'bytea'::regtype) as bytes,
			string_agg(format(case a.atttypid when 'bytea'::regtype then 'coalesce(2 * octet_length(t.%1$I), 0)'
				when 'text'::regtype then 'coalesce(octet_length(t.%1$I), 0)' else 'coalesce(pg_column_size(t.%1$I), 0)' end, a.attname), ' + ') as weight
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		where c.relkind = 'r' and (n.nspname = any (string_to_array($1, ',')) or format('%s.%s', n.nspname, c.relname) = any (string_to_array($2, ',')))
		group by 1 order by 1`,
		[SCHEMAS.join(','), AUTH_TABLES.join(',')]
	);
	const references = await tx.query<{ from: string; to: string }>(
		`select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint where contype = 'f' and conrelid <> confrelid`
	);
	const tables = new Map(
		rows.map(({ name, columns, bytes, weight }) => [
			name,
			{ name, columns: columns.split(','), bytes: bytes?.split(',') ?? [], weight }
		])
	);
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

/** Lets new rows go on counting after those that a restore has written. */
export async function continueSequences(tx: Sql): Promise<void> {
	const identities = await tx.query<{ table: string; column: string }>(
		`select format('%I.%I', n.nspname, c.relname) as "table", a.attname as "column" from pg_attribute a
		join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
		where a.attidentity <> '' and n.nspname = any (string_to_array($1, ','))`,
		[SCHEMAS.join(',')]
	);
	for (const { table, column } of identities) {
		await tx.query(
			`select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce((select max("${column}") from ${table}), 0) + 1, false)`
		);
	}
}
