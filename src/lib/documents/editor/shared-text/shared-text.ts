import type { Node, Schema } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { TextModel } from '../../../text/model.ts';
import { undoOf } from '../../../text/undo.ts';
import { TextWriter } from '../../../text/writer.ts';
import { readCaret } from '../view/quick-keys.ts';
import { CarriedTags } from './carried-tags.ts';
import { EditRun } from './edit-run.ts';
import { KeptSelection } from './kept-selection.ts';
import { stepBetween } from './step-between.ts';

/** What the plugin knows in each state: the transactions since the document that Yjs holds. */
interface Since {
	shared: SharedText;
	transactions: readonly Transaction[];
}

/** How a change that came from Yjs is marked. */
interface Incoming {
	/** It was made by undo or redo here. */
	isUndo: boolean;
}

/** What one undo takes back: what was typed in a row (UN4), or all until `stopCapturing`. */
export type UndoSteps = 'runs' | 'until told';

export const sharedTextKey = new PluginKey<Since>('shared-text');

/** Whether a transaction is the work of this person, not what came in from colleagues or from undo. */
export function isOwnEdit(transaction: Transaction): boolean {
	return transaction.docChanged && !transaction.getMeta(sharedTextKey);
}

/** One editor's side of a shared text: what the person does goes to Yjs, what comes from there is shown. */
export class SharedText {
	readonly model: TextModel;
	readonly undo: Y.UndoManager;
	readonly #writer: TextWriter;
	#view: EditorView | null = null;
	/** The document that Yjs holds. */
	#written: Node;
	#kept: KeptSelection | null = null;
	readonly #carried = new CarriedTags();
	readonly #run: EditRun | null;

	constructor(ydoc: Y.Doc, schema: Schema, steps: UndoSteps = 'runs') {
		this.model = new TextModel(ydoc, schema);
		this.#writer = new TextWriter(this.model, this);
		this.undo = undoOf(ydoc, this.#writer, this, steps === 'runs' ? undefined : Infinity);
		this.#run = steps === 'runs' ? new EditRun() : null;
		this.#written = this.model.node;
	}

	/** The document to begin with. */
	get doc(): Node {
		return this.#written;
	}

	plugin(): Plugin<Since> {
		return new Plugin<Since>({
			key: sharedTextKey,
			state: {
				init: () => ({ shared: this, transactions: [] }),
				apply: (transaction, { transactions }, before) => {
					if (!transaction.docChanged || transaction.getMeta(sharedTextKey)) return { shared: this, transactions: [] };
					return { shared: this, transactions: before.doc === this.#written ? [transaction] : [...transactions, transaction] };
				}
			},
			props: { handleDOMEvents: { copy: this.#take, cut: this.#take, dragstart: this.#take } },
			view: (view) => {
				this.#view = view;
				const { doc } = this.model;
				doc.on('beforeTransaction', this.#remember);
				doc.on('afterTransaction', this.#receive);
				return {
					update: ({ state }) => this.#write(state),
					destroy: () => {
						doc.off('beforeTransaction', this.#remember);
						doc.off('afterTransaction', this.#receive);
						this.undo.destroy();
						this.model.destroy();
						this.#view = null;
					}
				};
			}
		});
	}

	/** How often what the editor had was put right since the text held something else. */
	corrections = 0;

	#write(state: EditorState): void {
		if (state.doc === this.#written) return;
		const { transactions } = sharedTextKey.getState(state)!;
		const isWhole = transactions[0]?.before === this.#written;
		const known = isWhole ? transactions : [];
		if (this.#run?.goesOn(known) === false) this.undo.stopCapturing();
		const isSame = this.model.doc.transact(() => {
			const written = this.#writer.write(this.#written, state.doc, known);
			if (written) this.#carried.putBack(this.model, state.doc, known);
			return written;
		}, this);
		this.#written = state.doc;
		if (isSame) return;
		this.corrections++;
		this.#show(false);
	}

	/** Before the editor takes a selection out, or copies it. */
	readonly #take = (view: EditorView): false => {
		this.#carried.take(this.model, view.state);
		return false;
	};

	readonly #remember = (transaction: Y.Transaction): void => {
		// Only what comes from elsewhere moves the caret, and from where the person has it by now.
		if (transaction.origin === this || !this.#view) return;
		readCaret(this.#view);
		this.#kept = KeptSelection.of(this.model, this.#view.state);
	};

	readonly #receive = (transaction: Y.Transaction): void => {
		if (transaction.origin !== this) this.#show(transaction.origin === this.undo);
	};

	/** Shows what Yjs holds, with a step as small as it can be. */
	#show(isUndo: boolean): void {
		if (!this.#view) return;
		const { state } = this.#view;
		const next = this.model.node;
		if (next === state.doc) return;
		const change = stepBetween(state.doc, next.children, state.tr);
		if (isUndo) change.setSelection(KeptSelection.atEnd(change)).scrollIntoView();
		else this.#kept?.restore(change);
		change.setMeta('addToHistory', false);
		change.setMeta(sharedTextKey, { isUndo } satisfies Incoming);
		this.#run?.map(change.mapping);
		this.model.adopt(change.doc);
		this.#written = change.doc;
		this.#view.dispatch(change);
	}
}
