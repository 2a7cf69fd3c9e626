import { categoryOf, type Row } from './comparison.ts';

/** Rows that follow one another and are the same, as one line. */
export interface Fold {
	/** Of the first of them. */
	uid: string;
	count: number;
	/** Citations of the first and last of them; '' where nothing is numbered. */
	first: string;
	last: string;
}

/** What a page lists: a row, or a fold in place of rows that are the same. */
export type Listed = { row: Row } | { fold: Fold };

/** Rows with those folded that are the same, but for the stretches that were opened. */
export function foldRows(rows: readonly Row[], opened: ReadonlySet<string> = new Set()): Listed[] {
	const listed: Listed[] = [];
	for (let at = 0; at < rows.length;) {
		if (categoryOf(rows[at]) !== 'same') {
			listed.push({ row: rows[at++] });
			continue;
		}
		const start = at;
		while (at < rows.length && categoryOf(rows[at]) === 'same') at++;
		const stretch = rows.slice(start, at);
		if (opened.has(stretch[0].uid)) listed.push(...stretch.map((row) => ({ row })));
		else listed.push({ fold: foldOf(stretch) });
	}
	return listed;
}

function foldOf(rows: readonly Row[]): Fold {
	const numbers = rows.map(({ after }) => after!.number || after!.within).filter(Boolean);
	return { uid: rows[0].uid, count: rows.length, first: numbers[0] ?? '', last: numbers.at(-1) ?? '' };
}
