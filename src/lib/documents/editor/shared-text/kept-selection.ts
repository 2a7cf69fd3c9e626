import type { Selection } from '@tiptap/pm/state';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import type * as Y from 'yjs';
import type { TextModel } from '../../../text/model.ts';
import { toAbsolute, toRelative } from '../../../text/positions.ts';

/** Where a selection is by its letters, so that it is found again wherever a colleague takes them. */
export class KeptSelection {
	readonly #model: TextModel;
	readonly #selection: Selection;
	readonly #anchor: Y.RelativePosition | null;
	readonly #head: Y.RelativePosition | null;

	private constructor(model: TextModel, { doc, selection }: EditorState) {
		this.#model = model;
		this.#selection = selection;
		const isText = selection instanceof TextSelection;
		this.#anchor = isText ? toRelative(model, doc, selection.anchor) : null;
		this.#head = isText ? (selection.empty ? this.#anchor : toRelative(model, doc, selection.head)) : null;
	}

	static of(model: TextModel, state: EditorState): KeptSelection {
		return new KeptSelection(model, state);
	}

	/** The end of what a change put in: where undo leaves the caret. */
	static atEnd(change: Transaction): Selection {
		let end = 0;
		change.mapping.maps[0]?.forEach((_from, _to, _newFrom, newTo) => {
			end = newTo;
		});
		return TextSelection.near(change.doc.resolve(Math.min(change.doc.content.size, end)), -1);
	}

	/** Where the change did not touch it, mapping it is exact; else it is where its letters are. */
	restore(change: Transaction): void {
		if (!this.#anchor || !this.#head || !change.docChanged) return;
		const { from, to } = this.#selection;
		let isTouched = false;
		change.mapping.maps[0]?.forEach((start, end) => {
			isTouched ||= start <= to && end >= from;
		});
		if (!isTouched) return;
		const anchor = toAbsolute(this.#model, this.#anchor);
		const head = this.#head === this.#anchor ? anchor : toAbsolute(this.#model, this.#head);
		if (anchor === null || head === null) return;
		const resolve = (position: number) => change.doc.resolve(Math.max(0, Math.min(change.doc.content.size, position)));
		change.setSelection(TextSelection.between(resolve(anchor), resolve(head)));
	}
}
