import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type * as Y from 'yjs';
import { TYPED } from '../structure/typed-numbers.ts';
import { beginUndoStep, redo, undo } from './history.ts';
import { identityGuard } from './identity-guard.ts';
import { SharedText } from './shared-text.ts';

/** The editor begins with the document of the Y.Doc and stays one with it; undo knows only one's own edits. */
export const SharedTextExtension = Extension.create<{ ydoc: Y.Doc | null }, { shared: SharedText | null }>({
	name: 'sharedText',
	priority: 1000,
	addOptions: () => ({ ydoc: null }),
	addStorage: () => ({ shared: null }),
	onBeforeCreate() {
		if (!this.options.ydoc) return;
		this.storage.shared = new SharedText(this.options.ydoc, this.editor.schema);
		this.editor.options.content = this.storage.shared.doc as never;
	},
	addProseMirrorPlugins() {
		const { shared } = this.storage;
		return shared ? [shared.plugin(), identityGuard(shared.model), ownUndoSteps()] : [];
	},
	addKeyboardShortcuts() {
		const run = (action: typeof undo) => () => {
			if (this.editor.isEditable) action(this.editor.state);
			return true;
		};
		return { 'Mod-z': run(undo), 'Mod-y': run(redo), 'Shift-Mod-z': run(redo) };
	}
});

/** What the editor did by itself to typed text is undone by itself. */
function ownUndoSteps(): Plugin {
	return new Plugin({
		filterTransaction: (transaction, state) => {
			if (transaction.getMeta(TYPED)) beginUndoStep(state);
			return true;
		}
	});
}
