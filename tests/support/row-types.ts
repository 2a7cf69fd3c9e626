import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Sql } from '../../src/lib/server/sql.ts';
import { isNulled, sourcesOf, type Source } from './view-sources.ts';

/** Where they are kept. */
export const ROWS_FILE = resolve(import.meta.dirname, '../../src/lib/server/rows.ts');

interface Column {
	relation: string;
	isView: boolean;
	id: number;
	position: number;
	name: string;
	type: string;
	isNotNull: boolean;
	/** It has a default, or the database makes it. */
	isFilledIn: boolean;
	mayRead: boolean;
	mayInsert: boolean;
	mayUpdate: boolean;
	/** The words that its check allows. */
	words: string[] | null;
}

interface Relationship {
	relation: string;
	name: string;
	columns: string[];
	isOneToOne: boolean;
	referenced: string;
	referencedColumns: string[];
}

interface Callable {
	name: string;
	isSet: boolean;
	result: string;
	/** `i` an argument, `t` a column of the answer. */
	parts: { mode: 'i' | 't'; name: string; type: string; isOptional: boolean }[];
}

/**
 * What the catalogue cannot know: the words of columns that are computed, and which of them are never, or may be, null. A name that is
 * in no list is an error, so that nothing is said of a column that went.
 */
const SAID: Record<string, string> = {
	'accept_invitation.document_id': 'string | null',
	'document_list.role': `'manager' | 'editor' | 'commenter' | 'viewer'`,
	'trash_list.role': `'manager' | 'editor' | 'commenter' | 'viewer'`,
	'export_list.progress': 'number',
	'export_list.state': `'waiting' | 'running' | 'done' | 'failed'`,
	'invitation_list.agency_name': 'string',
	'invitation_list.state': `'open' | 'used' | 'revoked' | 'expired'`,
	'invitation_preview.document_id': 'string | null',
	'invitation_preview.document_role': `'editor' | 'commenter' | 'viewer' | null`,
	'invitation_preview.document_title': 'string | null',
	'invitation_preview.email': 'string | null',
	'invitation_preview.invited_by': 'string | null',
	'invitation_preview.role': `'owner' | 'secretary' | 'member' | 'guest'`,
	'invitation_preview.state': `'open' | 'used' | 'revoked' | 'expired'`,
	// The kind of notice that there is has both; row level security leaves out those whose document one does not see.
	'notice_list.document_id': 'string',
	'notice_list.document_title': 'string',
	'proposal_list.state': `'open' | 'accepted' | 'declined' | 'withdrawn'`,
	'search_documents.snippet': 'string | null',
	'work_list.kind': `'thread-assigned' | 'proposal-open' | 'shared-unopened' | 'co-draft' | 'lead-draft' | 'invitation-waiting'`,
	'work_list.object_id': 'string',
	'work_list.object_type': `'document' | 'invitation' | 'thread'`,
	'work_list.since': 'string',
	'work_list.title': 'string',
	'work_list.note': 'string'
};

/** The file of types that says what sessions may read, write and call in schema `public`, in the shape that supabase-js wants. */
export async function rowTypes(sql: Sql): Promise<string> {
	const columns = await sql.query<Column>(COLUMNS);
	const relationships = await sql.query<Relationship>(RELATIONSHIPS);
	const callables = await sql.query<Callable>(CALLABLES);
	const sources = await sourcesOf(sql);
	const unsaid = new Set(Object.keys(SAID));
	const said = (place: string) => (unsaid.delete(place), SAID[place]);
	const byId = new Map(columns.map((column) => [`${column.id}.${column.position}`, column]));

	/** The type of a column, for a view that of the column of a table that it shows. */
	const typeOf = (column: Column): { type: string; isNotNull: boolean } => {
		const spoken = said(`${column.relation}.${column.name}`);
		if (spoken) return { type: spoken, isNotNull: true };
		const base = column.words?.map((word) => `'${word}'`).join(' | ') ?? inTypeScript(column.type);
		if (!column.isView) return { type: base, isNotNull: column.isNotNull };
		const shown: Source | undefined = sources.get(`${column.id}.${column.position}`);
		const original = shown && byId.get(`${shown.relation}.${shown.position}`);
		// Of what is computed, answers to questions and numbers are there always: `can_…`, `is_…`, `…_count`.
		if (!original) return { type: base, isNotNull: column.type === 'boolean' || column.type === 'integer' };
		const { type, isNotNull } = typeOf(original);
		return { type, isNotNull: isNotNull && !isNulled(shown) };
	};
	const readable = (column: Column) => {
		const { type, isNotNull } = typeOf(column);
		return `${column.name}: ${type}${isNotNull ? '' : ' | null'}`;
	};
	const writable = (column: Column, isOptional: boolean) => {
		const { type, isNotNull } = typeOf(column);
		return `${column.name}${isOptional ? '?' : ''}: ${type}${isNotNull ? '' : ' | null'}`;
	};
	const relation = ([name, own]: [string, Column[]]) => {
		const row = own.filter(({ mayRead }) => mayRead).map(readable);
		const insert = own
			.filter(({ mayInsert }) => mayInsert)
			.map((column) => writable(column, column.isFilledIn || !column.isNotNull));
		const update = own.filter(({ mayUpdate }) => mayUpdate).map((column) => writable(column, true));
		const [{ isView }] = own;
		const verbs = isView ? '' : `Insert: ${shape(insert)}; Update: ${shape(update)};`;
		return `${name}: { Row: ${shape(row)}; ${verbs} Relationships: [${relationships
			.filter(({ relation }) => relation === name)
			.map(relationship)
			.join(', ')}] }`;
	};
	const callable = ({ name, isSet, result, parts }: Callable) => {
		const input = parts
			.filter(({ mode }) => mode === 'i')
			.map((part) => `${part.name}${part.isOptional ? '?' : ''}: ${inTypeScript(part.type)}${part.isOptional ? ' | null' : ''}`);
		const output = parts
			.filter(({ mode }) => mode === 't')
			.map((part) => `${part.name}: ${said(`${name}.${part.name}`) ?? inTypeScript(part.type)}`);
		const returns = output.length > 0 ? shape(output) : inTypeScript(result);
		return `${name}: { Args: ${input.length > 0 ? shape(input) : 'never'}; Returns: ${returns}${isSet ? '[]' : ''} }`;
	};

	const relations = [...Map.groupBy(columns, (column) => column.relation)].filter(([, own]) =>
		own.some(({ mayRead, mayInsert }) => mayRead || mayInsert)
	);
	const tables = relations.filter(([, [{ isView }]]) => !isView).map(relation);
	const views = relations.filter(([, [{ isView }]]) => isView).map(relation);
	const text = `// Written by \`npm run rows\` from the database after all migrations; supabase/tests/rows.test.ts compares them.

/** What is kept as JSON. */
type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

/** Schema \`public\` as sessions may read, write and call it: \`SupabaseClient<Database>\`. */
export type Database = { public: {
	Tables: ${shape(tables)};
	Views: ${shape(views)};
	Functions: ${shape(callables.map(callable))};
	Enums: ${shape([])};
	CompositeTypes: ${shape([])};
} };`;
	if (unsaid.size > 0) throw new Error(`there is no ${[...unsaid].join(', ')} to say something of`);
	return format(text, { ...(await resolveConfig(ROWS_FILE)), filepath: ROWS_FILE });
}

