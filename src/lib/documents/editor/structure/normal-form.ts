import type { Node, Schema } from '@tiptap/pm/model';
import { Fragment, Slice } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { nearest } from '../../schema/complete-values.ts';
import { changedBlocks } from '../numbers/sequence.ts';
import { isOwnEdit } from '../shared-text/shared-text.ts';

/**
 * Keeps text in Unicode normal form C. Some keyboards type a letter and then its tone as a separate mark; the two become
 * one letter. Never inside a composition: the input method still owns that text, and it is put right when it ends.
 */
export function normalForm(): Plugin {
	return new Plugin({
		appendTransaction: (transactions, before, state) => {
			if (!transactions.some(isOwnEdit) || transactions.some((transaction) => transaction.getMeta('composition'))) return null;
			return normalise(before.doc, state);
		},
		props: {
			handleDOMEvents: {
				compositionend: (view) => {
					// The view reads the composed text after this event.
					setTimeout(() => {
						if (view.isDestroyed || view.composing) return;
						const transaction = normalise(null, view.state);
						if (transaction) view.dispatch(transaction);
					}, COMPOSITION_SETTLES_MS);
					return false;
				}
			}
		}
	});
}

/** A slice with all of its text in normal form C, and with attributes as a reader of the text takes them. */
export function normalSlice(slice: Slice, schema: Schema): Slice {
	return new Slice(normalFragment(slice.content, schema), slice.openStart, slice.openEnd);
}

const COMPOSITION_SETTLES_MS = 60;

/** With `before` null looks at the block of the cursor only. */
function normalise(before: Node | null, state: EditorState): Transaction | null {
	const blocks = before ? changedBlocks(before, state.doc) : cursorBlock(state);
	if (!blocks) return null;
	let position = 0;
	for (let index = 0; index < blocks.from; index++) position += state.doc.child(index).nodeSize;
	const transaction = state.tr;
	for (let index = blocks.from; index < blocks.toAfter; index++) {
		const block = state.doc.child(index);
		if (!isNormal(block.textContent)) normaliseBlock(transaction, block, position);
		position += block.nodeSize;
	}
	return transaction.docChanged ? transaction : null;
}

/** Works on runs of text, so that marks stay; a mark set between a letter and its tone does not occur. */
function normaliseBlock(transaction: Transaction, block: Node, start: number): void {
	block.descendants((node, offset) => {
		if (!node.isText || !node.text || isNormal(node.text)) return;
		const from = start + 1 + offset;
		for (const { index, length, letter } of decomposed(node.text).toReversed()) {
			transaction.replaceWith(from + index, from + index + length, node.type.schema.text(letter, node.marks));
		}
	});
}

function decomposed(text: string): { index: number; length: number; letter: string }[] {
	const found: { index: number; length: number; letter: string }[] = [];
	for (const match of text.matchAll(/\P{M}\p{M}+/gu)) {
		const letter = match[0].normalize('NFC');
		if (letter !== match[0]) found.push({ index: match.index, length: match[0].length, letter });
	}
	return found;
}

function normalFragment(fragment: Fragment, schema: Schema): Fragment {
	const nodes: Node[] = [];
	fragment.forEach((node) => {
		if (node.isText) nodes.push(schema.text((node.text ?? '').normalize('NFC'), node.marks));
		else nodes.push(node.type.create(readableAttrs(node), normalFragment(node.content, schema), node.marks));
	});
	return Fragment.fromArray(nodes);
}

/** Only what is written can come in any length. */
function readableAttrs({ type, attrs }: Node): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(attrs).map(([name, value]) => [
			name,
			typeof value === 'string'
				? (nearest(type.name, name, value) ?? type.spec.attrs?.[name]?.default ?? null)
				: (value as unknown)
		])
	);
}

function cursorBlock(state: EditorState): { from: number; toAfter: number } {
	const index = state.selection.$from.index(0);
	return { from: index, toAfter: Math.min(state.doc.childCount, index + 1) };
}

function isNormal(text: string): boolean {
	return text.normalize('NFC') === text;
}
