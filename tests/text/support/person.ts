import type { Slice } from '@tiptap/pm/model';
import { type Node, type Schema } from '@tiptap/pm/model';
import { type Command, EditorState, type Plugin, type PluginView, TextSelection, type Transaction } from '@tiptap/pm/state';
import { tableEditing } from '@tiptap/pm/tables';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { identityGuard } from '../../../src/lib/documents/editor/shared-text/identity-guard.ts';
import { SharedText, type UndoSteps } from '../../../src/lib/documents/editor/shared-text/shared-text.ts';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../../src/lib/text/body.ts';
import { allLeaves, type Leaf } from '../../../src/lib/text/leaves.ts';

/** The origin of what a person hears from others. */
export const REMOTE = 'remote';

export interface EditingOptions {
	schema?: Schema;
	plugins?: Plugin[];
	/** As tests say it, unless they are about just that. */
	undoSteps?: UndoSteps;
}

/** The application's editor without a browser: the state, plugins, model and writer of the real one, on a document. */
export class Editing {
	state: EditorState;
	readonly ydoc: Y.Doc;
	readonly shared: SharedText;
	/** Where the editor asks about its page. */
	readonly dom = { ownerDocument: new EventTarget() };
	readonly #views: PluginView[];

	constructor(ydoc: Y.Doc, { schema = documentSchema, plugins: more = [], undoSteps = 'until told' }: EditingOptions = {}) {
		this.ydoc = ydoc;
		this.shared = new SharedText(ydoc, schema, undoSteps);
		const plugins = [this.shared.plugin(), identityGuard(this.shared.model), tableEditing(), ...more];
		this.state = EditorState.create({ doc: this.shared.doc, plugins });
		this.#views = plugins.flatMap((plugin: Plugin) => plugin.spec.view?.(this as unknown as EditorView) ?? []);
	}

	get doc(): Node {
		return this.state.doc;
	}

	get schema(): Schema {
		return this.state.schema;
	}

	get text(): string {
		return this.doc.textContent;
	}

	get leaves(): Leaf[] {
		return allLeaves(this.doc);
	}

	get corrections(): number {
		return this.shared.corrections;
	}

	dispatch(transaction: Transaction): void {
		const before = this.state;
		this.state = before.applyTransaction(transaction).state;
		for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
	}

	run(command: Command): boolean {
		return command(this.state, (transaction) => this.dispatch(transaction));
	}

	undo(): boolean {
		return this.shared.undo.undo() !== null;
	}

	redo(): boolean {
		return this.shared.undo.redo() !== null;
	}

	/** What follows is undone apart from what came before. */
	beginStep(): void {
		this.shared.undo.stopCapturing();
	}

	/** The position `offset` letters into the top-level block at `index`, or as far as its text goes. */
	at(index: number, offset = 0): number {
		let position = 1;
		for (let nth = 0; nth < index; nth++) position += this.doc.child(nth).nodeSize;
		return position + Math.min(offset, this.doc.child(index).content.size);
	}

	/** The position in front of the block at `index`. */
	before(index: number): number {
		return this.at(index) - 1;
	}

	cursorIn(index: number, offset: number, to = offset): void {
		this.select(this.at(index, offset), this.at(index, to));
	}

	select(anchor: number, head = anchor): void {
		this.dispatch(this.state.tr.setSelection(TextSelection.create(this.doc, anchor, head)));
	}

	type(text: string): void {
		this.dispatch(this.state.tr.insertText(text));
	}

	typeBold(index: number, offset: number, text: string): void {
		this.dispatch(this.state.tr.insert(this.at(index, offset), this.schema.text(text, [this.schema.marks.bold.create()])));
	}

	mark(index: number, from: number, to: number, name = 'bold'): void {
		this.dispatch(this.state.tr.addMark(this.at(index, from), this.at(index, to), this.schema.marks[name].create()));
	}

	delete(index: number, from: number, to: number): void {
		this.dispatch(this.state.tr.delete(this.at(index, from), this.at(index, to)));
	}

