/** A folded text and where each of its characters came from. */
export interface FoldedText {
	text: string;
	/** For each UTF-16 index of `text`, the index in the original; one more entry holds the original's length. */
	map: number[];
}

const MARKS = /\p{M}/gu;
const IS_ASCII = /^[\0-\x7f]*$/;

/**
 * The text without case and without diacritics, for search: `ủy ban`, `Uỷ ban` and their decomposed forms all give
 * `uy ban`. Every character folds to at most one, so lengths never grow. Other marks and signs stay.
 */
export function fold(text: string): string {
	if (IS_ASCII.test(text)) return text.toLowerCase();
	return text.normalize('NFD').replace(MARKS, '').replace(/[đĐ]/g, 'd').toLowerCase().normalize('NFC');
}

/** The same, with the way back to the original: for find and replace. A base letter carries its marks with it. */
export function foldWithMap(text: string): FoldedText {
	let folded = '';
	const map: number[] = [];
	let index = 0;
	for (const character of text) {
		const plain = foldCharacter(character);
		for (let at = 0; at < plain.length; at++) map.push(index);
		folded += plain;
		index += character.length;
	}
	map.push(text.length);
	return { text: folded, map };
}

/** Where `needle` (folded here) occurs in a folded text, as ranges of the original; matches do not overlap. */
export function findFolded(haystack: FoldedText, needle: string): { from: number; to: number }[] {
	const wanted = fold(needle);
	const found: { from: number; to: number }[] = [];
	if (!wanted) return found;
	let at = haystack.text.indexOf(wanted);
	while (at >= 0) {
		const end = at + wanted.length;
		found.push({ from: haystack.map[at] as number, to: haystack.map[end] as number });
		at = haystack.text.indexOf(wanted, end);
	}
	return found;
}

const KNOWN = new Map<string, string>();

function foldCharacter(character: string): string {
	const known = KNOWN.get(character);
	if (known !== undefined) return known;
	const plain = fold(character);
	if (KNOWN.size < 4096) KNOWN.set(character, plain);
	return plain;
}
