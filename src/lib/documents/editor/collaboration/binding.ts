import type { Node } from '@tiptap/pm/model';
import { Fragment, Slice } from '@tiptap/pm/model';
import { type Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import {
	getRelativeSelection,
	type ProsemirrorBinding,
	relativePositionToAbsolutePosition,
	updateYFragment,
	ySyncPluginKey
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { readCaret } from '../view/quick-keys.ts';
import { type CaretLetters, followCaret, lettersAt } from './follow-caret.ts';
import { type Mapping, readFragment } from './reader.ts';
import { notingRemovals } from './removals.ts';
import { notingMoves } from './rewritten.ts';
import { writeBlocks } from './write-blocks.ts';

/** The parts of the binding that its type declarations leave out. */
interface Binding extends Omit<ProsemirrorBinding, 'mapping' | 'mux' | '_observeFunction' | '_prosemirrorChanged'> {
	mapping: Mapping;
	mux: (run: () => void) => void;
	_observeFunction: (events: Y.YEvent<never>[], transaction: Y.Transaction) => void;
	_prosemirrorChanged: (doc: Node) => void;
}

/**
 * Makes the binding's work proportional to the change. As it comes, it builds every block anew for each remote letter
 * (30 ms and a redraw of all blocks in a long law) and replaces the whole document, so every position that a plugin
 * keeps is lost. Here unchanged blocks stay the same nodes and the step covers only what differs. Also, nothing is
 * compared with Yjs when a transaction left the document alone (cursor moves, decorations).
 */
export function refineBinding(original: ProsemirrorBinding): void {
	const binding = original as unknown as Binding;
	const exclusively = binding.mux;
	let writing = false;
	let written: Node | null = null;
	let atCaret: CaretLetters | null = null;
	let followed: Selection | null = null;
	binding.mux = (run) => {
		exclusively(() => {
			writing = true;
			try {
				run();
			} finally {
				writing = false;
			}
		});
	};
	binding.beforeAllTransactions = () => {
		// Only what comes from elsewhere moves the cursor, and from where the person has it by now.
		if (writing || binding.prosemirrorView === null) return;
		readCaret(binding.prosemirrorView);
		const { state } = binding.prosemirrorView;
		binding.beforeTransactionSelection = getRelativeSelection(original, state);
		// What was typed last may only be put back later; until the person acts the caret goes on looking for it.
		if (atCaret && followed?.eq(state.selection)) return;
		atCaret = state.selection.empty ? lettersAt(binding.doc, binding.beforeTransactionSelection!.head) : null;
	};
	binding._prosemirrorChanged = (doc) => {
		if (doc === written) return;
		written ??= readAlready(binding, doc);
		if (!written || !writeBlocks(binding, original, written, doc)) writeAll(binding, original, doc);
		written = doc;
	};
	binding._observeFunction = (events, transaction) => {
		if (binding.prosemirrorView === null || events.length === 0) return;
		binding.mux(() => {
			const isUndo = transaction.origin instanceof Y.UndoManager;
			const { view, next } = readChange(binding, transaction);
			const change = stepBetween(view.state.doc, next, view.state.tr);
			restoreSelection(change, binding, view.state.selection, isUndo, atCaret);
			followed = change.selection;
			change.setMeta('addToHistory', false);
			change.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: isUndo });
			written = change.doc;
			view.dispatch(change);
			rememberNodes(binding, view.state.doc);
		});
	};
}

/** Writes by likeness, when it is not known which of the editor's blocks are which of those in Yjs. */
function writeAll(binding: Binding, original: ProsemirrorBinding, doc: Node): void {
	const { type } = binding;
	const blocks = () => type.toArray().filter((block) => block instanceof Y.XmlElement);
	const write = () => {
		updateYFragment(binding.doc, type, doc, original);
		return [];
	};
	notingRemovals(type, () => notingMoves(binding.doc, blocks(), write, blocks));
}

/** The document as the mapping has it, before the first edit; null when the mapping does not cover it. */
function readAlready({ type, mapping }: Binding, like: Node): Node | null {
	const nodes = type.toArray().map((block) => mapping.get(block));
	const isWhole = nodes.every((node): node is Node => node !== undefined && !Array.isArray(node));
	return isWhole ? like.copy(Fragment.fromArray(nodes)) : null;
}

/** The whole document as it is in Yjs now; only what the transaction touched is read again. */
function readChange(binding: Binding, transaction: Y.Transaction) {
	const { mapping, prosemirrorView: view } = binding;
	for (const type of transaction.changed.keys()) mapping.delete(type);
	for (const type of transaction.changedParentTypes.keys()) mapping.delete(type);
	return { view, next: readFragment(binding.type, view.state.schema, mapping) };
}

/** A transaction that makes `doc` hold exactly these blocks, with one step as small as it can be. */
export function stepBetween(doc: Node, blocks: readonly Node[], transaction: Transaction): Transaction {
	const content = blocks.length ? Fragment.fromArray([...blocks]) : (doc.type.createAndFill()?.content ?? Fragment.empty);
	const next = doc.copy(content);
	const from = doc.content.findDiffStart(content);
	if (from === null) return transaction;
	const end = doc.content.findDiffEnd(content);
	if (end) {
		const overlap = Math.max(0, from - Math.min(end.a, end.b));
		const result = transaction.maybeStep(
			new ReplaceStep(from, end.a + overlap, safeSlice(next, from, end.b + overlap))
		);
		if (!result.failed && transaction.doc.eq(next)) return transaction;
	}
	if (transaction.steps.length) throw new Error('the step between two documents does not lead to the second');
	return transaction.step(new ReplaceStep(0, doc.content.size, new Slice(content, 0, 0)));
}

function safeSlice(doc: Node, from: number, to: number): Slice {
	return from > to ? Slice.empty : doc.slice(from, to);
}

/**
 * The cursor stays at its letter. Where the step did not touch it, mapping it is exact; else it is found again through
 * Yjs, also when a colleague has moved it. After undo it goes to what was undone.
 */
function restoreSelection(
	change: Transaction,
	binding: Binding,
	before: Selection,
	isUndo: boolean,
	atCaret: CaretLetters | null
): void {
	if (!change.docChanged) return;
	const { doc } = change;
	const resolve = (position: number) => doc.resolve(Math.max(0, Math.min(doc.content.size, position)));
	let touched = false;
	let end = 0;
	change.mapping.maps[0]?.forEach((from, to, _newFrom, newTo) => {
		touched ||= from <= before.to && to >= before.from;
		end = newTo;
	});
	if (isUndo) {
		change.setSelection(TextSelection.near(resolve(end), -1)).scrollIntoView();
		return;
	}
	const kept = binding.beforeTransactionSelection;
	if (!touched || !(before instanceof TextSelection) || !kept) return;
	const find = (position: Y.RelativePosition) =>
		relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping as never);
	const moved = atCaret && followCaret(binding.doc, atCaret);
	const anchor = find(moved ?? kept.anchor);
	const head = find(moved ?? kept.head);
	if (anchor === null || head === null) return;
	change.setSelection(TextSelection.between(resolve(anchor), resolve(head)));
}

/** The step may have built changed blocks anew; the mapping takes over those that the document really holds. */
function rememberNodes(binding: Binding, doc: Node): void {
	const types = binding.type.toArray() as Y.XmlElement[];
	if (types.length !== doc.childCount) return;
	for (let index = 0; index < types.length; index++) {
		const type = types[index] as Y.XmlElement;
		const node = doc.child(index);
		const known = binding.mapping.get(type);
		if (known !== node && known && !Array.isArray(known) && known.eq(node)) binding.mapping.set(type, node);
	}
}

