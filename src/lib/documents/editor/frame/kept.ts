import type { Node } from '@tiptap/pm/model';

/** The parts of the frame that go only by the menu of blocks: deleting across them empties them. */
const KEPT = ['documentHeader', 'signature', 'recipients'] as const;

export type KeptPart = (typeof KEPT)[number];

/** Whether a block is a header, a signature or recipients. */
export function isKept(node: Node): boolean {
	return (KEPT as readonly string[]).includes(node.type.name);
}

/** The number of blocks before the first appendix: those of the document itself. */
export function mainEnd(doc: Node): number {
	let end = 0;
	while (end < doc.childCount && doc.child(end).type.name !== 'appendix') end++;
	return end;
}

/** A part of the frame without its words: its fields, or one empty line. */
export function emptied(part: Node): Node {
	const { paragraph } = part.type.schema.nodes;
	const inner: Node[] = [];
	if (part.type.name === 'recipients') inner.push(paragraph.create());
	else part.forEach((field) => inner.push(field.type.create(field.attrs)));
	return part.type.create(part.attrs, inner);
}
