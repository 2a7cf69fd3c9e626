import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, NodeSelection, type Selection, TextSelection } from '@tiptap/pm/state';
import { type Gap, gapsOf } from '../../gaps/gaps.ts';
import { numberingOf } from '../numbers/numbering-state.ts';
import { selectedPlaceholder } from './placeholder-typing.ts';

/** The gaps of the text as it is at this moment. */
export function gapsNow(state: EditorState): Gap[] {
	const { byUid } = numberingOf(state);
	return gapsOf(state.doc, (uid) => byUid.has(uid));
}

/** The gap to go to from the selection, round the end of the text; -1 when there is none. */
export function nextGap(gaps: readonly Gap[], { from, to }: Pick<Selection, 'from' | 'to'>, by: 1 | -1): number {
	const isHere = (gap: Gap) => gap.from === from && gap.to === to;
	if (by === 1) {
		const next = gaps.findIndex((gap) => gap.from >= from && !isHere(gap));
		return next < 0 && gaps.length > 0 ? 0 : next;
	}
	const previous = gaps.findLastIndex((gap) => gap.from < from);
	return previous < 0 ? gaps.length - 1 : previous;
}

/** Selects a gap, so that what is typed fills it. */
export function selectGap(gap: Pick<Gap, 'from' | 'to'>): Command {
	return (state, dispatch) => {
		if (gap.to > state.doc.content.size) return false;
		dispatch?.(state.tr.setSelection(selectionOf(state.doc, gap)).scrollIntoView());
		return true;
	};
}

/** Tab on a placeholder goes on to the next one, as in a form. */
export function leavePlaceholder(by: 1 | -1): Command {
	return (state, dispatch) => {
		if (!selectedPlaceholder(state)) return false;
		const placeholders = gapsNow(state).filter(({ kind }) => kind === 'placeholder');
		const next = placeholders[nextGap(placeholders, state.selection, by)];
		return next !== undefined && selectGap(next)(state, dispatch);
	};
}

function selectionOf(doc: Node, { from, to }: Pick<Gap, 'from' | 'to'>): Selection {
	const node = doc.nodeAt(from);
	if (from < to && node?.isInline && !node.isText) return NodeSelection.create(doc, from);
	if (from < to) return TextSelection.create(doc, from, to);
	return TextSelection.near(doc.resolve(from));
}
