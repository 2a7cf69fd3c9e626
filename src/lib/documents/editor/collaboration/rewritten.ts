import * as Y from 'yjs';
import { ById } from './by-id.ts';
import { type Moved, noteMove } from './moves.ts';

/** Stands for an inline element, a reference or a footnote, among letters. */
const ELEMENT = '\ufffc';
/** Of more pieces than this, before and after multiplied, only those that are there again as a whole are found. */
const PAIRS_MAX = 250_000;
/** What is left over of a piece that was written anew in part is looked for elsewhere only when it is this long. */
const REST_MIN = 4;

/** A letter (UTF-16 unit) of a block, or an inline element of it. */
export interface Unit {
	letter: string;
	id: Y.ID;
}

/** Units that stand side by side, and the uid of their block. */
interface Piece {
	uid: unknown;
	text: string;
	ids: Y.ID[];
}

/** The letters and inline elements of a block that are not deleted, in order. */
export function unitsOf(block: Y.XmlElement): Unit[] {
	const units: Unit[] = [];
	for (let item = block._start; item; item = item.right) {
		if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
		const { type } = item.content;
		if (type instanceof Y.XmlText) readText(type, units);
		else if (type instanceof Y.XmlElement && type._start) units.push(...unitsOf(type));
		else units.push({ letter: ELEMENT, id: item.id });
	}
	return units;
}

/**
 * Notes what `write` deletes in some blocks of the body and writes word for word into others. Call it in a transaction.
 * `written` are the blocks that may have got it, asked for afterwards. What `write` answers it knows to be so.
 */
export function notingMoves(ydoc: Y.Doc, blocks: readonly Y.XmlElement[], write: () => Moved[], written: () => Iterable<Y.XmlElement>): void {
	const since = Y.getState(ydoc.store, ydoc.clientID);
	const before = blocks.map((block) => ({ uid: block.getAttribute('uid'), units: unitsOf(block) }));
	const known = write();
	const from = new ById<true>();
	for (const letter of known) from.set(letter.from, true);
	const isGone = ({ id }: Unit) => Y.getItem(ydoc.store, id).deleted && !from.get(id);
	const gone = before.flatMap(({ uid, units }) => piecesOf(units, uid, isGone));
	if (gone.length === 0 && known.length === 0) return;
	const knownNow = new Set(known.map(({ now }) => now));
	const isNew = ({ id: { client, clock } }: Unit) => client === ydoc.clientID && clock >= since && !knownNow.has(clock);
	const made = Array.from(written(), (block) => piecesOf(unitsOf(block), block.getAttribute('uid'), isNew)).flat();
	const writers = new Set(before.flatMap(({ units }) => units.map(({ id }) => id.client)));
	noteMove(ydoc, since, [...known, ...matchPieces(gone, made)], writers);
}

/** Which of the units that are gone are there again. */
function matchPieces(gone: Piece[], made: Piece[]): Moved[] {
	const moved: Moved[] = [];
	const isSmall = gone.length * made.length <= PAIRS_MAX;
	for (let piece = made.shift(); piece; piece = made.shift()) {
		const match = findMatch(gone, piece, isSmall);
		if (!match) continue;
		const { source, at, from, length } = match;
		for (let nth = 0; nth < length; nth++) moved.push({ from: source.ids[at + nth], now: piece.ids[from + nth].clock });
		gone.splice(gone.indexOf(source), 1, ...around(source, at, length));
		made.unshift(...around(piece, from, length).filter(({ text }) => text.length >= REST_MIN));
	}
	return moved;
}

/** A piece that has all of the text, best that of the same provision, best as a whole or at its end; or that is in it. */
function findMatch(
	gone: readonly Piece[],
	{ uid, text }: Piece,
	alsoParts: boolean
): { source: Piece; at: number; from: number; length: number } | null {
	const sources = uid ? [...gone.filter((source) => source.uid === uid), ...gone] : gone;
	const partly = alsoParts ? sources : [];
	const whole =
		sources.find((source) => source.text === text) ??
		partly.find((source) => source.text.endsWith(text)) ??
		partly.find((source) => source.text.includes(text));
	if (whole) return { source: whole, at: whole.text.lastIndexOf(text), from: 0, length: text.length };
	const part = partly.find((source) => source.text.length >= REST_MIN && text.includes(source.text));
	return part ? { source: part, at: 0, from: text.indexOf(part.text), length: part.text.length } : null;
}

/** What of a piece is before and behind a part of it. */
function around({ uid, text, ids }: Piece, at: number, length: number): Piece[] {
	const before = { uid, text: text.slice(0, at), ids: ids.slice(0, at) };
	const behind = { uid, text: text.slice(at + length), ids: ids.slice(at + length) };
	return [before, behind].filter((piece) => piece.text.length > 0);
}

function piecesOf(units: readonly Unit[], uid: unknown, isWanted: (unit: Unit) => boolean): Piece[] {
	const pieces: Piece[] = [];
	let isInside = false;
	for (const unit of units) {
		const wanted = isWanted(unit);
		if (wanted && !isInside) pieces.push({ uid, text: '', ids: [] });
		isInside = wanted;
		if (!wanted) continue;
		const piece = pieces.at(-1)!;
		piece.text += unit.letter;
		piece.ids.push(unit.id);
	}
	return pieces;
}

function readText(text: Y.XmlText, units: Unit[]): void {
	for (let item = text._start; item; item = item.right) if (!item.deleted) readLetters(item, units);
}

/** The letters of an item of a text; none when it is something else. */
export function readLetters({ id: { client, clock }, content }: Y.Item, units: Unit[]): void {
	if (!(content instanceof Y.ContentString)) return;
	const { str } = content;
	for (let unit = 0; unit < str.length; unit++) units.push({ letter: str[unit], id: Y.createID(client, clock + unit) });
}
