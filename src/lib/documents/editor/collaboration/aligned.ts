/** Text that has to be put into another, in front of the letter at `at`. */
export interface Insertion {
	at: number;
	text: string;
	/** Where each of its letters is in the text that it comes from. */
	from: number[];
}

/** Beyond this many comparisons the middle of two texts is not aligned letter by letter. */
const COMPARISONS_MAX = 4_000_000;
/** A letter of mine may stand in the copy by chance; those of others are the better guide. */
const WEIGHT_OTHERS = 2;
const WEIGHT_MINE = 1;

/**
 * What of `mine` the copy lacks, and where it belongs. `text` is a block as I had it, `mine` marks its letters (UTF-16
 * units) that may be missing; `copy` is the same block as a colleague knew it. With `mayBeThere` a letter of mine that
 * the copy has at its place is not missing. `matched` counts the other letters that both have.
 */
export function alignTyping(text: string, mine: readonly boolean[], copy: string, mayBeThere: boolean): { missing: Insertion[]; matched: number } {
	const isSame = (nth: number, other: number) => text[nth] === copy[other] && (mayBeThere || !mine[nth]);
	let start = 0;
	while (start < text.length && start < copy.length && isSame(start, start)) start++;
	let end = 0;
	while (end < Math.min(text.length, copy.length) - start && isSame(text.length - 1 - end, copy.length - 1 - end)) end++;
	const pairs = pairUp(isSame, mine, start, text.length - end, copy.length - end);
	const missing: Insertion[] = [];
	let matched = mine.filter((isMine, nth) => !isMine && (nth < start || nth >= text.length - end)).length;
	let at = start;
	for (let nth = start; nth < text.length - end; nth++) {
		const pair = pairs.get(nth);
		if (pair !== undefined) {
			at = pair + 1;
			if (!mine[nth]) matched++;
		} else if (mine[nth]) {
			const last = missing.at(-1);
			if (last?.at === at) {
				last.text += text[nth];
				last.from.push(nth);
			} else missing.push({ at, text: text[nth], from: [nth] });
		}
	}
	return { missing, matched };
}

/** The heaviest common subsequence of the two middles, as pairs of positions. */
function pairUp(
	isSame: (nth: number, other: number) => boolean,
	mine: readonly boolean[],
	start: number,
	textEnd: number,
	copyEnd: number
): Map<number, number> {
	const pairs = new Map<number, number>();
	const rows = textEnd - start;
	const columns = copyEnd - start;
	if (rows * columns === 0 || rows * columns > COMPARISONS_MAX) return pairs;
	const best = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
	for (let row = rows - 1; row >= 0; row--) {
		const weight = mine[start + row] ? WEIGHT_MINE : WEIGHT_OTHERS;
		for (let column = columns - 1; column >= 0; column--) {
			const apart = Math.max(best[row + 1][column], best[row][column + 1]);
			const pair = isSame(start + row, start + column);
			best[row][column] = pair ? Math.max(apart, best[row + 1][column + 1] + weight) : apart;
		}
	}
	let column = 0;
	for (let row = 0; row < rows && column < columns; ) {
		if (best[row][column] === best[row + 1][column]) row++;
		else if (best[row][column] === best[row][column + 1]) column++;
		else pairs.set(start + row++, start + column++);
	}
	return pairs;
}
