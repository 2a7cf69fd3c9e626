import type { Sql } from '../../src/lib/server/sql.ts';

/** Which column of a table or view a column of a view shows as it is. */
export interface Source {
	/** The relation's oid. */
	relation: number;
	position: number;
	/** What Postgres says of the outer joins that may leave it empty: `(b)` for none. */
	nulledBy: string;
}

/** True where an outer join may leave the column empty. */
export function isNulled({ nulledBy }: Source): boolean {
	return nulledBy !== '(b)';
}

/** By `oid.position` of the columns of all views of schema `public`; what is computed is not among them. */
export async function sourcesOf(sql: Sql): Promise<Map<string, Source>> {
	const views = await sql.query<{ id: number; tree: string }>(`
		select c.oid::int as id, r.ev_action::text as tree from pg_rewrite r join pg_class c on c.oid = r.ev_class
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'`);
	return new Map(views.flatMap(({ id, tree }) => entriesOf(tree).map(([position, source]) => [`${id}.${position}`, source])));
}

/** The columns in the parse tree of a view that are columns of others; only those of its own list, not of queries inside it. */
function entriesOf(tree: string): [position: number, source: Source][] {
	return ownEntries(tree).flatMap((entry) => {
		const [, nulledBy] = /^\{TARGETENTRY :expr \{VAR [^{}]*?:varnullingrels (\(b[^)]*\))/.exec(entry) ?? [];
		const [, position, relation, column] =
			/ :resno (\d+) :resname \S+ :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+) :resjunk false\}$/.exec(entry) ?? [];
		if (!nulledBy || !position || relation === '0') return [];
		return [[Number(position), { nulledBy, relation: Number(relation), position: Number(column) }]];
	});
}

/** The nodes `{…}` of the list `:targetList` of the outermost query. Braces in names and constants are escaped by a backslash. */
function ownEntries(tree: string): string[] {
	const entries: string[] = [];
	let depth = 0;
	let isInList = false;
	let began = 0;
	for (let at = 0; at < tree.length; at++) {
		if (tree[at] === '\\') at++;
		else if (tree[at] === '{' && depth++ === 1) began = at;
		else if (tree[at] === '}' && --depth === 1 && isInList) entries.push(tree.slice(began, at + 1));
		else if (depth === 1 && tree[at] === ':') isInList = tree.startsWith(':targetList ', at);
	}
	return entries;
}
