import * as Y from 'yjs';
import { lettersOf } from './block-text.ts';
import { stackOf } from './undone.ts';

/** Name of the list, beside the body, in which removals are noted. */
const REMOVALS = 'removals';
/** Old ones are forgotten: whoever has been away for longer finds no word about a block. */
const REMOVALS_MAX = 500;

/** Per client id of those who had written in a block: the clock up to which the one who removed it knew their work. */
export type Known = Record<string, number>;

interface Removal {
	/** Yjs id of the block's element. */
	client: number;
	clock: number;
	known: Known;
}

/**
 * Notes, in the transaction that removes a block, what of its text the remover knew. An update does not carry that, and
 * without it a colleague cannot tell letters that were removed on purpose from those typed at the same moment.
 */
export function noteRemoval(ydoc: Y.Doc, block: Y.XmlElement): void {
	noteKnown(ydoc, block._item!.id, lettersOf(block, () => true).ids);
}

/** Notes what an undo or redo that begins now will remove: blocks that it made and nobody else has written in since. */
export function noteUndo(body: Y.XmlFragment, manager: Y.UndoManager): void {
	const step = stackOf(manager).at(-1);
	if (!step) return;
	for (const block of body.toArray()) {
		if (block instanceof Y.XmlElement && Y.isDeleted(step.insertions, block._item!.id)) noteRemoval(body.doc!, block);
	}
}

/** Notes what `write` removes of the body, when only afterwards it can be told what that is. Call it in a transaction. */
export function notingRemovals(body: Y.XmlFragment, write: () => void): void {
	const blocks = body.toArray().filter((block) => block instanceof Y.XmlElement);
	const before = blocks.map((block) => ({ item: block._item!, letters: lettersOf(block, () => true).ids }));
	write();
	for (const { item, letters } of before) if (item.deleted) noteKnown(body.doc!, item.id, letters);
}

/**
 * Notes that of the letters of a removed block everything below these clocks is known, by default all there is. What came
 * together with the removal is not among the letters and must not be called known.
 */
export function noteKnown(
	ydoc: Y.Doc,
	{ client, clock }: Y.ID,
	letters: readonly { client: number }[],
	upTo?: ReadonlyMap<number, number>
): void {
	const known: Known = {};
	for (const letter of letters) known[letter.client] ??= upTo ? (upTo.get(letter.client) ?? 0) : Y.getState(ydoc.store, letter.client);
	const removals = ydoc.getArray<Removal>(REMOVALS);
	removals.push([{ client, clock, known }]);
	if (removals.length > REMOVALS_MAX) removals.delete(0, removals.length - REMOVALS_MAX);
}

/** What the remover of this block knew of it; null when nothing was noted. */
export function knownOf(ydoc: Y.Doc, { client, clock }: Y.ID): Known | null {
	const removals = ydoc.getArray<Removal>(REMOVALS).toArray();
	return removals.findLast((removal) => removal.client === client && removal.clock === clock)?.known ?? null;
}
