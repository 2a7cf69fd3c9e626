/** What is unfinished in a text. Pure: over a ProseMirror document, on a page as on the server. */
import type { Node } from '@tiptap/pm/model';
import { rankOf } from '../../text/kinds.ts';
import { isTitled } from '../../text/levels.ts';
import { elementText } from '../schema/element-text.ts';
import type { HeaderFieldName } from '../schema/frame.ts';
import { findPlaceholders } from './placeholders.ts';

export const GAP_KINDS = ['placeholder', 'empty-field', 'empty-provision', 'broken-reference'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** Fields that no document is issued without; the others are printed where there is something to say. */
const REQUIRED = ['agency', 'symbol', 'placeDate', 'subject', 'position', 'signer'] as const satisfies HeaderFieldName[];

/** What must not be empty where it is there. */
export type GapField = (typeof REQUIRED)[number] | 'legalBasis' | 'enactingLine' | 'recipients';

/** One place that is not finished. */
export interface Gap {
	kind: GapKind;
	/** The top-level block in which it is. */
	index: number;
	/** What is to be filled in or put right; where there is nothing yet, the place to write at. */
	from: number;
	to: number;
	/** What is printed there now; '' when nothing is. */
	text: string;
	/** Of an empty field. */
	field: GapField | null;
}

/** How many there are of each kind. */
export type GapCounts = Record<GapKind, number>;

/** A gap as its block knows it: places count from where the block begins; a reference is one if its target is gone. */
type Found = Pick<Gap, 'kind' | 'from' | 'to' | 'text' | 'field'> & { target?: string | null };

const known = new WeakMap<Node, readonly Found[]>();

/**
 * All gaps of a document in order: placeholders, also those written as text; fields and lines of the frame that are there
 * and empty; provisions without a word and without anything under them; references to what `hasTarget` does not know.
 * Blocks are immutable, so each is looked through once: what comes back after an edit costs a walk over the blocks.
 */
export function gapsOf(doc: Node, hasTarget: (uid: string) => boolean): Gap[] {
	const gaps: Gap[] = [];
	doc.forEach((block, position, index) => {
		if (isEmptyProvision(block, doc.maybeChild(index + 1))) {
			const place = position + 1;
			gaps.push({ kind: 'empty-provision', index, from: place, to: place, text: '', field: null });
		}
		for (const { target, ...found } of foundIn(block)) {
			if (target !== undefined && target !== null && hasTarget(target)) continue;
			gaps.push({ ...found, index, from: position + found.from, to: position + found.to });
		}
	});
	return gaps;
}

/** How many of each kind are among some gaps. */
export function countGaps(gaps: readonly Gap[]): GapCounts {
	const counts: GapCounts = { placeholder: 0, 'empty-field': 0, 'empty-provision': 0, 'broken-reference': 0 };
	for (const { kind } of gaps) counts[kind]++;
	return counts;
}

/** A heading needs its words; any other provision words, or something that belongs to it. */
function isEmptyProvision(block: Node, next: Node | null): boolean {
	const { name } = block.type;
	if ((name !== 'provision' && name !== 'appendix') || !isBlank(block)) return false;
	if (name === 'appendix') return next?.type.name !== 'documentHeader';
	if (isTitled(block.attrs.level) && block.attrs.level !== 'article') return true;
	if (!next || FRAME.has(next.type.name) || (next.type.name === 'paragraph' && isBlank(next))) return true;
	return rankOf(next.type.name, next.attrs.level) <= rankOf(name, block.attrs.level);
}

const FRAME = new Set(['documentHeader', 'legalBasis', 'enactingLine', 'signature', 'recipients']);

function foundIn(block: Node): readonly Found[] {
	let found = known.get(block);
	if (!found) {
		const made: Found[] = [];
		if (block.isTextblock) lookThrough(block, 1, null, made);
		else
			block.descendants((node, offset, parent) => {
				if (node.isTextblock) lookThrough(node, offset + 2, parent, made);
				return !node.isTextblock;
			});
		found = made;
		known.set(block, found);
	}
	return found;
}

function lookThrough(block: Node, start: number, parent: Node | null, found: Found[]): void {
	const field = fieldOf(block, parent);
	if (field && isBlank(block)) found.push({ kind: 'empty-field', from: start, to: start, text: '', field });
	let letters = '';
	const inBlock: Found[] = [];
	block.forEach((node, offset) => {
		letters += node.text ?? '\ufffc';
		const { name } = node.type;
		if (name !== 'placeholder' && name !== 'reference') return;
		const from = start + offset;
		const place = { from, to: from + node.nodeSize, text: elementText(name, node.attrs), field: null };
		if (name === 'placeholder') inBlock.push({ kind: name, ...place });
		else inBlock.push({ kind: 'broken-reference', ...place, target: node.attrs.target as string | null });
	});
	for (const { from, to } of findPlaceholders(letters))
		inBlock.push({ kind: 'placeholder', from: start + from, to: start + to, text: letters.slice(from, to), field: null });
	found.push(...inBlock.sort((a, b) => a.from - b.from));
}

/** What a text block is a field of, if it must not be empty. */
function fieldOf(block: Node, parent: Node | null): GapField | null {
	const { name } = block.type;
	if (name === 'headerField') return REQUIRED.find((required) => required === block.attrs.name) ?? null;
	if (name === 'legalBasis' || name === 'enactingLine') return name;
	return parent?.type.name === 'recipients' ? 'recipients' : null;
}

function isBlank(block: Node): boolean {
	return block.content.content.every((node) => node.isText && node.text!.trim() === '');
}
