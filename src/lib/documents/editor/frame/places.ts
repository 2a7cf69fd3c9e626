import type { Node } from '@tiptap/pm/model';
import { isKept, mainEnd } from './kept.ts';

/** The parts around the text of a document, in their order; each can be put in where it is missing. */
const FRAME_PARTS = ['documentHeader', 'legalBasis', 'enactingLine', 'recipients', 'signature', 'appendix'] as const;

export type FramePart = (typeof FRAME_PARTS)[number];

/** The parts that a document does not have. */
export function missingParts(doc: Node): FramePart[] {
	const there = new Set<string>();
	const end = mainEnd(doc);
	for (let index = 0; index < end; index++) there.add(doc.child(index).type.name);
	if (end < doc.childCount) there.add('appendix');
	return FRAME_PARTS.filter((part) => !there.has(part));
}

/** The number of blocks in front of which a part of the frame belongs. */
export function placeFor(doc: Node, part: FramePart): number {
	const end = mainEnd(doc);
	const behindLast = (name: string) => {
		for (let index = end - 1; index >= 0; index--) if (doc.child(index).type.name === name) return index + 1;
		return null;
	};
	switch (part) {
		case 'documentHeader':
			return 0;
		case 'legalBasis':
			return behindLast('legalBasis') ?? Math.min(behindOpening(doc, end), (behindLast('enactingLine') ?? end + 1) - 1);
		case 'enactingLine':
			return behindLast('legalBasis') ?? behindOpening(doc, end);
		case 'recipients':
			return (behindLast('signature') ?? end + 1) - 1;
		case 'signature':
			return behindLast('recipients') ?? end;
		case 'appendix':
			return doc.childCount;
	}
}

/** Behind the header and the name of the body that issues, which stands centred below it. */
function behindOpening(doc: Node, end: number): number {
	let index = 0;
	while (index < end && isKept(doc.child(index)) && doc.child(index).type.name === 'documentHeader') index++;
	while (index < end && doc.child(index).type.name === 'paragraph' && doc.child(index).attrs.align === 'center') index++;
	return index;
}
