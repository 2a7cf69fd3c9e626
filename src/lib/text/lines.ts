/** The blocks of a planned edit as a row of lines, and back. */
import type { Node } from '@tiptap/pm/model';
import { newUid } from '../base/ids.ts';
import { grouped, type Line } from './groups.ts';
import { allLeaves } from './leaves.ts';
import type { PlannedEdit } from './planned-edit.ts';

export function linesOf(doc: Node): Line[] {
	return allLeaves(doc)
		.filter(({ uid }) => uid !== '')
		.map(({ kind, node, attrs }) => ({ kind, node, depth: attrs.depth, more: attrs.more }));
}

export function uidOf({ node }: Line): string {
	return node.attrs.uid as string;
}

/** The document becomes these lines. It always has a block. */
export function show(edit: PlannedEdit, lines: readonly Line[]): void {
	const { schema } = edit.model;
	const blocks = lines.length > 0 ? grouped(lines, schema) : [schema.nodes.paragraph.create({ uid: newUid() })];
	edit.become(schema.topNodeType.create(null, blocks));
}
