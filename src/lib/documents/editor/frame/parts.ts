import { type Command, Selection } from '@tiptap/pm/state';
import type { JsonNode } from '../../schema/json.ts';
import type { Frame } from '../../templates/facts.ts';
import { framePart } from '../../templates/frame-parts.ts';
import { rangeOf } from '../structure/blocks.ts';
import { FRAME_REMOVED } from './guard.ts';
import { isKept } from './kept.ts';
import { type FramePart, placeFor } from './places.ts';

/** Puts a part of the frame where it belongs, filled as the template of the document's kind has it. */
export function addFramePart(part: FramePart, frame: Frame): Command {
	return (state, dispatch) => {
		const blocks = framePart(part, frame);
		if (blocks.length === 0) return false;
		if (!dispatch) return true;
		const { from } = rangeOf(state.doc, placeFor(state.doc, part), placeFor(state.doc, part));
		const transaction = state.tr.insert(
			from,
			blocks.map((block: JsonNode) => state.schema.nodeFromJSON(block))
		);
		dispatch(transaction.setSelection(Selection.near(transaction.doc.resolve(from + 1))).scrollIntoView());
		return true;
	};
}

/** Takes out the header, signature or recipients that the caret is in. */
export const removeFramePart: Command = (state, dispatch) => {
	const { $from } = state.selection;
	const index = $from.index(0);
	const block = state.doc.maybeChild(index);
	if (!block || !isKept(block) || state.doc.childCount === 1) return false;
	if (!dispatch) return true;
	const { from, to } = rangeOf(state.doc, index, index + 1);
	const transaction = state.tr.setMeta(FRAME_REMOVED, true).delete(from, to);
	dispatch(transaction.setSelection(Selection.near(transaction.doc.resolve(from))).scrollIntoView());
	return true;
};
