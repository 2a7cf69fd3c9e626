/** Writes what one block is: kind, attributes, letters, fields. */
import type { Fragment } from '@tiptap/pm/model';
import { fieldsIn, insideOf, type PlacedLeaf } from './changed-leaves.ts';
import { Changes } from './changes.ts';
import { isSameLeaf, type Leaf } from './leaves.ts';
import type { TextModel } from './model.ts';
import { cellName } from './table.ts';
import type { LetterWriter } from './write-letters.ts';
import type { TableWriter } from './write-table.ts';

const NO_CHANGES = new Changes([]);

export class BlockWriter {
	readonly #model: TextModel;
	readonly #letters: LetterWriter;
	readonly #tables: TableWriter;

	constructor(model: TextModel, letters: LetterWriter, tables: TableWriter) {
		this.#model = model;
		this.#letters = letters;
		this.#tables = tables;
	}

	/** What changed in a block that was there and is there. */
	writePair(before: PlacedLeaf, after: PlacedLeaf, changes: Changes): void {
		if (isSameLeaf(before, after)) return;
		this.writeAttributes(before, after);
		const { uid } = after;
		if (before.node.isTextblock && after.node.isTextblock) {
			const ranges = changes.rangesIn(insideOf(before), insideOf(after));
			this.#letters.write(uid, before.node.content, after.node.content, ranges);
		} else if (after.kind === 'table') this.#tables.write(uid, before, after, changes);
		else if (!after.node.isLeaf) this.#writeFields(before, after, changes);
	}

	/** The kind and attributes; whoever changes a block sees that it is there. */
	writeAttributes(before: Leaf, after: Leaf): void {
		const { entries } = this.#model;
		const { uid } = after;
		if (before.kind !== after.kind) this.#model.set(uid, 'kind', after.kind);
		for (const name of Object.keys(after.attrs)) {
			if (before.kind !== after.kind || (after.attrs[name] ?? null) !== (before.attrs[name] ?? null))
				this.#writeAttribute(after, name);
		}
		if (!entries.is(uid)) this.#model.set(uid, 'is', 1);
	}

	/** Writes an attribute that the model does not have as the editor has it. */
	#writeAttribute({ uid, kind, attrs, node }: Leaf, name: string): void {
		const known =
			this.#model.entries.attribute(uid, kind, name) ?? node.type.spec.attrs?.[name]?.default ?? (name === 'depth' ? 0 : null);
		const value = attrs[name] ?? null;
		if (value !== known) this.#model.set(uid, `@${name}`, value);
	}

	#writeFields(before: PlacedLeaf | null, after: PlacedLeaf, changes: Changes): void {
		const { uid } = after;
		const old = new Map(before ? fieldsIn(before).map((field) => [field.name, field]) : []);
		const now = fieldsIn(after);
		const names = now.map(({ name }) => name);
		for (const { name, node } of old.values())
			if (!names.includes(name)) this.#letters.delete(cellName(uid, name), 0, node.content.size);
		if (this.#model.fieldsOf(uid).join() !== names.join()) this.#model.set(uid, 'fields', names);
		for (const field of now) {
			const was = old.get(field.name);
			if (was?.node === field.node) continue;
			const name = cellName(uid, field.name);
			this.#letters.write(name, this.#model.part(name).content, field.node.content, was ? changes.rangesIn(was, field) : []);
		}
	}

	/** Takes a block out: its letters, and that it is there. */
	remove(leaf: PlacedLeaf): void {
		const { uid, node } = leaf;
		if (leaf.kind === 'table') this.#tables.empty(uid, node);
		else if (node.isTextblock) this.#letters.delete(uid, 0, node.content.size);
		else if (node.isLeaf) this.#clearUnshown(uid);
		else for (const field of node.children) this.#letters.delete(cellName(uid, field.attrs.name), 0, field.content.size);
		this.#model.set(uid, 'is', 0);
	}

	/** The letters of a block that the editor does not know go with it when somebody takes it out. */
	#clearUnshown(uid: string): void {
		const size = this.#model.pieces(uid).reduce((sum, { length }) => sum + length, 0);
		if (size > 0) this.#letters.delete(uid, 0, size);
	}

	/** A block that is new, or there again; `head` is what it has in front of letters that it took in. */
	fill(leaf: PlacedLeaf, head: Fragment | undefined): void {
		const { uid, node } = leaf;
		const { entries } = this.#model;
		if (!entries.is(uid)) this.#model.set(uid, 'is', 1);
		if (entries.births.has(uid) && entries.kindOf(uid) !== leaf.kind) this.#model.set(uid, 'kind', leaf.kind);
		for (const name of Object.keys(leaf.attrs)) this.#writeAttribute(leaf, name);
		if (node.isTextblock) this.#letters.fill(uid, head ?? node.content);
		else if (leaf.kind === 'table') this.#tables.write(uid, null, leaf, NO_CHANGES);
		else if (!node.isLeaf) this.#writeFields(null, leaf, NO_CHANGES);
	}
}
