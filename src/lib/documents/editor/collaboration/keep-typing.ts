import * as Y from 'yjs';
import { BODY } from '../../schema/body-name.ts';
import { goAlong } from './go-along.ts';
import { changesMoves, type Move, newMoves } from './moves.ts';
import { putBack, type RemovedBlock, removedBlocks } from './put-back.ts';
import { knownOf, noteUndo } from './removals.ts';
import { noteUndone, stackOf } from './undone.ts';

/** Origin of what is put right here: not somebody's own edit, so it is not in their undo history. */
const KEPT_TYPING = 'kept typing';
/** The note about a removal may come after it, with what its author did before; longer than this nobody waits. */
const NOTE_WITHIN_MS = 5_000;

/**
 * Yjs cannot move a block: moving, joining and changing its kind delete it and write its text elsewhere, as the one who
 * does it knows the text. What a colleague is typing into it just then would go with it. So it is put back: into the
 * block of the same uid, into the text that the block was joined to, or, when there is neither, as a block of its own.
 * The server does that for all it had when the removal reached it, and says so; the page of whoever typed does it for
 * the rest, which are letters of `isMine` clients; so everybody's come back once. What was typed here among letters that
 * somebody wrote anew elsewhere goes along with those.
 * Works for as long as the document lives, whether or not an editor shows it.
 */
export function keepTyping(ydoc: Y.Doc, isMine: (client: number) => boolean, mayWrite: () => boolean): void {
	const body = ydoc.getXmlFragment(BODY);
	let removed: RemovedBlock[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;
	const concerns = (transaction: Y.Transaction) => !transaction.local || transaction.origin === KEPT_TYPING;
	const keep = (isReady: (block: RemovedBlock) => boolean) => {
		const ready = removed.filter(isReady);
		if (ready.length === 0) return;
		removed = removed.filter((block) => !ready.includes(block));
		if (!mayWrite()) return;
		ydoc.transact(() => {
			for (const block of ready) putBack(block, body, isMine);
		}, KEPT_TYPING);
	};
	let steps: Y.UndoManager['undoStack'] = [];
	ydoc.on('beforeTransaction', ({ origin }: Y.Transaction) => {
		if (!(origin instanceof Y.UndoManager)) return;
		noteUndo(body, origin);
		steps = [...stackOf(origin)];
	});
	ydoc.on('afterTransaction', (undo: Y.Transaction) => {
		const { origin } = undo;
		if (!(origin instanceof Y.UndoManager)) return;
		const undone = steps.slice(stackOf(origin).length);
		ydoc.transact((transaction) => noteUndone(undone, undo, transaction), KEPT_TYPING);
	});
	body.observeDeep((events, transaction) => {
		const blocks = concerns(transaction) ? removedBlocks(events, isMine) : [];
		if (blocks.length === 0) return;
		removed.push(...blocks);
		clearTimeout(timer);
		timer = setTimeout(() => keep(() => true), NOTE_WITHIN_MS);
	});
	ydoc.on('afterTransaction', () => keep(({ item }) => knownOf(ydoc, item.id) !== null));
	const seen = new WeakSet<Move>();
	ydoc.on('afterTransaction', (change: Y.Transaction) => {
		if (!changesMoves(change)) return;
		const moves = newMoves(ydoc, seen);
		if (change.local || !mayWrite()) return;
		ydoc.transact((transaction) => goAlong(ydoc, moves, transaction), KEPT_TYPING);
	});
	ydoc.on('destroy', () => clearTimeout(timer));
}
