import type { Node } from '@tiptap/pm/model';
import type { Selection } from '@tiptap/pm/state';
import { lettersIn } from '../text/edits.ts';
import type { TextModel } from '../text/model.ts';
import { type LetterPlace, letterPlace, positionOfLetter, toRelative } from '../text/positions.ts';
import { bare } from './anchors.ts';
import { encodePosition } from './encoded-position.ts';
import type { ChosenPassage } from './threads.ts';

/** How many letters around a quote tell it from the same words elsewhere in its block. */
const AROUND = 60;
/** A thread is about so many passages at most. */
const MOST = 50;

/** What somebody has selected, as passages: one for each block, cell or field. A mere cursor is the whole block it is in. */
export function passagesIn(doc: Node, selection: Selection, model: TextModel): ChosenPassage[] {
	if (selection.empty) {
		const place = letterPlace(doc, selection.head);
		return place ? [{ uid: place.name, quote: null, prefix: '', suffix: '' }] : [];
	}
	const chosen = new Map<string, { from: number; to: number }>();
	for (const { $from, $to } of selection.ranges)
		doc.nodesBetween($from.pos, $to.pos, (node, position) => {
			if (!node.isTextblock) return true;
			const from = letterPlace(doc, Math.max($from.pos, position + 1));
			const to = letterPlace(doc, Math.min($to.pos, position + node.nodeSize - 1));
			if (from && to) add(chosen, from, to);
			return false;
		});
	const passages = [...chosen].flatMap(([uid, letters]) => passageOf(model, doc, uid, letters) ?? []);
	return passages.slice(0, MOST);
}

/** Paragraphs of one cell are letters of one text. */
function add(chosen: Map<string, { from: number; to: number }>, from: LetterPlace, to: LetterPlace): void {
	const known = chosen.get(from.name);
	chosen.set(from.name, {
		from: Math.min(from.offset, known?.from ?? Infinity),
		to: Math.max(to.offset, known?.to ?? 0)
	});
}

function passageOf(model: TextModel, doc: Node, uid: string, { from, to }: { from: number; to: number }): ChosenPassage | null {
	const letters = lettersIn({ doc, model }, uid);
	const quote = bare(letters.slice(from, to));
	if (quote === '') return null;
	return {
		uid,
		quote,
		prefix: bare(letters.slice(0, from)).slice(-AROUND),
		suffix: bare(letters.slice(to)).slice(0, AROUND),
		// The first letter and the last hold the ends.
		start: encoded(model, doc, { name: uid, offset: from }, 0),
		end: encoded(model, doc, { name: uid, offset: to }, -1)
	};
}

function encoded(model: TextModel, doc: Node, place: LetterPlace, assoc: number): string | undefined {
	const position = positionOfLetter(model, place);
	const relative = position === null ? null : toRelative(model, doc, position, assoc);
	return relative ? encodePosition(relative) : undefined;
}
