import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { type Numbering } from '../../numbering/numbering.ts';
import { printReference } from '../../references/references.ts';
import { numberingKey, numberingOf } from '../numbers/numbering-state.ts';
import { isOwnEdit } from '../shared-text/shared-text.ts';

/** The references on screen. They print themselves anew when numbers change, outside the document. */
export class ReferenceViews {
	readonly #shown = new Set<ReferenceView>();
	#version = 0;

	create(node: Node, view: EditorView, getPos: () => number | undefined, wording: { broken: string }): NodeView {
		const made = new ReferenceView(node, view, getPos, wording, () => this.#shown.delete(made));
		this.#shown.add(made);
		return made;
	}

	/** Prints all references again when the numbering is another than last time. */
	refresh(state: EditorState): void {
		const current = numberingKey.getState(state);
		if (!current || current.version === this.#version) return;
		this.#version = current.version;
		if (this.#shown.size === 0) return;
		for (const view of this.#shown) view.print(current.numbering);
	}

	/** Keeps the references in step with the numbers, and the last printed form of those whose target is deleted. */
	plugin(): Plugin {
		return new Plugin({
			appendTransaction: (transactions, before, state) => (transactions.some(isOwnEdit) ? keepLastForm(before, state) : null),
			view: (view) => {
				this.refresh(view.state);
				return { update: (current) => this.refresh(current.state) };
			}
		});
	}
}

class ReferenceView implements NodeView {
	readonly dom = document.createElement('span');
	#node: Node;
	readonly #view: EditorView;
	readonly #getPos: () => number | undefined;
	readonly #wording: { broken: string };
	readonly #forget: () => void;

	constructor(node: Node, view: EditorView, getPos: () => number | undefined, wording: { broken: string }, forget: () => void) {
		this.#node = node;
		this.#view = view;
		this.#getPos = getPos;
		this.#wording = wording;
		this.#forget = forget;
		this.dom.dataset.reference = '';
		this.dom.setAttribute('role', 'link');
		this.print(safeNumbering(view.state));
	}

	update(node: Node): boolean {
		if (node.type !== this.#node.type) return false;
		this.#node = node;
		this.print(safeNumbering(this.#view.state));
		return true;
	}

	print(numbering: Numbering | null): void {
		const { target, text, scope } = this.#node.attrs;
		const printed = target && numbering ? printReference(target, numbering, { from: this.#home(), scope }) : null;
		const shown = printed ?? String(text || '…');
		if (this.dom.textContent !== shown) this.dom.textContent = shown;
		const isBroken = numbering !== null && printed === null;
		this.dom.classList.toggle('broken', isBroken);
		this.dom.title = isBroken ? this.#wording.broken : '';
		if (target) this.dom.dataset.target = target;
	}

	/** The provision in which the reference stands: `Điều này` needs it. */
	#home(): string | null {
		try {
			const position = this.#getPos();
			const uid = position === undefined ? null : this.#view.state.doc.resolve(position).node(1)?.attrs.uid;
			return typeof uid === 'string' ? uid : null;
		} catch {
			// While the view is being built positions are not known; it prints again right after.
			return null;
		}
	}

	ignoreMutation(): boolean {
		return true;
	}

	destroy(): void {
		this.#forget();
	}
}

/** A deleted provision takes its number along; references to it keep the form they printed last. */
function keepLastForm(before: EditorState, state: EditorState) {
	const old = numberingKey.getState(before);
	const now = numberingKey.getState(state);
	if (!old || !now || old.version === now.version) return null;
	const gone = new Set<string>();
	for (const entry of old.numbering.entries) if (!now.numbering.byUid.has(entry.uid)) gone.add(entry.uid);
	if (gone.size === 0) return null;
	const transaction = state.tr;
	state.doc.descendants((node, position) => {
		if (node.type.name !== 'reference' || !gone.has(node.attrs.target)) return;
		const last = old.numbering.citation(node.attrs.target);
		if (last && last !== node.attrs.text) transaction.setNodeAttribute(position, 'text', last);
	});
	return transaction.docChanged ? transaction : null;
}

function safeNumbering(state: EditorState): Numbering | null {
	return numberingKey.getState(state) ? numberingOf(state) : null;
}
