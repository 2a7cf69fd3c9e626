/**
 * What comparing two texts says: the same for pages, programs and Word. Rows stand in the order of the later text; what is only
 * in the earlier one stands behind what it stood behind there.
 */

/**
 * A stretch of words: both have it, only the later has it, only the earlier had it; or a reference to the same provision that
 * prints another number by now, which is no change of the text: `['renumbered', before, after]`.
 */
export type Word = ['same' | 'added' | 'removed', string] | ['renumbered', string, string];

/** What became of a passage. Of `split` one passage became several, of `joined` several became one. */
export type RowKind = 'same' | 'changed' | 'new' | 'deleted' | 'split' | 'joined';

/** What a passage is. */
export type PassageType =
	| 'field'
	| 'legal-basis'
	| 'enacting-line'
	| 'provision'
	| 'paragraph'
	| 'list-item'
	| 'recipient'
	| 'appendix'
	| 'table-row'
	| 'picture';

/** One side of a row. */
export interface Side {
	uid: string;
	type: PassageType;
	/** As it is cited: `điểm b khoản 1 Điều 20`; '' for what has no number. */
	number: string;
	/** The citation of the provision that it stands in; '' in front of the first. */
	within: string;
	/** As printed in front of the text: `b)`, `Điều 20.`. */
	label: string;
	/** Whether it is set as a title. */
	titled: boolean;
	/** Without its label; a line break is `\n`, a footnote stands in brackets, cells are separated by ` | `. */
	text: string;
	/** What it consists of where a row has several passages on this side. */
	parts?: { uid: string; label: string; text: string }[];
}

/** A cell of a row of a table, in the order of the columns. */
export interface CellChange {
	words: Word[];
}

/** A passage of one text beside that of the other. */
export interface Row {
	kind: RowKind;
	/** It stands elsewhere among the others. */
	moved: boolean;
	/** The number that it has itself is another: `khoản 2` is `khoản 3`. Not said of what is within it. */
	renumbered: boolean;
	/** Of the later text, of the earlier one where there is none. */
	uid: string;
	before: Side | null;
	after: Side | null;
	/** Without `added` they are the earlier text, without `removed` the later one. */
	words: Word[];
	/** Of a row of a table: the same, cell by cell. */
	cells?: CellChange[];
}

/** In which one of these a row is counted: by its kind; one whose words are the same as `moved`, else as `renumbered`. */
export type Category = RowKind | 'moved' | 'renumbered';

const CATEGORIES = ['changed', 'new', 'deleted', 'moved', 'split', 'joined', 'renumbered', 'same'] as const;

/** How many rows there are of each; each row counts once. */
export type Counts = Record<Category, number>;

/** How long a text is. */
export interface Extent {
	articles: number;
	provisions: number;
}

export interface Comparison {
	rows: Row[];
	counts: Counts;
	before: Extent;
	after: Extent;
}

/** Where a row is counted. */
export function categoryOf({ kind, moved, renumbered }: Pick<Row, 'kind' | 'moved' | 'renumbered'>): Category {
	if (kind !== 'same') return kind;
	return moved ? 'moved' : renumbered ? 'renumbered' : 'same';
}

/** Counts rows. */
export function countRows(rows: readonly Row[]): Counts {
	const counts = Object.fromEntries(CATEGORIES.map((category) => [category, 0])) as Counts;
	for (const row of rows) counts[categoryOf(row)]++;
	return counts;
}
