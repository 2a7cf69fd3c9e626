/** In which blocks two documents of the editor differ, and where these stand. */
import type { Node } from '@tiptap/pm/model';
import { isSameLeaf, type Leaf, leavesOf } from './leaves.ts';

/** A leaf with the position of its node in the document. */
export interface PlacedLeaf extends Leaf {
	from: number;
}

/** The leaves in which two documents differ, with their positions, and the block in front of them. */
export function changedLeaves(before: Node, after: Node): { old: PlacedLeaf[]; now: PlacedLeaf[]; previous: string | null } {
	let from = 0;
	let to = before.childCount;
	let toAfter = after.childCount;
	while (from < to && from < toAfter && before.child(from) === after.child(from)) from++;
	while (to > from && toAfter > from && before.child(to - 1) === after.child(toAfter - 1)) {
		to--;
		toAfter--;
	}
	const old = placedLeaves(before, from, to);
	const now = placedLeaves(after, from, toAfter);
	let same = 0;
	while (same < old.length && same < now.length && isSameLeaf(old[same], now[same])) same++;
	let sameEnd = 0;
	while (
		sameEnd < Math.min(old.length, now.length) - same &&
		isSameLeaf(old[old.length - 1 - sameEnd], now[now.length - 1 - sameEnd])
	)
		sameEnd++;
	const previous = same > 0 ? old[same - 1].uid : from > 0 ? leavesOf(before.child(from - 1)).at(-1)!.uid : null;
	return { old: old.slice(same, old.length - sameEnd), now: now.slice(same, now.length - sameEnd), previous };
}

function placedLeaves(doc: Node, from: number, to: number): PlacedLeaf[] {
	let position = 0;
	for (let nth = 0; nth < from; nth++) position += doc.child(nth).nodeSize;
	const leaves: PlacedLeaf[] = [];
	for (let nth = from; nth < to; nth++) {
		const block = doc.child(nth);
		for (const leaf of leavesOf(block)) leaves.push({ ...leaf, from: position + leaf.offset });
		position += block.nodeSize;
	}
	return leaves;
}

/** Where the content of a leaf begins and ends in its document. */
export function insideOf({ from, node }: PlacedLeaf): { from: number; to: number } {
	return { from: from + 1, to: from + 1 + node.content.size };
}

/** The fields of a header block, with where their content begins and ends. */
export function fieldsIn({ node, from }: PlacedLeaf): { name: string; node: Node; from: number; to: number }[] {
	const fields: { name: string; node: Node; from: number; to: number }[] = [];
	node.forEach((field, offset) => {
		const start = from + 1 + offset + 1;
		fields.push({ name: field.attrs.name as string, node: field, from: start, to: start + field.content.size });
	});
	return fields;
}
