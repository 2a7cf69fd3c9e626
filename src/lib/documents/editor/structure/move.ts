import type { Node } from '@tiptap/pm/model';
import type { Selection } from '@tiptap/pm/state';
import { NodeSelection, TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import { isFrame, rangeOf, rankOf, selectedBlocks, subtreeEnd, type BlockRange } from './blocks.ts';

/**
 * Alt-↑ (-1) and Alt-↓ (1): the provision of the cursor, with all that belongs to it, changes places with its
 * neighbour; at the edge of its parent it goes on into the next one. Never past the header, signature or recipients.
 */
export function moveBlock(direction: -1 | 1): Command {
	return (state, dispatch) => {
		const moved = movable(state);
		if (!moved) return false;
		const target = direction === -1 ? placeBefore(state.doc, moved) : placeAfter(state.doc, moved);
		if (target === null) return false;
		if (dispatch) dispatch(moveTo(state, moved, target).scrollIntoView());
		return true;
	};
}

/**
 * Moves the provision at `index` with all that belongs to it in front of the block at `before` (the number of blocks for
 * the end). False when that is where it is already, or a place of the frame.
 */
export function moveSubtree(index: number, before: number): Command {
	return (state, dispatch) => {
		const { doc } = state;
		const block = doc.maybeChild(index);
		if (!block || isFrame(block)) return false;
		const moved = rangeOf(doc, index, subtreeEnd(doc, index));
		if (before >= moved.fromIndex && before <= moved.toIndex) return false;
		if (!isPlace(doc, before)) return false;
		if (dispatch) dispatch(moveTo(state, moved, before).scrollIntoView());
		return true;
	};
}

function movable(state: EditorState): BlockRange | null {
	const { fromIndex, toIndex } = selectedBlocks(state);
	if (fromIndex >= toIndex) return null;
	let end = toIndex;
	for (let index = fromIndex; index < toIndex; index++) {
		if (isFrame(state.doc.child(index))) return null;
		end = Math.max(end, subtreeEnd(state.doc, index));
	}
	return rangeOf(state.doc, fromIndex, end);
}

/** Before the sibling above, or, for a first child, before its parent. */
function placeBefore(doc: Node, moved: BlockRange): number | null {
	const rank = rankOf(doc.child(moved.fromIndex));
	let index = moved.fromIndex - 1;
	while (index >= 0 && rankOf(doc.child(index)) > rank && !isFrame(doc.child(index))) index--;
	if (index < 0) return moved.fromIndex > 0 ? 0 : null;
	return isFrame(doc.child(index)) ? (index + 1 < moved.fromIndex ? index + 1 : null) : index;
}

/** Behind the sibling below, or, for a last child, behind the title of the next parent. */
function placeAfter(doc: Node, moved: BlockRange): number | null {
	if (moved.toIndex >= doc.childCount || isFrame(doc.child(moved.toIndex))) return null;
	const rank = rankOf(doc.child(moved.fromIndex));
	const next = rankOf(doc.child(moved.toIndex));
	return next === rank ? subtreeEnd(doc, moved.toIndex) : moved.toIndex + 1;
}

/** Between the opening frame (header, bases, enacting line) and the closing one. */
function isPlace(doc: Node, before: number): boolean {
	const next = doc.maybeChild(before);
	const previous = before > 0 ? doc.child(before - 1) : null;
	const closes = (node: Node | null) => node?.type.name === 'signature' || node?.type.name === 'recipients';
	if (next && isFrame(next) && !closes(next)) return false;
	return !closes(previous) || next?.type.name === 'appendix';
}

function moveTo(state: EditorState, moved: BlockRange, before: number): Transaction {
	const { doc, selection } = state;
	const slice = doc.slice(moved.from, moved.to);
	const target = rangeOf(doc, before, before).from;
	const transaction = state.tr.delete(moved.from, moved.to);
	const at = transaction.mapping.map(target);
	transaction.insert(at, slice.content);
	const travels = selection.from >= moved.from && selection.to <= moved.to;
	return travels ? transaction.setSelection(shifted(selection, at - moved.from, transaction.doc)) : transaction;
}

function shifted(selection: Selection, by: number, doc: Node): Selection {
	if (selection instanceof NodeSelection) return NodeSelection.create(doc, selection.from + by);
	const clamp = (position: number) => Math.max(0, Math.min(doc.content.size, position + by));
	return TextSelection.between(doc.resolve(clamp(selection.anchor)), doc.resolve(clamp(selection.head)));
}
