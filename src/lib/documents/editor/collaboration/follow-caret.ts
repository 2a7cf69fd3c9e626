import * as Y from 'yjs';
import { lettersOf } from './block-text.ts';
import { placeOf } from './carry.ts';
import { Copies } from './copies.ts';

/** So many letters in front of the caret are remembered; when all of them are gone the caret is lost. */
const LETTERS_MAX = 100;

/** What the caret stands at, by Yjs ids. */
export interface CaretLetters {
	/** The letters in front of it, the nearest first. */
	before: Y.ID[];
	/** The letter behind it, for a caret with none in front. */
	behind: Y.ID | null;
}

/** The letters at a place in the text; none when it is no place in a text. */
export function lettersAt(doc: Y.Doc, place: Y.RelativePosition): CaretLetters {
	const at = Y.createAbsolutePositionFromRelativePosition(place, doc);
	if (!at || !(at.type instanceof Y.XmlText)) return { before: [], behind: null };
	const { ids } = lettersOf(at.type);
	const toId = ({ client, clock }: { client: number; clock: number }) => Y.createID(client, clock);
	const before = ids.slice(Math.max(0, at.index - LETTERS_MAX), at.index).reverse().map(toId);
	return { before, behind: ids[at.index] ? toId(ids[at.index]) : null };
}

/**
 * Where the letters at the caret are now, when somebody wrote them anew elsewhere: a caret goes with the provision that a
 * colleague moves, splits or joins. Null when its letter is where it was, or when none of them is anywhere.
 */
export function followCaret(doc: Y.Doc, { before, behind }: CaretLetters): Y.RelativePosition | null {
	const nearest = before[0] ?? behind;
	if (!nearest || !Y.getItem(doc.store, nearest).deleted) return null;
	const copies = new Copies(doc);
	const livingOf = (id: Y.ID) => (copies.isAlive(id) ? id : copies.livingBelow(id));
	for (const letter of before) {
		const id = livingOf(letter);
		if (id) return placeAt(doc, id, 1);
	}
	const id = behind && livingOf(behind);
	return id ? placeAt(doc, id, 0) : null;
}

/** In front of a letter, or `by` letters further on. */
function placeAt(doc: Y.Doc, id: Y.ID, by: 0 | 1): Y.RelativePosition | null {
	const place = placeOf(doc, id);
	return place && Y.createRelativePositionFromTypeIndex(place.text, place.index + by, by === 1 ? -1 : 0);
}
