import type { CellChange, Word } from './comparison.ts';
import { textOfPieces, tokensOfBoth, type Piece } from './pieces.ts';
import { compareWords, textOf } from './words.ts';

type Cells = ReadonlyMap<string, Piece[]>;
const NOTHING: Piece[] = [];

/**
 * A row of a table, cell by cell: cells of the same column together, a column that only one text has beside the one that it
 * stands beside there.
 */
export function compareCells(before: Cells, after: Cells, counterpart: (uid: string) => string | null): CellChange[] {
	const [was, is] = doShare(before, after) ? [before, after] : [byPlace(before), byPlace(after)];
	return columnsOf([...was.keys()], [...is.keys()]).map((column) => {
		const [own, other] = [was.get(column) ?? NOTHING, is.get(column) ?? NOTHING];
		return { words: compareWords(...tokensOfBoth(own, other, counterpart)) };
	});
}

/**
 * The words of all cells with what stands between them, as long as they are the texts of both sides: of columns that changed
 * their order they are not.
 */
export function wordsOfCells(cells: readonly CellChange[], before: string, after: string): Word[] | null {
	const words = cells.flatMap((cell, nth): Word[] => (nth === 0 ? cell.words : [['same', ' | '], ...cell.words]));
	return textOf(words, 'before') === before && textOf(words, 'after') === after ? joined(words) : null;
}

function joined(words: readonly Word[]): Word[] {
	const found: Word[] = [];
	for (const word of words) {
		const last = found.at(-1);
		if (last && last[0] === word[0] && word[0] !== 'renumbered') last[1] += word[1];
		else found.push([...word] as Word);
	}
	return found;
}

function columnsOf(before: readonly string[], after: readonly string[]): string[] {
	const columns = [...after];
	for (const [nth, column] of before.entries()) {
		if (columns.includes(column)) continue;
		columns.splice(nth === 0 ? 0 : columns.indexOf(before[nth - 1]) + 1, 0, column);
	}
	return columns;
}

function doShare(before: Cells, after: Cells): boolean {
	return [...before.keys()].some((column) => after.has(column));
}

function byPlace(cells: Cells): Cells {
	return new Map([...cells.values()].map((pieces, nth) => [`#${nth}`, pieces]));
}

/** The cells of a row that only one text has. */
export function cellsOfOne(cells: Cells, op: 'added' | 'removed'): CellChange[] {
	return [...cells.values()].map((pieces) => {
		const text = textOfPieces(pieces);
		return { words: text === '' ? [] : [[op, text]] };
	});
}
