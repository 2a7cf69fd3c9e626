import type { Node } from '@tiptap/pm/model';
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { giveTexts } from '../../schema/give-texts.ts';
import type { Moved } from './moves.ts';
import { noteRemoval } from './removals.ts';
import { type Unit, unitsOf } from './rewritten.ts';
import { writeInline } from './write-inline.ts';

/** One change of the editor while it is written into Yjs, and what is certain of where its letters were before. */
export class Writing {
	/** Letters that were written anew within their block. */
	readonly #moved: Moved[] = [];
	/** What was in blocks of text that are gone, and the blocks that were made: a node that is in both was moved. */
	readonly #gone = new Map<Node, Unit[]>();
	readonly #made = new Map<Node, Y.XmlElement>();

	readonly binding: ProsemirrorBinding;

	constructor(binding: ProsemirrorBinding) {
		this.binding = binding;
	}

	/** Which letters were written anew, as far as that is certain. */
	get moved(): Moved[] {
		const moved = [...this.#moved];
		for (const [node, element] of this.#made) {
			const [before, now] = [this.#gone.get(node), unitsOf(element)];
			if (before?.length === now.length) moved.push(...before.map(({ id }, nth) => ({ from: id, now: now[nth].id.clock })));
		}
		return moved;
	}

	/** Writes the text of a block over what it was. */
	writeText(element: Y.XmlElement, node: Node, isNew: boolean): void {
		writeInline(element, node, this.binding, this.#moved);
		giveTexts(element, node.type.schema);
		if (isNew) this.#made.set(node, element);
	}

	/** To be called before a block, or a part of one, is taken out; `node` is what it was. */
	willRemove(element: Y.XmlElement, node: Node): void {
		this.#note(element, node);
		noteRemoval(element.doc!, element);
		this.binding.mapping.delete(element as never);
	}

	#note(element: Y.XmlElement, node: Node): void {
		if (node.inlineContent) this.#gone.set(node, unitsOf(element));
		else for (const [nth, part] of node.children.entries()) this.#note(element.get(nth) as Y.XmlElement, part);
	}
}
