import { findFolded, foldWithMap } from '../../base/fold.ts';

export interface Piece {
	text: string;
	/** Part of what was searched for. */
	hit: boolean;
}

/** The text in pieces, with every occurrence of the query (or, without one, of each of its words) marked, diacritics folded. */
export function highlight(text: string, query: string): Piece[] {
	const folded = foldWithMap(text);
	const find = (words: string) => findFolded(folded, words).filter(({ from }) => beginsWord(text, from));
	let ranges = find(query.trim());
	if (ranges.length === 0) {
		ranges = query
			.split(/[^\p{L}\p{M}\p{N}]+/u)
			.filter((word) => word.length > 1)
			.flatMap(find)
			.sort((a, b) => a.from - b.from);
	}
	const pieces: Piece[] = [];
	let at = 0;
	for (const { from, to } of ranges) {
		if (from < at) continue;
		if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
		pieces.push({ text: text.slice(from, to), hit: true });
		at = to;
	}
	if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
	return pieces;
}

/** A snippet on one line, without the halves of words beside the … where it was cut. */
export function tidySnippet(snippet: string): string {
	return snippet
		.replace(/\s+/g, ' ')
		.replace(/^…\S*\s/, '…')
		.replace(/\s\S*…$/, '…')
		.trim();
}

function beginsWord(text: string, at: number): boolean {
	return at === 0 || !/[\p{L}\p{M}\p{N}]/u.test(text[at - 1]);
}
