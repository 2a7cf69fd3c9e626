import { Extension } from '@tiptap/core';
import type { Node, Schema } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { type ProsemirrorBinding, redo, undo, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { BODY } from '../../schema/body-name.ts';
import { refineBinding } from './binding.ts';
import { TYPED_NUMBER } from '../structure/typed-numbers.ts';
import { type Mapping, readFragment } from './reader.ts';
import { sparingUndo } from './sparing-undo.ts';

/** The document of a Y.Doc as ProseMirror sees it, with the mapping that the sync plugin goes on with. */
export function readBody(ydoc: Y.Doc, schema: Schema): { doc: Node; mapping: Mapping } {
	const mapping: Mapping = new Map();
	const blocks = readFragment(ydoc.getXmlFragment(BODY), schema, mapping);
	const doc = blocks.length ? schema.topNodeType.create(null, blocks) : (schema.topNodeType.createAndFill() as Node);
	return { doc, mapping };
}

/**
 * The plugins that keep a ProseMirror state and the body of a Y.Doc the same, and undo that knows only one's own edits.
 * `mapping` comes from `readBody` and belongs to the document the state begins with.
 */
export function collaborationPlugins(ydoc: Y.Doc, schema: Schema, mapping: Mapping): Plugin[] {
	const sync = ySyncPlugin(ydoc.getXmlFragment(BODY), { mapping: mapping as never }) as Plugin;
	const binding = (sync.spec.state?.init({}, undefined as never) as { binding: ProsemirrorBinding }).binding;
	refineBinding(binding);
	// A block that I made and in which a colleague has written since stays when I undo making it.
	const protectedNodes = new Set(Object.keys(schema.nodes).filter((name) => name !== 'text'));
	return [sync, yUndoPlugin({ protectedNodes }) as Plugin, sparingUndo(), ownUndoSteps()];
}

/** What the editor did by itself to typed text is undone by itself. */
function ownUndoSteps(): Plugin {
	return new Plugin({
		filterTransaction: (transaction, state) => {
			if (transaction.getMeta(TYPED_NUMBER)) beginUndoStep(state);
			return true;
		}
	});
}

/** The same as an extension: the editor begins with the document of the Y.Doc, and has the keys of undo and redo. */
export const Collaboration = Extension.create<{ ydoc: Y.Doc | null }, { mapping: Mapping }>({
	name: 'collaboration',
	priority: 1000,
	addOptions: () => ({ ydoc: null }),
	addStorage: () => ({ mapping: new Map() }),
	onBeforeCreate() {
		if (!this.options.ydoc) return;
		const { doc, mapping } = readBody(this.options.ydoc, this.editor.schema);
		this.storage.mapping = mapping;
		this.editor.options.content = doc as never;
	},
	addProseMirrorPlugins() {
		return this.options.ydoc ? collaborationPlugins(this.options.ydoc, this.editor.schema, this.storage.mapping) : [];
	},
	addKeyboardShortcuts() {
		const run = (action: typeof undo) => () => {
			if (this.editor.isEditable) action(this.editor.state);
			return true;
		};
		return { 'Mod-z': run(undo), 'Mod-y': run(redo), 'Shift-Mod-z': run(redo) };
	}
});

/** Whether there is something to undo and to redo. */
export function historyOf(state: Parameters<typeof undo>[0]): { canUndo: boolean; canRedo: boolean } {
	const { undoManager } = yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager };
	return { canUndo: undoManager.undoStack.length > 0, canRedo: undoManager.redoStack.length > 0 };
}

/** What follows is undone apart from what came before: one undo takes back a replacement, not the typing before it. */
export function beginUndoStep(state: Parameters<typeof undo>[0]): void {
	(yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager }).undoManager.stopCapturing();
}
