import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { wordsOf } from '../../schema/element-text.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { isOwnEdit } from '../shared-text/shared-text.ts';
import { blockAt, rangeOf } from '../structure/blocks.ts';
import { clearAcross } from './clear-across.ts';
import { emptied, isKept, type KeptPart, mainEnd } from './kept.ts';
import { placeFor } from './places.ts';

/** Set on the transaction that takes a part of the frame out because somebody chose so. */
export const FRAME_REMOVED = 'frameRemoved';

/**
 * Header, signature and recipients are never lost by the way: Ctrl A and a key, cutting, pasting or composing over them
 * empties them. Only one's own edits are looked at; what colleagues deleted is deleted.
 */
export const FrameGuard = Extension.create({
	name: 'frameGuard',
	// Before whatever else answers keys and the clipboard.
	priority: 950,
	addProseMirrorPlugins: () => [frameGuard()]
});

/** The plugin of FrameGuard. */
export function frameGuard(): Plugin {
	return new Plugin({
		appendTransaction: (transactions, before, state) => {
			if (!transactions.some(isOwnEdit) || transactions.some((transaction) => transaction.getMeta(FRAME_REMOVED))) return null;
			const isPaste = transactions.some((transaction) => transaction.getMeta('paste'));
			return isPaste ? withoutEmptyTwins(state) : putBack(before.doc, state);
		},
		props: {
			handleKeyDown: (view, { key, shiftKey }) => {
				const deletes = key === 'Backspace' || key === 'Enter' || (key === 'Delete' && !shiftKey);
				return deletes && clear(view);
			},
			handleTextInput: (view, _from, _to, text) => {
				const cleared = view.editable ? clearAcross(view.state) : null;
				if (cleared) view.dispatch(cleared.insertText(text));
				return cleared !== null;
			},
			handlePaste: (view) => {
				clear(view);
				return false;
			},
			handleDOMEvents: {
				compositionstart: (view) => {
					clear(view);
					return false;
				},
				beforeinput: (view, event) => {
					if (!event.inputType.startsWith('delete') || !clear(view)) return false;
					event.preventDefault();
					return true;
				},
				cut: (view, event) => {
					if (!event.clipboardData || !view.editable || !clearAcross(view.state)) return false;
					const { dom, text } = view.serializeForClipboard(view.state.selection.content());
					event.preventDefault();
					event.clipboardData.clearData();
					event.clipboardData.setData('text/html', dom.innerHTML);
					event.clipboardData.setData('text/plain', text);
					return clear(view);
				}
			}
		}
	});
}

/** Backspace (-1) and Delete (1) stop where a part of the frame begins or ends. */
export function stopAtFrame(direction: -1 | 1): Command {
	return (state) => {
		const { $from, empty } = state.selection;
		if (!empty || !$from.parent.isTextblock) return false;
		if ($from.parentOffset !== (direction === -1 ? 0 : $from.parent.content.size)) return false;
		const block = blockAt($from);
		if (!block) return false;
		const neighbour = state.doc.maybeChild(block.index + direction);
		if (!isKept(block.node)) {
			const isBetween = $from.depth === 1 && neighbour !== null && isKept(neighbour);
			const other = state.doc.maybeChild(block.index - direction);
			// An empty line beside the frame goes, unless it is all that stands between two parts.
			return isBetween && (direction === 1 || block.node.content.size > 0 || !other || isKept(other));
		}
		if (block.node.type.name !== 'recipients') return true;
		return $from.index(1) === (direction === -1 ? 0 : block.node.childCount - 1);
	};
}

function clear(view: EditorView): boolean {
	const cleared = view.editable ? clearAcross(view.state) : null;
	if (cleared) view.dispatch(cleared);
	return cleared !== null;
}

/** What was lost all the same (a selection dragged away) stands empty where it belongs. */
function putBack(before: Node, state: EditorState): Transaction | null {
	const changed = changedBlocks(before, state.doc);
	if (!changed || changed.toBefore - changed.from <= 0) return null;
	const end = Math.min(mainEnd(before), changed.toBefore);
	let repaired: Transaction | null = null;
	for (let index = changed.from; index < end; index++) {
		const part = before.child(index);
		if (!isKept(part)) continue;
		const { doc } = repaired ?? state;
		if (partsOf(doc, part.type.name).length > 0) continue;
		const place = placeFor(doc, part.type.name as KeptPart);
		repaired ??= state.tr;
		repaired.insert(rangeOf(doc, place, place).from, emptied(part));
	}
	return repaired;
}

/** A header that was cut and comes back with the text takes the place of the one that stayed empty; so do the others. */
function withoutEmptyTwins(state: EditorState): Transaction | null {
	const repaired = state.tr;
	for (const name of ['signature', 'recipients', 'documentHeader']) {
		const twins = partsOf(repaired.doc, name);
		const index = twins.findIndex((at) => wordsOf(repaired.doc.child(at)).trim() === '');
		if (twins.length < 2 || index < 0) continue;
		const { from, to } = rangeOf(repaired.doc, twins[index], twins[index] + 1);
		repaired.delete(from, to);
	}
	return repaired.docChanged ? repaired : null;
}

/** The blocks of this type before the first appendix, as indexes. */
function partsOf(doc: Node, name: string): number[] {
	const found: number[] = [];
	const end = mainEnd(doc);
	for (let index = 0; index < end; index++) if (doc.child(index).type.name === name) found.push(index);
	return found;
}
