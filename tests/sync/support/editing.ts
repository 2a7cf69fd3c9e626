import type { Node } from '@tiptap/pm/model';
import { type Command, EditorState, type Plugin, type PluginView, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { collaborationPlugins, readBody } from '../../../src/lib/documents/editor/collaboration/collaboration.ts';
import { numberingPlugin } from '../../../src/lib/documents/editor/numbers/numbering-state.ts';
import { normalForm } from '../../../src/lib/documents/editor/structure/normal-form.ts';
import { uidGuard } from '../../../src/lib/documents/editor/structure/uid-guard.ts';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';

/** The application's editor without a browser, on the document of an open page. */
export class Editing {
	state: EditorState;
	readonly #views: PluginView[];

	constructor(ydoc: Y.Doc) {
		const { doc, mapping } = readBody(ydoc, documentSchema);
		const plugins = [...collaborationPlugins(ydoc, documentSchema, mapping), numberingPlugin('nd30'), uidGuard(), normalForm()];
		this.state = EditorState.create({ doc, plugins });
		this.#views = plugins.flatMap((plugin: Plugin) => plugin.spec.view?.(this as unknown as EditorView) ?? []);
	}

	get doc(): Node {
		return this.state.doc;
	}

	get text(): string {
		return this.doc.textContent;
	}

	/** The uids of the blocks that have one, in order. */
	get uids(): string[] {
		return this.doc.content.content.flatMap((block) => (block.attrs.uid as string | null) ?? []);
	}

	dispatch(transaction: Transaction): void {
		const before = this.state;
		this.state = before.applyTransaction(transaction).state;
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	}

	run(command: Command): boolean {
		return command(this.state, (transaction) => this.dispatch(transaction));
	}

	/** Puts the cursor `offset` letters into the block at `index`, or as far as its text goes. */
	cursorIn(index: number, offset: number): void {
		let position = 1;
		for (let nth = 0; nth < index; nth++) position += this.doc.child(nth).nodeSize;
		const within = Math.min(offset, this.doc.child(index).content.size);
		this.dispatch(this.state.tr.setSelection(TextSelection.create(this.doc, position + within)));
	}

	type(text: string): void {
		this.dispatch(this.state.tr.insertText(text));
	}

	/** Where a block is. */
	indexOf(uid: string): number {
		return this.doc.content.content.findIndex((block) => block.attrs.uid === uid);
	}

	hasFocus(): boolean {
		return false;
	}

	destroy(): void {
		for (const view of this.#views) view.destroy?.();
	}
}
