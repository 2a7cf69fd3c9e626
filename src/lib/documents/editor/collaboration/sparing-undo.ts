import { Plugin } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { Copies } from './copies.ts';
import { stackOf } from './undone.ts';

/**
 * Undo does not take away letters for good that were only written anew: of a split it deletes the second part and puts its
 * text back behind the first. When that block is gone meanwhile, Yjs puts nothing back, so the second part stays.
 */
export function sparingUndo(): Plugin {
	return new Plugin({
		view: ({ state }) => {
			const { undoManager } = yUndoPluginKey.getState(state) as { undoManager: Y.UndoManager };
			const { doc, deleteFilter } = undoManager;
			let step: Y.UndoManager['undoStack'][number] | undefined;
			let copies: Copies | null = null;
			const begin = ({ origin }: Y.Transaction) => {
				if (origin !== undoManager) return;
				step = stackOf(undoManager).at(-1);
				copies = null;
			};
			doc.on('beforeTransaction', begin);
			undoManager.deleteFilter = (item) => {
				if (!deleteFilter(item)) return false;
				if (!(item.content instanceof Y.ContentString) || !step) return true;
				copies ??= new Copies(doc);
				return !takesLast(copies, doc, item, step.insertions);
			};
			return {
				destroy: () => {
					doc.off('beforeTransaction', begin);
					undoManager.deleteFilter = deleteFilter;
				}
			};
		}
	});
}

/** Whether one of these letters was written anew, is nowhere else and was not typed in what is undone. */
function takesLast(copies: Copies, doc: Y.Doc, { id: { client, clock }, length }: Y.Item, undone: Parameters<typeof Y.isDeleted>[0]): boolean {
	for (let nth = 0; nth < length; nth++) {
		const letter = Y.createID(client, clock + nth);
		const origins = copies.originsOf(letter);
		const typed = origins.at(-1);
		if (!typed || Y.isDeleted(undone, typed) || origins.some((origin) => isBack(doc, origin))) continue;
		const others = copies.allBelow(typed).filter(({ id }) => !Y.compareIDs(id, letter));
		if (!others.some(({ id }) => copies.isAlive(id))) return true;
	}
	return false;
}

/** True when the undo has put this letter back. */
function isBack({ store }: Y.Doc, id: Y.ID): boolean {
	if (id.clock >= Y.getState(store, id.client)) return false;
	const item = Y.getItem(store, id);
	return item instanceof Y.Item && item.redone !== null && !Y.getItem(store, item.redone).deleted;
}
