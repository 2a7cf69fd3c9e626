import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { columnsOf, nameColumns } from '../../schema/table-columns.ts';
import { matchNodes } from './match-nodes.ts';
import { noteGoneColumns } from './straight-tables.ts';
import { writeElement } from './write-element.ts';
import type { Writing } from './writing.ts';

/**
 * Writes `news` over the children of a Yjs type from `from` on, which `olds` are as the editor had them. A child keeps its
 * element for as long as it is the same: comparing by likeness makes one provision or row into another when they change
 * places, so that what a colleague is typing into the first appears in the second, or nowhere.
 * `kept` says for each of `news` which of `olds` it is. Runs inside a transaction of the caller.
 */
export function writeNodes(
	parent: Y.XmlFragment,
	from: number,
	olds: readonly Node[],
	news: readonly Node[],
	writing: Writing,
	kept = matchNodes(olds, news)
): void {
	for (let nth = olds.length - 1; nth >= 0; nth--) {
		if (kept.includes(nth)) continue;
		writing.willRemove(parent.get(from + nth) as Y.XmlElement, olds[nth]);
		parent.delete(from + nth, 1);
	}
	news.forEach((node, nth) => {
		const old = kept[nth] === null ? null : olds[kept[nth]];
		if (old === node) return;
		if (!old) parent.insert(from + nth, [new Y.XmlElement(node.type.name)]);
		writeNode(parent.get(from + nth) as Y.XmlElement, old, node, writing);
	});
}

/** Writes a block, or a part of one, over what it was; null when it is new. */
function writeNode(element: Y.XmlElement, old: Node | null, node: Node, writing: Writing): void {
	writeElement(element, node, writing.binding);
	if (node.inlineContent) writing.writeText(element, node, old === null);
	else if (node.type.name === 'table' && !(old && hasSameParts(old, node))) {
		const columns = columnsOf(element);
		writeNodes(element, 0, old?.children ?? [], node.children, writing);
		noteGoneColumns(element, columns);
		nameColumns(element);
	} else writeNodes(element, 0, old?.children ?? [], node.children, writing);
}

/** False when parts of the block, such as rows or lines, come or go or become something else. */
export function hasSameParts(old: Node, node: Node): boolean {
	if (old === node || (old.type === node.type && node.inlineContent)) return true;
	return old.type === node.type && old.childCount === node.childCount && node.children.every((part, nth) => hasSameParts(old.child(nth), part));
}
