import * as Y from 'yjs';
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
	noteKnown(ydoc, block._item!.id, authorsOf(block));
}

/** Takes a block, or a part of one, out, and notes it. */
export function removeNoted(element: Y.XmlElement): void {
	const parent = element.parent as Y.XmlFragment;
	noteRemoval(element.doc!, element);
	parent.delete(parent.toArray().indexOf(element), 1);
}

/** Notes what an undo or redo that begins now will remove: blocks, or parts of them, that it made and nobody else has written in since. */
export function noteUndo(body: Y.XmlFragment, manager: Y.UndoManager): void {
	const step = stackOf(manager).at(-1);
	if (step) noteMade(body, step.insertions);
}

function noteMade(parent: Y.XmlFragment, insertions: Parameters<typeof Y.isDeleted>[0]): void {
	for (const element of parent.toArray()) {
		if (!(element instanceof Y.XmlElement)) continue;
		if (Y.isDeleted(insertions, element._item!.id)) noteRemoval(parent.doc!, element);
		else noteMade(element, insertions);
	}
}

/** Notes what `write` removes of the body, when only afterwards it can be told what that is. Call it in a transaction. */
export function notingRemovals(body: Y.XmlFragment, write: () => void): void {
	const blocks = body.toArray().filter((block) => block instanceof Y.XmlElement);
	const before = blocks.map((block) => ({ item: block._item!, authors: authorsOf(block) }));
	write();
	for (const { item, authors } of before) if (item.deleted) noteKnown(body.doc!, item.id, authors);
}

/**
 * Notes that of what these authors wrote in a removed block everything below these clocks is known, by default all there
 * is. Who only wrote what came together with the removal is not among them and must not be called known.
 */
export function noteKnown(ydoc: Y.Doc, { client, clock }: Y.ID, authors: Iterable<number>, upTo?: ReadonlyMap<number, number>): void {
	const known: Known = {};
	for (const author of authors) known[author] = upTo ? (upTo.get(author) ?? 0) : Y.getState(ydoc.store, author);
	const removals = ydoc.getArray<Removal>(REMOVALS);
	removals.push([{ client, clock, known }]);
	if (removals.length > REMOVALS_MAX) removals.delete(0, removals.length - REMOVALS_MAX);
}

/** What the remover of this block knew of it; null when nothing was noted. */
export function knownOf(ydoc: Y.Doc, { client, clock }: Y.ID): Known | null {
	const removals = ydoc.getArray<Removal>(REMOVALS).toArray();
	return removals.findLast((removal) => removal.client === client && removal.clock === clock)?.known ?? null;
}

/** The client ids of all that is or was in the texts below. Of letters deleted long ago Yjs only knows that they were. */
function authorsOf(block: Y.XmlElement | Y.XmlText, authors = new Set<number>()): Set<number> {
	for (let item = block._start; item; item = item.right) {
		const { content } = item;
		if (block instanceof Y.XmlText) authors.add(item.id.client);
		if (content instanceof Y.ContentType && (content.type instanceof Y.XmlText || content.type instanceof Y.XmlElement)) authorsOf(content.type, authors);
	}
	return authors;
}
