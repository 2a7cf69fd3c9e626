import * as Y from 'yjs';
import { lettersOf } from './block-text.ts';

/** Name of the list, beside the body, in which removals are noted. */
const REMOVALS = 'removals';
/** Old ones are forgotten: whoever has been away for longer finds no word about a block, as after an undo. */
const REMOVALS_MAX = 64;

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

/** Notes that whoever wrote these letters of a removed block is known about as far as this document goes. */
export function noteKnown(ydoc: Y.Doc, { client, clock }: Y.ID, letters: readonly { client: number }[]): void {
	const known: Known = {};
	for (const letter of letters) known[letter.client] = Y.getState(ydoc.store, letter.client);
	const removals = ydoc.getArray<Removal>(REMOVALS);
	removals.push([{ client, clock, known }]);
	if (removals.length > REMOVALS_MAX) removals.delete(0, removals.length - REMOVALS_MAX);
}

/** What the remover of this block knew of it; null when nothing was noted. */
export function knownOf(ydoc: Y.Doc, { client, clock }: Y.ID): Known | null {
	const removals = ydoc.getArray<Removal>(REMOVALS).toArray();
	return removals.findLast((removal) => removal.client === client && removal.clock === clock)?.known ?? null;
}
