/**
 * The editor's document as a flat row of blocks (SPEC.md, "Leaves"). ProseMirror nests lines of lists and recipients; the
 * model does not, so that moving a line out of a list, or into another, rewrites no letter.
 */
import { Fragment, type Node } from '@tiptap/pm/model';

/** A block as the editor has it, whatever stands around it. */
export interface Leaf {
	uid: string;
	/** As the model names it: a paragraph in a list is a `listItem`. */
	kind: string;
	/** Without the uid. */
	attrs: Readonly<Record<string, unknown>>;
	/** The text block, atom, table, header block or signature itself. */
	node: Node;
	/** Where the node begins, counted from the beginning of the top-level block that holds it. */
	offset: number;
}

/** What the editor shows of a block of an unknown kind, and of an unknown inline element. */
export const OPAQUE_BLOCK = 'opaqueBlock';
export const OPAQUE = 'opaque';

const known = new WeakMap<Node, readonly Leaf[]>();

/** The leaves of a top-level block, or of a block in a cell; usually just itself. */
export function leavesOf(block: Node): readonly Leaf[] {
	let leaves = known.get(block);
	if (!leaves) {
		leaves = findLeaves(block);
		known.set(block, leaves);
	}
	return leaves;
}

/** All leaves of a document, in order. */
export function allLeaves(doc: Node): Leaf[] {
	return doc.children.flatMap((block) => leavesOf(block) as Leaf[]);
}

/** The inline content of a leaf; empty for what holds no text of its own. */
export function textOf({ node }: Leaf): Fragment {
	return node.isTextblock ? node.content : Fragment.empty;
}

/** Whether two leaves are the same block in the same state. */
export function isSameLeaf(a: Leaf, b: Leaf): boolean {
	return a.node === b.node && a.kind === b.kind && a.attrs.depth === b.attrs.depth && a.attrs.more === b.attrs.more;
}

function findLeaves(block: Node): Leaf[] {
	const { name } = block.type;
	if (name === 'bulletList') return linesOf(block, 0, 0);
	if (name === 'recipients') {
		const leaves: Leaf[] = [];
		block.forEach((node, offset) => leaves.push(leaf(node, 'recipients', offset + 1)));
		return leaves;
	}
	return [leaf(block, name === OPAQUE_BLOCK ? String(block.attrs.is) : name, 0)];
}

/** The lines of a list, and of the lists in it. What is no text in a list is a block of its own. */
function linesOf(list: Node, depth: number, start: number): Leaf[] {
	const leaves: Leaf[] = [];
	list.forEach((item, itemOffset) => {
		let isFirst = true;
		item.forEach((node, offset) => {
			const at = start + 1 + itemOffset + 1 + offset;
			if (node.isTextblock) {
				leaves.push(leaf(node, 'listItem', at, { depth, more: isFirst ? null : true }));
				isFirst = false;
			} else if (node.type.name === 'bulletList') leaves.push(...linesOf(node, depth + 1, at));
			else leaves.push(...leavesOf(node).map((inner) => ({ ...inner, offset: at + inner.offset })));
		});
	});
	return leaves;
}

function leaf(node: Node, kind: string, offset: number, more?: Record<string, unknown>): Leaf {
	const { uid, ...own } = node.attrs;
	const attrs = node.type.name === OPAQUE_BLOCK ? {} : { ...own, ...more };
	return { uid: typeof uid === 'string' ? uid : '', kind, attrs, node, offset };
}
