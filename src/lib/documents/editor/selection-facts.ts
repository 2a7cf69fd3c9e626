import type { EditorState } from '@tiptap/pm/state';
import { NodeSelection } from '@tiptap/pm/state';
import { CellSelection, isInTable } from '@tiptap/pm/tables';
import type { Level } from '../../text/levels.ts';
import { wordsOf } from '../schema/element-text.ts';
import { isSetAsTitle } from '../schema/title.ts';
import { articleOfText } from './structure/article-text.ts';
import { levelOf } from './structure/blocks.ts';

/** What the toolbar shows of the place of the cursor. Flat, so that two are compared field by field. */
export interface SelectionFacts {
	/** Name of the type of the top-level block. */
	block: string;
	level: Level | null;
	mark: string | null;
	/** Whether a Điều is set as a title. */
	titled: boolean;
	/** The caret is in a paragraph of a Điều that is not divided into khoản there. */
	inArticleText: boolean;
	/** Index of the top-level block. */
	index: number;
	/** The uid of the provision in which the cursor is, also when it stands in a paragraph or table under it. */
	uid: string | null;
	bold: boolean;
	italic: boolean;
	underline: boolean;
	strike: boolean;
	superscript: boolean;
	subscript: boolean;
	inTable: boolean;
	cellsSelected: boolean;
	empty: boolean;
	/** Position and type of a selected image, footnote or reference. */
	selectedNode: string | null;
	selectedAt: number;
}

/** The facts of a selection. Costs a look at the marks and a walk back to the provision. */
export function selectionFacts(state: EditorState): SelectionFacts {
	const { selection, doc } = state;
	const { $from } = selection;
	const index = Math.min($from.index(0), doc.childCount - 1);
	const block = doc.child(index);
	const marks = new Set((state.storedMarks ?? marksOf(state)).map((mark) => mark.type.name));
	const selected = selection instanceof NodeSelection ? selection.node : null;
	return {
		block: block.type.name,
		level: levelOf(block),
		mark: typeof block.attrs.mark === 'string' ? block.attrs.mark : null,
		titled: isSetAsTitle(block.attrs.titled, wordsOf(block)),
		inArticleText: block.type.name === 'paragraph' && articleOfText(doc, index) !== null,
		index,
		uid: provisionOf(state, index),
		bold: marks.has('bold'),
		italic: marks.has('italic'),
		underline: marks.has('underline'),
		strike: marks.has('strike'),
		superscript: marks.has('superscript'),
		subscript: marks.has('subscript'),
		inTable: isInTable(state),
		cellsSelected: selection instanceof CellSelection,
		empty: selection.empty,
		selectedNode: selected?.type.name ?? null,
		selectedAt: selected ? selection.from : -1
	};
}

/** Of a selection those marks that its first letter has. */
function marksOf(state: EditorState) {
	const { $from, empty, from } = state.selection;
	if (empty) return $from.marks();
	return state.doc.resolve(Math.min(from + 1, state.doc.content.size)).marks();
}

function provisionOf(state: EditorState, index: number): string | null {
	for (let at = index; at >= 0; at--) {
		const block = state.doc.child(at);
		if (block.type.name === 'provision' || block.type.name === 'appendix') return block.attrs.uid;
	}
	return null;
}
