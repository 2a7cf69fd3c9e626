/** Why a row of a comparison was changed, as it was worded last. */
export interface Explanation {
	/** Of the row. */
	uid: string;
	text: string;
	/** Counts its wordings. */
	revision: number;
	/** Name and agency of that day. */
	by: { name: string; agency: string };
	writtenAt: string;
}

/** How many rows are explained. */
export function countExplained(explanations: Iterable<Pick<Explanation, 'text'>>): number {
	return [...explanations].filter(({ text }) => text.trim() !== '').length;
}
