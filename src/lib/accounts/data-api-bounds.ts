/** Our own calls embed one table in another. Tables within tables multiply: eight deep took all memory of the embedded database. */
const DEEPEST_EMBED = 1;
const MOST_EMBEDS = 3;
const MOST_COLUMNS = 100;
/** As `max_rows` of Supabase. */
const MOST_ROWS = 1000;
const DEEPEST_CONDITIONS = 3;
const MOST_CONDITIONS = 50;
// Patterns: of 20 characters, one can take an hour of a long text. Words are looked for by search_documents.
const PATTERN = '(?:i?like|i?match|(?:p[lh]|w)?fts)(?:\\([^)]*\\))?\\.';
const IS_PATTERN = new RegExp(`^(?:not\\.)*${PATTERN}`, 'i');
const HAS_PATTERN = new RegExp(`[.,(\\s]${PATTERN}`, 'i');
const IS_CONDITIONS = /(?:^|\.)(?:or|and)$/;
const QUOTED = /"(?:\\.|[^"\\])*"/gs;
const IS_LIMIT = /(?:^|\.)limit$/;

/**
 * What is wrong with the query of a call of the data API that costs more than a call may, in words; null for what is
 * welcome. The embedded database has one session and no clock that would end a statement.
 */
export function excessOf(query: URLSearchParams): string | null {
	let conditions = 0;
	for (const [name, value] of query) {
		if (name === 'select') {
			const excess = excessOfSelect(value);
			if (excess) return excess;
			continue;
		}
		if (IS_LIMIT.test(name) && !/^\d{1,9}$/.test(value)) return 'this call has a limit that is no number';
		const isTree = IS_CONDITIONS.test(name);
		if (isTree && depthOf(value) > DEEPEST_CONDITIONS) return 'the conditions of this call are nested deeper than they may be';
		if (isTree ? HAS_PATTERN.test(value) : IS_PATTERN.test(value))
			return 'this call compares with patterns; ask the function search_documents for words';
		conditions += isTree ? value.split(',').length : 1;
	}
	return conditions > MOST_CONDITIONS ? 'this call has more conditions than it may' : null;
}

/** The same query, which answers with at most MOST_ROWS rows, of the table and of each table embedded in it. */
export function withRowLimits(query: URLSearchParams): URLSearchParams {
	const limited = new URLSearchParams(query);
	const embedded = partsOf(query.get('select') ?? '').filter(({ inner }) => inner !== null);
	const names = ['limit', ...embedded.filter(({ isSpread }) => !isSpread).map(({ name }) => `${name}.limit`)];
	for (const name of names) limited.set(name, String(Math.min(Number(query.get(name) ?? MOST_ROWS), MOST_ROWS)));
	return limited;
}

/** The same value of a Range header, over at most MOST_ROWS rows. */
export function withFewRows(range: string): string {
	const [, from, to] = /^(?:items=)?(\d{1,9})-(\d*)$/.exec(range.trim()) ?? [];
	if (from === undefined) return `0-${MOST_ROWS - 1}`;
	return `${from}-${Math.min(to ? Number(to) : Infinity, Number(from) + MOST_ROWS - 1)}`;
}

/** The same value of a Prefer header, by which a call that would change or delete more than `most` rows is refused before it does. */
export function withFewTouched(prefer: string | null, most: number): string {
	const wishes = (prefer ?? '').split(',').map((wish) => wish.trim());
	const least = wishes.map((wish) => Number(/^max-affected=(\d+)$/.exec(wish)?.[1] ?? most));
	const others = wishes.filter((wish) => wish !== '' && !/^(?:handling|max-affected)\s*=/.test(wish));
	return [...others, 'handling=strict', `max-affected=${Math.min(most, ...least)}`].join(', ');
}

// The same column under a thousand names made 157 MB of a list, and held the process up for ten seconds.
function excessOfSelect(select: string): string | null {
	if (select.includes('"')) return 'this call names columns in quotation marks';
	if (depthOf(select) > DEEPEST_EMBED) return 'this call embeds more than it may';
	const parts = partsOf(select);
	const embedded = parts.filter(({ inner }) => inner !== null);
	if (embedded.length > MOST_EMBEDS) return 'this call embeds more than it may';
	const levels = [parts.filter(({ inner }) => inner === null), ...embedded.map(({ inner }) => partsOf(inner!))];
	if (levels.flat().length > MOST_COLUMNS) return 'this call asks for more columns than it may';
	const isTwice = levels.some((level) => new Set(level.map(({ column }) => column)).size < level.length);
	return isTwice ? 'this call asks for a column twice' : null;
}

interface Part {
	/** Under which it is in the answer. */
	name: string;
	column: string;
	isSpread: boolean;
	/** What is asked for of an embedded table; null of a column. */
	inner: string | null;
}

/** What stands between the commas of a `select`: `alias:column::type`, or `...alias:table!hint(columns)`. */
function partsOf(select: string): Part[] {
	return select.split(/,(?![^(]*\))/).map((text) => {
		const [, spread, alias, column, rest] = /^\s*(\.\.\.)?(?:([^:()]*):(?!:))?([^:!()]*)(.*)$/s.exec(text)!;
		const inner = /\((.*)\)/s.exec(rest)?.[1] ?? null;
		return { name: (alias ?? column).trim(), column: column.trim(), isSpread: spread !== undefined, inner };
	});
}

function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (const [sign] of text.replace(QUOTED, '').matchAll(/[()]/g)) deepest = Math.max(deepest, (depth += sign === '(' ? 1 : -1));
	return deepest;
}
