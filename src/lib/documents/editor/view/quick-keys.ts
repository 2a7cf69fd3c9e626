import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type Selection } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';

const key = new PluginKey<Shown>('quick-keys');

/** The block in which the caret stands, and the decoration that has it laid out. */
interface Shown {
	at: number | null;
	decorations: DecorationSet;
}

/**
 * Keeps right what is typed faster than the browser draws, as it is on a page that stood still for a moment.
 *
 * A block that was not drawn yet is skipped (`content-visibility`), and Chromium leaves the caret in front of the first
 * letter typed there; so the block of the caret is never skipped. And browsers say that the caret has moved some time
 * after it has: an Enter right after End would split where it was; so before each key the editor looks where it is, and
 * when the keyboard comes back to the text the editor says where it was.
 */
export function quickKeys(): Plugin<Shown> {
	return new Plugin<Shown>({
		key,
		state: {
			init: (_config, { doc, selection }) => show(doc, blockAt(selection)),
			apply: (transaction, shown, _before, { doc, selection }) => {
				const at = blockAt(selection);
				return at === shown.at && !transaction.docChanged ? shown : show(doc, at);
			}
		},
		props: {
			decorations: (state) => key.getState(state)?.decorations,
			handleDOMEvents: { keydown: readCaretFirst, beforeinput: readCaretFirst, focus: putCaretBack }
		}
	});
}

function readCaretFirst(view: EditorView, { isComposing }: KeyboardEvent | InputEvent): boolean {
	if (!isComposing) readCaret(view);
	return false;
}

/** A dialog that closes leaves the browser's caret where the text begins; with a click comes a place of its own. */
function putCaretBack(view: EditorView): boolean {
	if (!view.dom.matches(':active')) view.focus();
	return false;
}

/** Has the editor look now where the browser has the caret, instead of when the browser gets to saying so. */
export function readCaret({ dom: { ownerDocument } }: EditorView): void {
	ownerDocument.dispatchEvent(new Event('selectionchange'));
}

function show(doc: Node, at: number | null): Shown {
	const block = at === null ? null : doc.nodeAt(at);
	if (at === null || !block) return { at, decorations: DecorationSet.empty };
	const laidOut = Decoration.node(at, at + block.nodeSize, { class: 'has-caret' });
	return { at, decorations: DecorationSet.create(doc, [laidOut]) };
}

/** Position of the top-level block with the end of the selection that moves; null when no block is around it. */
function blockAt({ $head }: Selection): number | null {
	return $head.depth > 0 ? $head.before(1) : null;
}
