import * as Y from 'yjs';
import { BODY } from '../../schema/body-name.ts';
import { Copies } from './copies.ts';
import { type Moved, noteMove } from './moves.ts';

/**
 * Notes which letters an undo or redo wrote anew: Yjs does not revive what was deleted, it writes it again. Where a letter
 * had been moved and comes back to where it was, it is the moved letter that comes back. `steps` are those undone. Runs
 * inside a transaction of the caller, after that of the undo.
 */
export function noteUndone(steps: readonly Y.UndoManager['undoStack'][number][], undo: Y.Transaction, now: Y.Transaction): void {
	const { doc } = undo;
	const body = doc.getXmlFragment(BODY);
	const since = undo.beforeState.get(doc.clientID) ?? 0;
	const again: Moved[] = [];
	for (const { deletions } of steps) {
		Y.iterateDeletedStructs(now, deletions, (struct) => {
			if (!(struct instanceof Y.Item) || struct.redone?.client !== doc.clientID || struct.redone.clock < since) return;
			const { id, redone, content } = struct;
			const isInline = content instanceof Y.ContentType && content.type instanceof Y.XmlElement && !content.type._start && struct.parent !== body;
			if (!isInline && !(content instanceof Y.ContentString)) return;
			for (let nth = 0; nth < struct.length; nth++) {
				again.push({ from: Y.createID(id.client, id.clock + nth), now: redone.clock + nth });
			}
		});
	}
	if (again.length === 0) return;
	const copies = new Copies(doc);
	const moved = again.map(({ from, now: clock }) => ({ from: removedWith(undo, copies, from) ?? from, now: clock }));
	noteMove(doc, since, moved);
}

/** The copy of a letter that a transaction deleted. */
function removedWith({ deleteSet }: Y.Transaction, copies: Copies, { client, clock }: Moved['from']): Y.ID | null {
	const id = Y.createID(client, clock);
	return copies.allBelow(copies.originsOf(id).at(-1) ?? id).find((copy) => Y.isDeleted(deleteSet, copy.id))?.id ?? null;
}

/** The steps of which an undo or redo that is under way takes the last. */
export function stackOf({ undoing, undoStack, redoStack }: Y.UndoManager): Y.UndoManager['undoStack'] {
	return undoing ? undoStack : redoStack;
}
