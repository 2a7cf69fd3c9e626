/** Gives what comes from outside uids of its own (WR6). */
import { Fragment, type Node } from '@tiptap/pm/model';
import { newUid } from '../base/ids.ts';
import { isName } from './births.ts';

/** The uids in a document, but for those within one of its nodes. */
export function uidsIn(doc: Node, except?: Node): Set<string> {
	const uids = new Set<string>();
	doc.descendants((node) => {
		if (node === except) return false;
		if (typeof node.attrs.uid === 'string') uids.add(node.attrs.uid);
		return true;
	});
	return uids;
}

/** The same content, with a new uid for whatever has none, or one that is taken. The lines of a cell need none. */
export function withOwnUids(content: Fragment, taken: Set<string>, isInCell = false): Fragment {
	const nodes = content.content.map((node) => {
		if (node.isText) return node;
		const isCell = node.type.name === 'tableCell' || node.type.name === 'tableHeader';
		const inner = withOwnUids(node.content, taken, isInCell || isCell);
		const { uid } = node.attrs;
		const needsOne = Object.hasOwn(node.type.spec.attrs ?? {}, 'uid') && !(isInCell && !node.isInline);
		const isFree = isName(uid) && !taken.has(uid);
		if (needsOne && isFree) taken.add(uid);
		if (!needsOne || isFree) return node.copy(inner);
		const own = newUid();
		taken.add(own);
		return node.type.create({ ...node.attrs, uid: own }, node.type.name === 'table' ? withOwnGrid(inner) : inner, node.marks);
	});
	return nodes.every((node, nth) => node === content.child(nth)) ? content : Fragment.fromArray(nodes);
}

/** The rows of a table that is another from now on. Names of rows and columns belong to the table that first had them, also when they are gone. */
function withOwnGrid(rows: Fragment): Fragment {
	const names = new Map<unknown, string>();
	const nameOf = (column: unknown) => {
		if (!names.has(column)) names.set(column, newUid());
		return names.get(column);
	};
	const own = ({ type, attrs, content }: Node) =>
		type.create({ ...attrs, col: isName(attrs.col) ? nameOf(attrs.col) : null }, content);
	return Fragment.fromArray(rows.content.map((row) => row.type.create({ uid: newUid() }, row.children.map(own))));
}
