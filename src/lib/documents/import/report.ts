import type { Level } from '../../text/levels.ts';

/**
 * Why the importer is not sure of a block. `sequence`: looks like a number but does not continue a count. `start`,
 * `gap`, `restart`: taken as structure although its count begins late, skips or starts again; its printed number was
 * kept. `decimal`: `1.1`, `1)`, `(i)`: a level that the layouts do not have. `quoted`: inside a quotation, as in a law that amends
 * another. `continuation`: may belong to the line before. `outside`: in the header or after the end, in no field.
 * `picture`: a picture that could not be taken over.
 */
const DOUBTS = ['sequence', 'start', 'gap', 'restart', 'decimal', 'quoted', 'continuation', 'outside', 'picture'] as const;

export type Doubt = (typeof DOUBTS)[number];

export interface Unsure {
	/** Place among the top-level blocks of the imported document. */
	block: number;
	/** The beginning of its text. */
	text: string;
	reason: Doubt;
}

/** What an import found. */
export interface ImportReport {
	counts: Record<Level | 'legalBasis' | 'appendix' | 'paragraph' | 'table' | 'image', number>;
	unsure: Unsure[];
	/** Words of the source that are not in the text because the layout prints them itself: the national title, rules. */
	printed: string[];
}

/** A report of nothing. */
export function emptyReport(): ImportReport {
	return {
		counts: {
			part: 0,
			chapter: 0,
			section: 0,
			subsection: 0,
			article: 0,
			clause: 0,
			point: 0,
			indent: 0,
			legalBasis: 0,
			appendix: 0,
			paragraph: 0,
			table: 0,
			image: 0
		},
		unsure: [],
		printed: []
	};
}