	deleteBlock(index: number): void {
		const from = this.before(index);
		this.dispatch(this.state.tr.delete(from, from + this.doc.child(index).nodeSize));
	}

	deleteAcross(from: number, offset: number, to: number, toOffset: number): void {
		this.dispatch(this.state.tr.delete(this.at(from, offset), this.at(to, toOffset)));
	}

	/** Joins the block at `index` to the one above. */
	joinUp(index: number): void {
		this.dispatch(this.state.tr.join(this.before(index)));
	}

	setKind(index: number, name: string, attrs: Record<string, unknown> = {}): void {
		const { uid } = this.doc.child(index).attrs;
		this.dispatch(this.state.tr.setNodeMarkup(this.before(index), this.schema.nodes[name], { uid, ...attrs }));
	}

	setLevel(index: number, level: string): void {
		this.dispatch(this.state.tr.setNodeMarkup(this.before(index), undefined, { ...this.doc.child(index).attrs, level }));
	}

	footnote(index: number, offset: number, uid: string, text = 'chú thích'): void {
		this.dispatch(this.state.tr.insert(this.at(index, offset), this.schema.nodes.footnote.create({ uid, text })));
	}

	paste(position: number, slice: Slice): void {
		this.dispatch(this.state.tr.replace(position, position, slice).setMeta('uiEvent', 'paste'));
	}

	/** Copies what is selected, as the editor hears of it. */
	copy(): Slice {
		for (const { props } of this.state.plugins)
			props.handleDOMEvents?.copy?.call(undefined as never, this as unknown as EditorView, new Event('copy') as ClipboardEvent);
		return this.state.selection.content();
	}

	cut(): Slice {
		const slice = this.copy();
		this.dispatch(this.state.tr.deleteSelection().setMeta('uiEvent', 'cut'));
		return slice;
	}

	/** The document as lines: `uid level: text`, marks in `<>`, inline elements in `[]`. */
	get shown(): string[] {
		return this.leaves.map((leaf) => `${leaf.uid} ${String(leaf.attrs.level ?? leaf.kind)}: ${inlineShown(leaf.node)}`);
	}

	/** The texts alone, in order. */
	get texts(): string[] {
		return this.leaves.map(({ node }) => inlineShown(node));
	}

	hasFocus(): boolean {
		return false;
	}

	destroy(): void {
		for (const view of this.#views) view.destroy?.();
	}
}

/** One person at an editor, with a document of their own. */
export class Person extends Editing {
	constructor(update: Uint8Array, { clientId, ...options }: EditingOptions & { clientId?: number } = {}) {
		const ydoc = new Y.Doc();
		if (clientId !== undefined) ydoc.clientID = clientId;
		Y.applyUpdate(ydoc, update);
		super(ydoc, options);
	}

	receive(update: Uint8Array): void {
		Y.applyUpdate(this.ydoc, update, REMOTE);
	}

	override destroy(): void {
		super.destroy();
		this.ydoc.destroy();
	}
}

/** People exchange what they have until nobody has anything new. */
export function sync(...people: Person[]): void {
	for (let round = 0; round < 2; round++) {
		for (const from of people)
			for (const to of people) if (from !== to) to.receive(Y.encodeStateAsUpdate(from.ydoc, Y.encodeStateVector(to.ydoc)));
	}
}

/** Provisions `#0`, `#1` … of these levels, as a document. */
export function provisions(levels: readonly string[], text: (nth: number) => string): Uint8Array {
	const { provision } = documentSchema.nodes;
	return documentToUpdate(
		documentSchema.node(
			'doc',
			null,
			levels.map((level, nth) => provision.create({ uid: `#${nth}`, level }, documentSchema.text(text(nth))))
		)
	);
}

function inlineShown(block: Node): string {
	let shown = '';
	block.forEach((node) => {
		if (node.isText)
			shown += node.marks.length > 0 ? `<${node.marks.map(({ type }) => type.name).join()}:${node.text}>` : node.text;
		else shown += node.isInline ? `[${node.type.name}]` : `{${inlineShown(node)}}`;
	});
	return shown;
}
