import { type Command, type EditorState, TextSelection } from '@tiptap/pm/state';

/**
 * Down or right out of the last row of a table: where nothing follows that one goes on writing in (the end, the frame,
 * an appendix, another table), a line begins there. Anywhere else the keys do what they always do.
 */
export function leaveTable(key: 'down' | 'right'): Command {
	return (state, dispatch, view) => {
		const { $from, empty } = state.selection;
		if (!empty || !isInLastRow(state) || canGoOn(state)) return false;
		const isLast = $from.index(-1) === $from.node(-1).childCount - 1;
		const isAtEdge =
			key === 'right' ? $from.parentOffset === $from.parent.content.size && isInLastCell(state) : view?.endOfTextblock('down');
		return isLast && isAtEdge === true && beginBehind(state, dispatch);
	};
}

/** From anywhere in a table: a line begins behind it. */
export const goOnBehindTable: Command = (state, dispatch) => {
	if (state.selection.$from.depth < 1 || state.selection.$from.node(1).type.name !== 'table') return false;
	return beginBehind(state, dispatch);
};

function beginBehind(state: EditorState, dispatch: Parameters<Command>[1]): boolean {
	if (!dispatch) return true;
	const behind = state.selection.$from.after(1);
	const transaction = state.tr.insert(behind, state.schema.nodes.paragraph.create());
	dispatch(transaction.setSelection(TextSelection.create(transaction.doc, behind + 1)).scrollIntoView());
	return true;
}

/** Depths: table, row, cell, block of the cell. */
function isInLastRow({ selection: { $from } }: EditorState): boolean {
	if ($from.depth !== 4 || $from.node(1).type.name !== 'table') return false;
	return $from.index(1) + Number($from.node(3).attrs.rowspan ?? 1) >= $from.node(1).childCount;
}

function isInLastCell({ selection: { $from } }: EditorState): boolean {
	return $from.index(2) === $from.node(2).childCount - 1;
}

function canGoOn({ doc, selection: { $from } }: EditorState): boolean {
	const next = doc.maybeChild($from.index(0) + 1);
	return next !== null && GOES_ON.has(next.type.name);
}

const GOES_ON = new Set(['paragraph', 'provision', 'bulletList', 'orderedList']);
