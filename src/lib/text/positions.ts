/** From places in the editor to places in Yjs and back: for carets, which colleagues' edits leave at their letters (rules PO). */
import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { leavesOf } from './leaves.ts';
import type { TextModel } from './model.ts';
import { cellName } from './table.ts';

/** A place in the letters of a block, cell or field. */
export interface LetterPlace {
	name: string;
	offset: number;
}

/** The block, cell or field that a position of the document is in, and in front of which letter; null between blocks. */
export function letterPlace(doc: Node, position: number): LetterPlace | null {
	const $position = doc.resolve(position);
	const { depth, parent, parentOffset } = $position;
	if (depth === 0 || !parent.isTextblock) return null;
	for (let at = depth; at > 0; at--) {
		const node = $position.node(at);
		const { tableRole } = node.type.spec;
		if (tableRole === 'cell' || tableRole === 'header_cell') {
			const name = cellName($position.node(at - 1).attrs.uid as string, node.attrs.col as string);
			return { name, offset: offsetInCell(node, position - $position.start(at)) };
		}
		if (node.type.name === 'headerField')
			return { name: cellName($position.node(at - 1).attrs.uid as string, node.attrs.name as string), offset: parentOffset };
	}
	return typeof parent.attrs.uid === 'string' ? { name: parent.attrs.uid, offset: parentOffset } : null;
}

/** A position as Yjs has it. `assoc` below 0: it stays with the letter in front of it. */
export function toRelative(model: TextModel, doc: Node, position: number, assoc = -1): Y.RelativePosition | null {
	const place = letterPlace(doc, position);
	if (!place) return null;
	const { part, index } = model.locate(place.name, place.offset, assoc < 0 ? 'end' : 'beginning');
	return Y.createRelativePositionFromTypeIndex(model.text(part.text), index, assoc);
}

/** Where in the present document such a position is; null when it is nowhere. */
export function toAbsolute(model: TextModel, relative: Y.RelativePosition): number | null {
	const absolute = Y.createAbsolutePositionFromRelativePosition(relative, model.doc);
	if (!absolute) return null;
	const text = model.nameOf(absolute.type as never);
	const parts = text === null ? undefined : model.texts.get(text);
	if (!parts) return null;
	const part = parts.findLast(({ start }) => start <= absolute.index) ?? parts[0];
	const within = Math.max(0, Math.min(part.length, absolute.index - part.start));
	if (part.text.includes(':')) return inComposite(model, part.text, within);
	const owner = model.layout.ownerOf(part.uid);
	return owner === null ? null : inBlock(model, owner, part.uid, within);
}

/** Where a letter of a block, cell or field is in the document; null when it is not seen. */
export function positionOfLetter(model: TextModel, { name, offset }: LetterPlace): number | null {
	if (name.includes(':')) return inComposite(model, name, offset);
	const found = positionOf(model, name);
	return found?.node.isTextblock ? found.position + 1 + Math.min(offset, found.node.content.size) : null;
}

const knownNames = new WeakMap<Node, readonly string[]>();

/** The blocks, cells and fields with letters of their own in a top-level block, as their texts are named. */
export function namesIn(block: Node): readonly string[] {
	let names = knownNames.get(block);
	if (!names) knownNames.set(block, (names = leavesOf(block).flatMap(({ node, uid }) => namesOfLeaf(node, uid))));
	return names;
}

function namesOfLeaf(node: Node, uid: string): string[] {
	if (node.isTextblock) return [uid];
	const names: string[] = [];
	for (const child of node.children) {
		if (child.type.name === 'headerField') names.push(cellName(uid, child.attrs.name as string));
		else if (child.type.spec.tableRole === 'row')
			for (const cell of child.children) names.push(cellName(child.attrs.uid as string, cell.attrs.col as string));
	}
	return names;
}

function inBlock(model: TextModel, owner: string, part: string, within: number): number | null {
	let offset = within;
	for (const piece of model.layout.piecesOf(owner)) {
		if (piece === part) break;
		offset += model.part(piece).length;
	}
	const found = positionOf(model, owner);
	if (found) return found.position + 1 + Math.min(offset, found.node.content.size);
	// The block is not seen: the end of the last one before it that is.
	const { all } = model.layout;
	for (let nth = all.indexOf(owner) - 1; nth >= 0; nth--) {
		const before = positionOf(model, all[nth]);
		if (before) return before.position + before.node.nodeSize - 1;
	}
	return 0;
}

/** The node of a block and where it begins. */
export function positionOf(model: TextModel, uid: string): { node: Node; position: number } | null {
	const { node: doc } = model;
	const top = model.topOf(uid);
	if (top < 0) return null;
	let position = 0;
	for (let nth = 0; nth < top; nth++) position += doc.child(nth).nodeSize;
	const leaf = leavesOf(doc.child(top)).find((other) => other.uid === uid);
	return leaf ? { node: leaf.node, position: position + leaf.offset } : null;
}

/** A place in a cell or field. */
function inComposite(model: TextModel, name: string, offset: number): number | null {
	const [first, second] = name.split(':');
	const table = model.tableOf(name);
	const block = positionOf(model, table ?? first);
	if (!block) return null;
	let found: number | null = null;
	block.node.forEach((child, at) => {
		const start = block.position + 1 + at;
		if (table === undefined) {
			if (child.attrs.name === second) found = start + 1 + Math.min(offset, child.content.size);
		} else if (child.attrs.uid === first) {
			child.forEach((cell, cellAt) => {
				if (cell.attrs.col === second) found = start + 1 + cellAt + 1 + positionInCell(cell, offset);
			});
		}
	});
	return found;
}

/** Letters of a cell in front of a position, each line but the first with the separator before it. */
export function offsetInCell(cell: Node, position: number): number {
	let letters = 0;
	for (const { from, size } of linesOf(cell)) {
		if (position <= from + size) return letters + Math.max(0, position - from);
		letters += size + 1;
	}
	return Math.max(0, letters - 1);
}

function positionInCell(cell: Node, offset: number): number {
	let left = offset;
	let end = 1;
	for (const { from, size } of linesOf(cell)) {
		end = from + size;
		if (left <= size) return from + left;
		left -= size + 1;
	}
	return end;
}

/** Where the letters of each line of a cell begin, and how many there are. */
function* linesOf(cell: Node): Generator<{ from: number; size: number }> {
	let at = 0;
	for (const block of cell.children) {
		for (const { node, offset } of leavesOf(block))
			yield { from: at + offset + 1, size: node.isTextblock ? node.content.size : 0 };
		at += block.nodeSize;
	}
}