function relationship({ name, columns, isOneToOne, referenced, referencedColumns }: Relationship): string {
	return `{ foreignKeyName: '${name}'; columns: ${JSON.stringify(columns)}; isOneToOne: ${isOneToOne}; referencedRelation: '${referenced}'; referencedColumns: ${JSON.stringify(referencedColumns)} }`;
}

function shape(fields: readonly string[]): string {
	return fields.length > 0 ? `{ ${fields.join('; ')} }` : '{ [_ in never]: never }';
}

/** The type of a value as PostgREST answers it: times, ids and bytes are strings. */
function inTypeScript(type: string): string {
	if (type.endsWith('[]')) return `${inTypeScript(type.slice(0, -2))}[]`;
	if (/^(smallint|integer|bigint|real|double precision|numeric)$/.test(type)) return 'number';
	if (type === 'boolean') return 'boolean';
	if (type === 'json' || type === 'jsonb') return 'Json';
	return type === 'void' ? 'undefined' : 'string';
}

// A domain counts as what it is made of. Words: of a check `x in ('a', 'b')`, or `x = 'a'`, that stands alone.
const COLUMNS = `
	select c.relname as relation, c.relkind = 'v' as "isView", c.oid::int as id, a.attnum::int as position, a.attname as name,
		format_type(case t.typtype when 'd' then t.typbasetype else t.oid end, null) as type, a.attnotnull as "isNotNull",
		a.atthasdef or a.attidentity <> '' as "isFilledIn",
		has_column_privilege('authenticated', c.oid, a.attnum, 'select') as "mayRead",
		has_column_privilege('authenticated', c.oid, a.attnum, 'insert') and a.attgenerated = '' as "mayInsert",
		has_column_privilege('authenticated', c.oid, a.attnum, 'update') and a.attgenerated = '' as "mayUpdate",
		(select array(select w[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') as w)
			from pg_constraint k
			where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
				and pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(\\w+ = (ANY \\(ARRAY\\[[^]]*\\]\\)|''[^'']+''::text)\\)\\)$'
			order by k.conname limit 1) as words
	from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
	order by c.relname collate "C", a.attname collate "C"`;

const RELATIONSHIPS = `
	select c.relname as relation, k.conname as name, f.relname as referenced,
		array(select a.attname::text from unnest(k.conkey) with ordinality as n (number, nth)
			join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.number order by n.nth) as columns,
		array(select a.attname::text from unnest(k.confkey) with ordinality as n (number, nth)
			join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.number order by n.nth) as "referencedColumns",
		exists (select from pg_constraint u where u.conrelid = k.conrelid and u.contype in ('p', 'u')
			and u.conkey <@ k.conkey) as "isOneToOne"
	from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
	where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and f.relnamespace = 'public'::regnamespace
	order by c.relname collate "C", k.conname collate "C"`;

const CALLABLES = `
	select p.proname as name, p.proretset as "isSet", format_type(p.prorettype, null) as result,
		coalesce((select jsonb_agg(jsonb_build_object('mode', coalesce(p.proargmodes[n.nth], 'i'), 'name', p.proargnames[n.nth],
				'type', format_type(case t.typtype when 'd' then t.typbasetype else t.oid end, null),
				'isOptional', n.nth > p.pronargs - p.pronargdefaults and n.nth <= p.pronargs) order by n.nth)
			from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as n (type, nth)
			join pg_type t on t.oid = n.type), '[]') as parts
	from pg_proc p
	where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
		and p.prorettype <> 'trigger'::regtype
	order by p.proname collate "C"`;
