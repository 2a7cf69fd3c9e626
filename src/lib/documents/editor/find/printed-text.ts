import type { Node } from '@tiptap/pm/model';
import { type FoldedText, foldWithMap } from '../../../base/fold.ts';
import { elementText } from '../../schema/element-text.ts';
import type { Numbering } from '../../numbering/numbering.ts';
import { printReference } from '../../references/references.ts';

/** A stretch of printed text: letters of the document, or something computed that stands at one place of it. */
interface Stretch {
	/** Where it begins in the printed text. */
	at: number;
	length: number;
	/** Where it begins in the block, and how much of the block it is: 0 for the number in front of it. */
	offset: number;
	size: number;
	kind: 'letters' | Fixed;
}

/** What is no letters of the document: something computed, or a placeholder, which can be replaced as a whole only. */
type Fixed = 'computed' | 'whole';

/** The text of a block as it is printed: its number, its letters, its references in words. */
export interface PrintedText {
	text: string;
	folded: FoldedText;
	stretches: Stretch[];
}

/** What a block was printed as, and what that depended on: `numbering` only where it has references. */
interface Known {
	label: string;
	numbering: Numbering | null;
	printed: PrintedText;
}

const known = new WeakMap<Node, Known>();

/** The printed text of a text block. `label` is its number, '' when it has none; `home` the uid that references are printed from. */
export function printedText(block: Node, label: string, home: string | null, numbering: Numbering | null): PrintedText {
	const before = known.get(block);
	if (before && before.label === label && (before.numbering === null || before.numbering === numbering)) return before.printed;
	const stretches: Stretch[] = [];
	let text = '';
	const add = (words: string, offset: number, size: number, kind: Stretch['kind']) => {
		stretches.push({ at: text.length, length: words.length, offset, size, kind });
		text += words;
	};
	if (label) add(`${label} `, 0, 0, 'computed');
	let hasReferences = false;
	block.forEach((node, offset) => {
		if (node.isText) add(node.text!, offset, node.nodeSize, 'letters');
		else if (node.type.name === 'reference') {
			hasReferences = true;
			add(referenceText(node, home, numbering), offset, node.nodeSize, 'computed');
		} else if (node.type.name === 'placeholder') add(elementText('placeholder', node.attrs), offset, node.nodeSize, 'whole');
		else add('\ufffc', offset, node.nodeSize, 'letters');
	});
	const printed = { text, folded: foldWithMap(text), stretches };
	if (!hasReferences || numbering) known.set(block, { label, numbering: hasReferences ? numbering : null, printed });
	return printed;
}

/** Where a stretch of the printed text stands in the block, and whether some of it cannot be replaced: it is computed, or a part of a placeholder. */
export function placeOf({ stretches }: PrintedText, from: number, to: number): { from: number; to: number; isComputed: boolean } {
	const touched = stretches.filter(({ at, length }) => at < to && at + length > from);
	const first = touched[0]!;
	const last = touched.at(-1)!;
	return {
		from: first.kind !== 'letters' ? first.offset : first.offset + from - first.at,
		to: last.kind !== 'letters' ? last.offset + last.size : last.offset + to - last.at,
		isComputed: touched.some(
			({ kind, at, length }) => kind === 'computed' || (kind === 'whole' && (from > at || to < at + length))
		)
	};
}

function referenceText({ attrs }: Node, home: string | null, numbering: Numbering | null): string {
	const { target, text, scope } = attrs as { target: string | null; text: string; scope: string | null };
	return (target && numbering && printReference(target, numbering, { from: home, scope })) || text || '\ufffc';
}
