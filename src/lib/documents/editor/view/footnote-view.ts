import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView, NodeView } from '@tiptap/pm/view';

/**
 * The marks of the footnotes. Their numbers follow the order in the document: a counter cannot tell it, because blocks
 * that are laid out on their own do not let counters of their content out.
 */
export class FootnoteViews {
	readonly #shown = new Set<FootnoteView>();
	#count = -1;

	create(node: Node, getPos: () => number | undefined, label: (number: number) => string): NodeView {
		const made = new FootnoteView(node, getPos, label, () => {
			this.#shown.delete(made);
			this.#count = -1;
		});
		this.#shown.add(made);
		this.#count = -1;
		return made;
	}

	plugin(): Plugin {
		return new Plugin({
			view: (view) => {
				this.#number(view);
				return {
					update: (current, before) => {
						if (this.#shown.size === 0) return;
						const moved = current.state.doc.childCount !== before.doc.childCount;
						if (moved || this.#count !== this.#shown.size) this.#number(current);
					}
				};
			}
		});
	}

	#number(view: EditorView): void {
		this.#count = this.#shown.size;
		if (view.isDestroyed || this.#count === 0) return;
		[...this.#shown]
			.map((shown) => ({ shown, position: shown.getPos() ?? 0 }))
			.sort((a, b) => a.position - b.position)
			.forEach(({ shown }, index) => shown.show(index + 1));
	}
}

class FootnoteView implements NodeView {
	readonly dom = document.createElement('span');
	readonly getPos: () => number | undefined;
	#node: Node;
	#number = 0;
	readonly #label: (number: number) => string;
	readonly #forget: () => void;

	constructor(node: Node, getPos: () => number | undefined, label: (number: number) => string, forget: () => void) {
		this.#node = node;
		this.getPos = getPos;
		this.#label = label;
		this.#forget = forget;
		this.dom.dataset.footnote = '';
		this.dom.setAttribute('role', 'link');
		this.dom.title = node.attrs.text;
	}

	update(node: Node): boolean {
		if (node.type !== this.#node.type) return false;
		this.#node = node;
		this.dom.title = node.attrs.text;
		return true;
	}

	show(number: number): void {
		if (number === this.#number) return;
		this.#number = number;
		this.dom.textContent = String(number);
		this.dom.setAttribute('aria-label', this.#label(number));
	}

	ignoreMutation(): boolean {
		return true;
	}

	destroy(): void {
		this.#forget();
	}
}
