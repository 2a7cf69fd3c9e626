import type { Node } from '@tiptap/pm/model';
import { type ProsemirrorBinding, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { giveTexts } from '../../schema/give-texts.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { type Moved, noteMove } from './moves.ts';
import type { Mapping } from './reader.ts';
import { noteRemoval } from './removals.ts';
import { notingMoves, unitsOf } from './rewritten.ts';
import { writeElement } from './write-element.ts';
import { writeInline } from './write-inline.ts';

/** What of the binding the writing needs. */
export interface BlockTarget {
	doc: Y.Doc;
	type: Y.XmlFragment;
	mapping: Mapping;
}

interface Old {
	type: Y.XmlElement;
	node: Node;
}

/**
 * Writes what changed between two states of the editor into Yjs, block by block. A block keeps its element for as long
 * as it keeps its uid: the binding's own comparison goes by likeness and makes one provision into another when two change
 * places, so that what a colleague is typing into the first appears in the second. Of blocks that moved, as few as
 * possible are made anew. False, and nothing written, when the editor's blocks are not known to be those in Yjs.
 */
export function writeBlocks(target: BlockTarget, binding: ProsemirrorBinding, before: Node, after: Node): boolean {
	if (target.type.length !== before.childCount) return false;
	const changed = changedBlocks(before, after);
	if (!changed) return true;
	const { from, toBefore, toAfter } = changed;
	const types = toBefore - from === 1 ? [target.type.get(from)] : target.type.toArray().slice(from, toBefore);
	const olds = types.map((type, nth) => ({ type: type as Y.XmlElement, node: before.child(from + nth) }));
	if (!olds.every(({ type, node }) => type instanceof Y.XmlElement && target.mapping.get(type) === node)) return false;
	const news = Array.from({ length: toAfter - from }, (_, nth) => after.child(from + nth));
	const kept = inOrder(matches(olds.map(({ node }) => node), news));
	const isSame = (nth: number) => kept[nth] !== null && olds[kept[nth]].node === news[nth];
	const write = () => writeNews(target, binding, from, olds, news, kept);
	// Within one block it is known what is written anew.
	if (olds.length === 1 && news.length === 1 && kept[0] === 0) {
		const since = Y.getState(target.doc.store, target.doc.clientID);
		const moved = write();
		if (moved.length > 0) noteMove(target.doc, since, moved, unitsOf(olds[0].type).map(({ id }) => id.client));
	} else {
		const same = new Set(kept.filter((_, nth) => isSame(nth)));
		const changing = olds.filter((_, nth) => !same.has(nth)).map(({ type }) => type);
		const written = () => [...news.keys()].filter((nth) => !isSame(nth)).map((nth) => target.type.get(from + nth) as Y.XmlElement);
		notingMoves(target.doc, changing, write, written);
	}
	return true;
}

/** Writes the new blocks over the old ones; `kept` says for each which old one it is. Returns what moved within a block. */
function writeNews(
	target: BlockTarget,
	binding: ProsemirrorBinding,
	from: number,
	olds: readonly Old[],
	news: readonly Node[],
	kept: readonly (number | null)[]
): Moved[] {
	const moved: Moved[] = [];
	for (let nth = olds.length - 1; nth >= 0; nth--) {
		if (kept.includes(nth)) continue;
		noteRemoval(target.doc, olds[nth].type);
		target.mapping.delete(olds[nth].type);
		target.type.delete(from + nth, 1);
	}
	news.forEach((node, nth) => {
		const old = kept[nth] === null ? null : olds[kept[nth]];
		if (old?.node === node) return;
		if (old) return writeNode(old.type, node, binding, moved);
		const element = new Y.XmlElement(node.type.name);
		target.type.insert(from + nth, [element]);
		updateYFragment(target.doc, element as never, node, binding);
		giveTexts(element, node.type.schema);
	});
	return moved;
}

/** Writes a block, or a part of one, over what it was. Parts of a table or list that come or go are found by likeness. */
function writeNode(element: Y.XmlElement, node: Node, binding: ProsemirrorBinding, moved: Moved[]): void {
	const parts = element.toArray();
	const isOneToOne = parts.length === node.childCount && parts.every((part, nth) => part instanceof Y.XmlElement && part.nodeName === node.child(nth).type.name);
	if (!node.isTextblock && !isOneToOne) {
		updateYFragment(element.doc!, element as never, node, binding);
		giveTexts(element, node.type.schema);
		return;
	}
	writeElement(element, node, binding);
	if (node.isTextblock) return writeInline(element, node, binding, moved);
	for (const [nth, part] of (parts as Y.XmlElement[]).entries()) {
		if (binding.mapping.get(part as never) !== node.child(nth)) writeNode(part, node.child(nth), binding, moved);
	}
}

/** For each new block the old one it is, or null. By identity, then by uid, then, without a uid, by type in order. */
function matches(olds: readonly Node[], news: readonly Node[]): (number | null)[] {
	const free = new Set(olds.keys());
	const found: (number | null)[] = news.map(() => null);
	const match = (isSame: (old: Node, next: Node) => boolean) => {
		news.forEach((next, nth) => {
			if (found[nth] !== null) return;
			for (const old of free) {
				if (!isSame(olds[old], next)) continue;
				found[nth] = old;
				free.delete(old);
				return;
			}
		});
	};
	match((old, next) => old === next);
	match((old, next) => old.type === next.type && Boolean(next.attrs.uid) && old.attrs.uid === next.attrs.uid);
	match((old, next) => old.type === next.type && !next.attrs.uid && !old.attrs.uid);
	return found;
}

/** The longest part of the matches that stands in the same order as before; the rest becomes null. */
function inOrder(matched: readonly (number | null)[]): (number | null)[] {
	const length = matched.map(() => 0);
	const previous = matched.map(() => -1);
	let last = -1;
	for (let nth = 0; nth < matched.length; nth++) {
		const old = matched[nth];
		if (old === null) continue;
		length[nth] = 1;
		for (let earlier = 0; earlier < nth; earlier++) {
			if (matched[earlier] === null || matched[earlier]! > old || length[earlier] < length[nth]) continue;
			length[nth] = length[earlier] + 1;
			previous[nth] = earlier;
		}
		if (last < 0 || length[nth] > length[last]) last = nth;
	}
	const kept: (number | null)[] = matched.map(() => null);
	for (let nth = last; nth >= 0; nth = previous[nth]) kept[nth] = matched[nth];
	return kept;
}
