import type { Node } from '@tiptap/pm/model';
import { type EditorState, NodeSelection, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { CellSelection } from '@tiptap/pm/tables';
import { selectedBlocks } from '../structure/blocks.ts';
import { isKept } from './kept.ts';

/**
 * Deletes what is selected where that reaches across header, signature or recipients: these stay, with what is selected
 * of their words taken out; between them the text goes. Null where the selection reaches across none.
 */
export function clearAcross(state: EditorState): Transaction | null {
	const { doc, selection } = state;
	const { from, to } = selection;
	if (selection.empty || selection instanceof CellSelection || isInOneText(selection)) return null;
	const { fromIndex, toIndex } = selectedBlocks(state);
	const touched = blocksAt(doc, fromIndex, toIndex);
	if (!touched.some(({ node }) => isKept(node))) return null;
	const transaction = state.tr;
	// Chosen as a whole such a part is not deleted either: the caret goes into it.
	if (selection instanceof NodeSelection) return transaction.setSelection(Selection.near(doc.resolve(from + 1)));
	const stays = ({ node, index }: Placed) => isKept(node) && !isOfAppendix(doc, index, from, to);
	const goes = (block: Placed) => isCovered(block, from, to) && !stays(block);
	const emptied = bodyOf(doc, touched, stays, goes);
	for (const block of touched.toReversed()) {
		if (emptied?.last === block)
			transaction.replaceWith(emptied.first.at, block.at + block.node.nodeSize, state.schema.nodes.paragraph.create());
		else if (emptied && block.index >= emptied.first.index && block.index < emptied.last.index) continue;
		else if (goes(block)) transaction.delete(block.at, block.at + block.node.nodeSize);
		else deleteWords(transaction, block, from, to);
	}
	const isFromStart = from <= Selection.atStart(doc).from;
	const caret = isFromStart && emptied ? transaction.mapping.map(emptied.first.at, -1) + 1 : transaction.mapping.map(from, -1);
	return transaction.setSelection(TextSelection.near(transaction.doc.resolve(caret))).scrollIntoView();
}

interface Placed {
	node: Node;
	index: number;
	at: number;
}

/** Within one text the editor deletes as it always does. */
function isInOneText({ $from, $to }: Selection): boolean {
	return $from.sameParent($to) && $from.parent.isTextblock;
}

function blocksAt(doc: Node, fromIndex: number, toIndex: number): Placed[] {
	const found: Placed[] = [];
	doc.forEach((node, at, index) => {
		if (index >= fromIndex && index < toIndex) found.push({ node, index, at });
	});
	return found;
}

/** The first run of blocks between parts of the frame that goes as a whole: one empty paragraph remains of it. */
function bodyOf(
	doc: Node,
	touched: readonly Placed[],
	stays: (block: Placed) => boolean,
	goes: (block: Placed) => boolean
): { first: Placed; last: Placed } | null {
	const first = touched.findIndex((block) => !stays(block));
	if (first < 0) return null;
	const behind = touched.findIndex((block, nth) => nth > first && stays(block));
	const run = touched.slice(first, behind < 0 ? undefined : behind);
	const before = doc.maybeChild(run[0].index - 1);
	const next = doc.maybeChild(run.at(-1)!.index + 1);
	const isAlone = (!before || isKept(before)) && (!next || isKept(next));
	return isAlone && run.every(goes) ? { first: run[0], last: run.at(-1)! } : null;
}

function isCovered({ node, at }: Placed, from: number, to: number): boolean {
	let [first, last] = [at, at + node.nodeSize];
	for (let inner: Node | null = node; inner && !inner.isLeaf; inner = inner.isTextblock ? null : inner.firstChild) first++;
	for (let inner: Node | null = node; inner && !inner.isLeaf; inner = inner.isTextblock ? null : inner.lastChild) last--;
	return from <= first && to >= last;
}

/** The header of an attached text goes with the title of that text. */
function isOfAppendix(doc: Node, index: number, from: number, to: number): boolean {
	for (let before = index - 1; before >= 0; before--) {
		if (doc.child(before).type.name !== 'appendix') continue;
		const [title] = blocksAt(doc, before, before + 1);
		return isCovered(title, from, to);
	}
	return false;
}

/** What is selected of the words of a block. Lines of the recipients are joined, fields and cells stay. */
function deleteWords(transaction: Transaction, { node, at }: Placed, from: number, to: number): void {
	if (node.type.name === 'recipients') {
		const [first, last] = [Math.max(from, at + 2), Math.min(to, at + node.nodeSize - 2)];
		if (first < last) transaction.delete(first, last);
		return;
	}
	const texts: [number, number][] = [];
	const look = (inner: Node, position: number) => {
		if (inner.isTextblock) texts.push([Math.max(from, position + 1), Math.min(to, position + inner.nodeSize - 1)]);
		else inner.forEach((child, offset) => look(child, position + 1 + offset));
	};
	look(node, at);
	for (const [first, last] of texts.toReversed()) if (first < last) transaction.delete(first, last);
}
