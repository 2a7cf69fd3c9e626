import { cellsOfOne, compareCells, wordsOfCells } from './cells.ts';
import type { Row, RowKind, Side, Word } from './comparison.ts';
import { unmoved } from './order.ts';
import type { Pair, Pairing } from './pairs.ts';
import type { Passage } from './passages.ts';
import { tokensOfBoth, type Piece } from './pieces.ts';
import { areSame, compareWords } from './words.ts';

/** The rows of a comparison, in the order of the later text; what is only in the earlier one behind what it stood behind there. */
export function rowsOf(pairing: Pairing): Row[] {
	const { after, pairs } = pairing;
	const stayed = unmoved(pairs);
	const counterparts = new Map(pairs.map(({ was, is }) => [was.uid, is.uid]));
	const counterpart = (uid: string) => counterparts.get(uid) ?? null;
	const byAfter = new Map(pairs.map((pair) => [firstOf(pair, 'after'), pair]));
	const gone = goneBehind(pairing, stayed);
	const rows: Row[] = [...(gone.get(-1) ?? [])];
	for (const [place, passage] of after.entries()) {
		const pair = byAfter.get(place);
		if (pair) rows.push(pairedRow(pair, pairing, !stayed.has(pair), counterpart));
		else if (pairing.isFree('after', place)) rows.push(rowOfOne('new', passage));
		rows.push(...(gone.get(place) ?? []));
	}
	return rows;
}

/** What was deleted, by the place of the later text behind which it is shown; -1 in front of all. */
function goneBehind(pairing: Pairing, stayed: ReadonlySet<Pair>): Map<number, Row[]> {
	const behind = new Map<number, number>();
	for (const pair of stayed) for (const place of placesOf(pair, 'before')) behind.set(place, lastOf(pair, 'after'));
	const found = new Map<number, Row[]>();
	let last = -1;
	for (const [place, passage] of pairing.before.entries()) {
		last = behind.get(place) ?? last;
		if (!pairing.isFree('before', place)) continue;
		const rows = found.get(last) ?? [];
		found.set(last, [...rows, rowOfOne('deleted', passage)]);
	}
	return found;
}

function pairedRow(pair: Pair, { before, after }: Pairing, moved: boolean, counterpart: (uid: string) => string | null): Row {
	const { was, is, divided } = pair;
	const old = placesOf(pair, 'before').map((place) => before[place]);
	const now = placesOf(pair, 'after').map((place) => after[place]);
	const [sideBefore, sideAfter] = [sideOf(old), sideOf(now)];
	const cells = was.cells && is.cells ? compareCells(was.cells, is.cells, counterpart) : undefined;
	const words =
		(cells && wordsOfCells(cells, sideBefore.text, sideAfter.text)) ??
		wordsOf(linesOf(old), linesOf(now), counterpart, sideBefore.text, sideAfter.text);
	const isOtherPicture = was.picture !== is.picture;
	return {
		kind: divided?.kind ?? (areSame(words) && !isOtherPicture ? 'same' : 'changed'),
		moved,
		renumbered: old[0].ownNumber !== now[0].ownNumber,
		uid: is.uid,
		before: sideBefore,
		after: sideAfter,
		words: isOtherPicture ? replaced(sideBefore.text, sideAfter.text) : words,
		...(cells && { cells })
	};
}

function wordsOf(
	before: readonly Piece[],
	after: readonly Piece[],
	counterpart: (uid: string) => string | null,
	was: string,
	is: string
): Word[] {
	if (was === is) return was === '' ? [] : [['same', was]];
	return compareWords(...tokensOfBoth(before, after, counterpart));
}

function replaced(was: string, is: string): Word[] {
	return [
		['removed', was],
		['added', is]
	];
}

function rowOfOne(kind: RowKind & ('new' | 'deleted'), passage: Passage): Row {
	const op = kind === 'new' ? 'added' : 'removed';
	const side = sideOf([passage]);
	return {
		kind,
		moved: false,
		renumbered: false,
		uid: passage.uid,
		before: kind === 'new' ? null : side,
		after: kind === 'new' ? side : null,
		words: side.text === '' ? [] : [[op, side.text]],
		...(passage.cells && { cells: cellsOfOne(passage.cells, op) })
	};
}

/** One passage, or several that are one row. */
function sideOf(passages: readonly Passage[]): Side {
	const [first] = passages;
	const side: Side = {
		uid: first.uid,
		type: first.type,
		number: first.number,
		within: first.within,
		label: first.label,
		titled: first.titled,
		text: passages.map(({ text }) => text).join('\n')
	};
	if (passages.length === 1) return side;
	const numbered = passages.filter(({ number }) => number !== '');
	const last = numbered.at(-1);
	if (last && numbered.length > 1) {
		const others = numbered.slice(0, -1).map(({ short }) => short);
		side.number = `${others.join(', ')} và ${last.number}`;
	}
	return { ...side, parts: passages.map(({ uid, label, text }) => ({ uid, label, text })) };
}

function linesOf(passages: readonly Passage[]): Piece[] {
	return passages.flatMap(({ pieces }, nth) => (nth === 0 ? pieces : [{ text: '\n', target: null }, ...pieces]));
}

function placesOf({ divided, ...pair }: Pair, side: 'before' | 'after'): number[] {
	const isDivided = divided && (divided.kind === 'split') === (side === 'after');
	return isDivided ? divided.places : [pair[side]];
}

function firstOf(pair: Pair, side: 'before' | 'after'): number {
	return placesOf(pair, side)[0];
}

function lastOf(pair: Pair, side: 'before' | 'after'): number {
	return placesOf(pair, side).at(-1)!;
}
