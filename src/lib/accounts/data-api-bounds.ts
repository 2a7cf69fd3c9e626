/** Our own calls embed one table in another. Tables within tables multiply: eight deep took all memory of the embedded database. */
const DEEPEST_EMBED = 3;
const DEEPEST_CONDITIONS = 3;
const MOST_CONDITIONS = 50;
// Patterns: of 20 characters, one can take an hour of a long text. Words are looked for by search_documents.
const PATTERN = '(?:i?like|i?match|(?:p[lh]|w)?fts)(?:\\([^)]*\\))?\\.';
const IS_PATTERN = new RegExp(`^(?:not\\.)*${PATTERN}`, 'i');
const HAS_PATTERN = new RegExp(`[.,(\\s]${PATTERN}`, 'i');
const IS_CONDITIONS = /(?:^|\.)(?:or|and)$/;

/**
 * What is wrong with the filters of a call of the data API that cost more than a call may, in words; null for what is
 * welcome. The embedded database has one session and no clock that would end a statement.
 */
export function excessOf(query: URLSearchParams): string | null {
	let conditions = 0;
	for (const [name, value] of query) {
		if (name === 'select') {
			if (depthOf(value) > DEEPEST_EMBED) return 'this call embeds more than it may';
			continue;
		}
		const isTree = IS_CONDITIONS.test(name);
		if (isTree && depthOf(value) > DEEPEST_CONDITIONS) return 'the conditions of this call are nested deeper than they may be';
		if (isTree ? HAS_PATTERN.test(value) : IS_PATTERN.test(value))
			return 'this call compares with patterns; ask the function search_documents for words';
		conditions += isTree ? value.split(',').length : 1;
	}
	return conditions > MOST_CONDITIONS ? 'this call has more conditions than it may' : null;
}

function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (const [sign] of text.matchAll(/[()]/g)) deepest = Math.max(deepest, (depth += sign === '(' ? 1 : -1));
	return deepest;
}
