import { type Node, Slice, Fragment } from '@tiptap/pm/model';
import { type Command, type EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { newUid } from '../../../base/ids.ts';
import { blockAt } from './blocks.ts';

/** A table with a header row, after the block of the cursor; the cursor goes into its first cell. */
export function insertTable(rows: number, columns: number): Command {
	return (state, dispatch) => {
		const { table, tableRow, tableHeader, tableCell, paragraph } = state.schema.nodes;
		const cell = (isHeader: boolean) => (isHeader ? tableHeader : tableCell).create(null, paragraph.create());
		const made = table.create(
			null,
			Array.from({ length: rows }, (_r, row) =>
				tableRow.create(
					null,
					Array.from({ length: columns }, () => cell(row === 0))
				)
			)
		);
		return insertBlock(made, 3)(state, dispatch);
	};
}

/** An image after the block of the cursor. */
export function insertImage(attrs: { src: string; alt: string | null; width: number | null }): Command {
	return (state, dispatch) => insertBlock(state.schema.nodes.image.create(attrs), null)(state, dispatch);
}

/** A bullet list with one empty item. */
export const insertBulletList: Command = (state, dispatch) => {
	const { bulletList, listItem, paragraph } = state.schema.nodes;
	return insertBlock(bulletList.create(null, listItem.create(null, paragraph.create())), 3)(state, dispatch);
};

/** A footnote at the cursor. It is selected afterwards, so that its text can be written. */
export const insertFootnote: Command = (state, dispatch) => {
	const { $from } = state.selection;
	if (!$from.parent.inlineContent) return false;
	if (!dispatch) return true;
	const node = state.schema.nodes.footnote.create({ uid: newUid(), text: '' });
	const at = state.selection.to;
	const transaction = state.tr.insert(at, node);
	dispatch(transaction.setSelection(NodeSelection.create(transaction.doc, at)).scrollIntoView());
	return true;
};

/** A reference in place of `[from, to)`. `text` is its form now, kept for the day its target is gone. */
export function insertReference(target: string, text: string, from: number, to: number): Command {
	return (state, dispatch) => {
		if (!state.doc.resolve(from).parent.inlineContent) return false;
		if (!dispatch) return true;
		const node = state.schema.nodes.reference.create({ target, text, scope: null });
		const transaction = state.tr.replaceWith(from, to, node);
		dispatch(transaction.setSelection(TextSelection.create(transaction.doc, from + 1)).scrollIntoView());
		return true;
	};
}

/** Takes out what was typed to open a list (`/bang`), before what was picked is carried out. */
export function removeTyped(from: number, to: number): Command {
	return (state, dispatch) => {
		dispatch?.(state.tr.delete(from, to));
		return true;
	};
}

/** Puts a block after the one of the cursor, or in its place when that is an empty paragraph. */
function insertBlock(node: Node, cursorAt: number | null): Command {
	return (state, dispatch) => {
		const place = placeFor(state);
		if (!place) return false;
		if (!dispatch) return true;
		const transaction = state.tr.replace(place.from, place.to, new Slice(Fragment.from(node), 0, 0));
		const { doc } = transaction;
		transaction.setSelection(
			cursorAt === null ? NodeSelection.create(doc, place.from) : TextSelection.near(doc.resolve(place.from + cursorAt))
		);
		dispatch(transaction.scrollIntoView());
		return true;
	};
}

function placeFor(state: EditorState): { from: number; to: number } | null {
	const block = blockAt(state.selection.$from);
	if (!block) return { from: state.selection.from, to: state.selection.from };
	const isEmpty = block.node.type.name === 'paragraph' && block.node.content.size === 0;
	return isEmpty ? { from: block.from, to: block.to } : { from: block.to, to: block.to };
}
