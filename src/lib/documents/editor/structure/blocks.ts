import type { Node, ResolvedPos } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import { isLevel, levelRank, type Level } from '../../../text/levels.ts';

/** A top-level block: where it stands and what it is. Positions are those before and after the node. */
export interface Block {
	node: Node;
	index: number;
	from: number;
	to: number;
}

/** A run of top-level blocks, `[fromIndex, toIndex)`, with the positions around it. */
export interface BlockRange {
	fromIndex: number;
	toIndex: number;
	from: number;
	to: number;
}

/** Blocks that stand at a fixed place around the body: nothing moves past them and they belong to no provision. */
const FRAME = new Set(['documentHeader', 'legalBasis', 'enactingLine', 'signature', 'recipients']);

const APPENDIX_RANK = -1;
/** Text, tables and lists belong to the provision before them. */
const CONTENT_RANK = 99;

export function isProvision(node: Node): boolean {
	return node.type.name === 'provision';
}

export function isFrame(node: Node): boolean {
	return FRAME.has(node.type.name);
}

/** The level of a provision; null for every other block. */
export function levelOf(node: Node): Level | null {
	return isProvision(node) && isLevel(node.attrs.level) ? node.attrs.level : null;
}

/** Order of width: smaller contains larger. -1 appendix, 0 part … 7 indent, 99 what is no provision. */
export function rankOf(node: Node): number {
	if (node.type.name === 'appendix') return APPENDIX_RANK;
	const level = levelOf(node);
	return level === null ? CONTENT_RANK : levelRank(level);
}

/** The block in which a position lies; null between blocks at the top. */
export function blockAt($position: ResolvedPos): Block | null {
	if ($position.depth === 0) {
		const node = $position.nodeAfter;
		return node ? { node, index: $position.index(), from: $position.pos, to: $position.pos + node.nodeSize } : null;
	}
	return { node: $position.node(1), index: $position.index(0), from: $position.before(1), to: $position.after(1) };
}

/** The block of the cursor, when the cursor is in its own text and not in a table cell or list inside it. */
export function textBlock(state: EditorState, typeName?: string): Block | null {
	const { $from, $to } = state.selection;
	if ($from.depth !== 1 || !$from.sameParent($to) || !$from.parent.isTextblock) return null;
	return !typeName || $from.parent.type.name === typeName ? blockAt($from) : null;
}

/** The top-level blocks that the selection touches. */
export function selectedBlocks(state: EditorState): BlockRange {
	const { $from, $to } = state.selection;
	const first = $from.index(0);
	const last = Math.max(first, $to.depth === 0 ? $to.index(0) - 1 : $to.index(0));
	return rangeOf(state.doc, first, last + 1);
}

/** The blocks `[fromIndex, toIndex)` with their positions. */
export function rangeOf(doc: Node, fromIndex: number, toIndex: number): BlockRange {
	let from = 0;
	for (let index = 0; index < fromIndex; index++) from += doc.child(index).nodeSize;
	let to = from;
	for (let index = fromIndex; index < toIndex; index++) to += doc.child(index).nodeSize;
	return { fromIndex, toIndex, from, to };
}

/** The index behind the last block that belongs to the provision at `index`: its children, their text and tables. */
export function subtreeEnd(doc: Node, index: number): number {
	const own = rankOf(doc.child(index));
	let end = index + 1;
	if (own === CONTENT_RANK) return end;
	while (end < doc.childCount) {
		const block = doc.child(end);
		if (isFrame(block) ? own !== APPENDIX_RANK : rankOf(block) <= own) break;
		end++;
	}
	return end;
}

/** The provisions that contain the block at `index`, nearest first, as indexes. Stops at an appendix. */
export function ancestors(doc: Node, index: number): number[] {
	const found: number[] = [];
	let least = rankOf(doc.child(index));
	for (let at = index - 1; at >= 0; at--) {
		const block = doc.child(at);
		const rank = rankOf(block);
		if (rank === APPENDIX_RANK) break;
		if (rank < least) {
			found.push(at);
			least = rank;
		}
	}
	return found;
}

/** The levels in use in a document. */
export function usedLevels(doc: Node): Set<Level> {
	const used = new Set<Level>();
	doc.forEach((block) => {
		const level = levelOf(block);
		if (level) used.add(level);
	});
	return used;
}
