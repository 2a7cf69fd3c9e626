/** Puts flat leaves into the nodes that ProseMirror has around them: lists and the block of recipients. */
import type { Node, Schema } from '@tiptap/pm/model';
import { DEEPEST } from './kinds.ts';

/** A leaf as it is to be drawn. */
export interface Line {
	kind: string;
	node: Node;
	/** Of a line of a list. */
	depth?: unknown;
	more?: unknown;
}

/** The kinds of which several in a row stand in one node. */
export function isGrouped(kind: string): boolean {
	return kind === 'listItem' || kind === 'recipients';
}

/** The node around some lines of one kind. */
export function groupOf(lines: readonly Line[], schema: Schema): Node {
	if (lines[0].kind === 'recipients')
		return schema.nodes.recipients.create(
			null,
			lines.map(({ node }) => node)
		);
	return listOf(lines, schema);
}

/** The nodes for leaves in a row, each group in its node. */
export function grouped(lines: readonly Line[], schema: Schema): Node[] {
	const nodes: Node[] = [];
	for (let from = 0; from < lines.length;) {
		const { kind, node } = lines[from];
		let to = from + 1;
		if (isGrouped(kind)) while (to < lines.length && lines[to].kind === kind) to++;
		nodes.push(isGrouped(kind) ? groupOf(lines.slice(from, to), schema) : node);
		from = to;
	}
	return nodes;
}

interface Item {
	blocks: Node[];
	below: Item[];
}

/** No line stands more than one step below the one before it, and the first is at the top. */
function listOf(lines: readonly Line[], schema: Schema): Node {
	const { bulletList, listItem } = schema.nodes;
	const top: Item[] = [];
	/** The last item of each depth. */
	const open: Item[] = [];
	const close = (depth: number) => {
		for (const item of open.splice(depth).toReversed()) if (item.below.length > 0) item.blocks.push(list(item.below.splice(0)));
	};
	const list = (items: Item[]): Node =>
		bulletList.create(
			null,
			items.map(({ blocks }) => listItem.create(null, blocks))
		);
	for (const { node, depth, more } of lines) {
		const wanted = typeof depth === 'number' ? Math.max(0, Math.min(DEEPEST, depth)) : 0;
		const at = Math.min(wanted, open.length);
		if (more === true && at < open.length) {
			close(at + 1);
			const item = open[at];
			if (item.below.length > 0) item.blocks.push(list(item.below.splice(0)));
			item.blocks.push(node);
			continue;
		}
		close(at);
		const item = { blocks: [node], below: [] };
		(at === 0 ? top : open[at - 1].below).push(item);
		open.push(item);
	}
	close(0);
	return list(top);
}
