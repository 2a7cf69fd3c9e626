import type { Node } from '@tiptap/pm/model';
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { changedBlocks } from '../numbers/sequence.ts';
import { matchNodes } from './match-nodes.ts';
import { noteMove } from './moves.ts';
import type { Mapping } from './reader.ts';
import { notingMoves, unitsOf } from './rewritten.ts';
import { hasSameParts, writeNodes } from './write-nodes.ts';
import { Writing } from './writing.ts';

/** What of the binding the writing needs. */
export interface BlockTarget {
	doc: Y.Doc;
	type: Y.XmlFragment;
	mapping: Mapping;
}

/**
 * Writes what changed between two states of the editor into Yjs, block by block, and notes what of it was there before.
 * False, and nothing written, when the editor's blocks are not known to be those in Yjs.
 */
export function writeBlocks(target: BlockTarget, binding: ProsemirrorBinding, before: Node, after: Node): boolean {
	const { doc, type, mapping } = target;
	if (type.length !== before.childCount) return false;
	const changed = changedBlocks(before, after);
	if (!changed) return true;
	const { from, toBefore, toAfter } = changed;
	const olds = before.children.slice(from, toBefore);
	const news = after.children.slice(from, toAfter);
	const elements = olds.length === 1 ? [type.get(from)] : type.toArray().slice(from, toBefore);
	if (!elements.every((element, nth) => element instanceof Y.XmlElement && mapping.get(element) === olds[nth])) return false;
	const kept = matchNodes(olds, news);
	const write = () => {
		const writing = new Writing(binding);
		writeNodes(type, from, olds, news, writing, kept);
		return writing.moved;
	};
	// Within the text of one block it is known what is written anew.
	if (olds.length === 1 && news.length === 1 && kept[0] === 0 && hasSameParts(olds[0], news[0])) {
		const since = Y.getState(doc.store, doc.clientID);
		const moved = write();
		if (moved.length > 0) noteMove(doc, since, moved, unitsOf(elements[0] as Y.XmlElement).map(({ id }) => id.client));
		return true;
	}
	const isSame = (nth: number) => kept[nth] !== null && olds[kept[nth]] === news[nth];
	const same = new Set(kept.filter((_, nth) => isSame(nth)));
	const changing = elements.filter((_, nth) => !same.has(nth)) as Y.XmlElement[];
	const written = () => [...news.keys()].filter((nth) => !isSame(nth)).map((nth) => type.get(from + nth) as Y.XmlElement);
	notingMoves(doc, changing, write, written);
	return true;
}
