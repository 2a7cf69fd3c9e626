/** What one person made of a passage in one stretch of edits. Times in milliseconds since 1970. */
export interface Edit {
	uid: string;
	person: string | null;
	first: number;
	last: number;
	number: string;
	/** How it was cited before it was moved; '' where it was not. */
	from: string;
	before: string;
	after: string;
}

/** The last row of a passage. */
export interface LastRow {
	id: number;
	person: string | null;
	began: number;
	number: string;
	from: string;
	before: string;
	after: string;
}

/** What is to be done with an edit: a row of its own, the last row become another, or be taken out since it says nothing any more. */
export type Coalesced<E extends Edit> =
	| { act: 'insert'; edit: E }
	| { act: 'update'; id: number; from: string; edit: E }
	| { act: 'drop'; id: number }
	| { act: 'nothing' };

const TOGETHER_MS = 10 * 60_000;

/**
 * A row holds what one person made of a passage within ten minutes from when they began; somebody else's row in between ends
 * it. What is again as it was before leaves no row.
 */
export function coalesce<E extends Edit>(edit: E, last: LastRow | null): Coalesced<E> {
	if (!last || last.person !== edit.person || edit.first >= last.began + TOGETHER_MS)
		return saysNothing(edit.before, edit.after, edit.from, edit.number) ? { act: 'nothing' } : { act: 'insert', edit };
	const from = last.from || edit.from;
	if (saysNothing(last.before, edit.after, from, edit.number)) return { act: 'drop', id: last.id };
	return { act: 'update', id: last.id, from: from === edit.number ? '' : from, edit };
}

function saysNothing(before: string, after: string, from: string, number: string): boolean {
	return before === after && (from === '' || from === number);
}
