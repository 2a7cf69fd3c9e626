const MARKS = /\p{M}+/gu;

/**
 * Folds text for searching: lower case, no tone or vowel marks, đ as d. So `uy ban` finds `Ủy ban` and `Uỷ ban`.
 * Positions in the folded text do not match positions in the original.
 */
export function fold(text: string): string {
	return text.normalize('NFD').replace(MARKS, '').replace(/đ/g, 'd').replace(/Đ/g, 'd').toLowerCase();
}
