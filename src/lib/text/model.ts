/**
 * One Y.Doc as a document (SPEC.md). The model reads: what changed in Yjs becomes new nodes, all else stays the same
 * nodes. `writer.ts` writes through it.
 */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { BLOCKS } from './births.ts';
import { Entries } from './entries.ts';
import { isGrouped } from './groups.ts';
import { ENTRIES, holds } from './kinds.ts';
import { tagOf } from './keys.ts';
import { Layout } from './layout.ts';
import { leavesOf } from './leaves.ts';
import { type LineValue, NodeBuilder } from './nodes.ts';
import { type Part, readParts, type Tag } from './parts.ts';
import { cellName, TableEntries } from './table.ts';

export class TextModel {
	readonly doc: Y.Doc;
	readonly schema: Schema;
	/** Of this session, in keys and names of marks. */
	readonly tag: string;
	entries!: Entries;
	layout!: Layout;
	tables!: TableEntries;
	readonly parts = new Map<string, Part>();
	readonly texts = new Map<string, readonly Part[]>();
	#nodes!: NodeBuilder;
	/** The text in which each inline element and separator stands. */
	readonly #homes = new Map<string, string>();
	readonly #names = new WeakMap<object, string>();
	readonly #changedKeys = new Set<string>();
	readonly #changedTexts = new Set<string>();
	/** Blocks whose node has to be built anew. */
	readonly #stale = new Set<string>();
	#needsLayout = true;
	#needsOrder = true;
	#needsAssembly = true;
	#shown!: Node;
	#lastTop = 0;
	/** The transaction in which the writer already told what it changed. */
	#toldOf: Y.Transaction | null = null;
	readonly #listener = (transaction: Y.Transaction) => this.#hear(transaction);

	constructor(doc: Y.Doc, schema: Schema, tag = tagOf(doc.clientID)) {
		this.doc = doc;
		this.schema = schema;
		this.tag = tag;
		this.#reset();
		doc.on('afterTransaction', this.#listener);
	}

	destroy(): void {
		this.doc.off('afterTransaction', this.#listener);
	}

	/** The document as the editor has to show it. */
	get node(): Node {
		this.absorb();
		if (this.#needsAssembly) this.#assemble();
		else if (this.#stale.size > 0) this.#replace();
		return this.#shown;
	}

	/** The text of a name, made when it is not there yet. */
	text(name: string): Y.Text {
		const text = this.doc.getText(name);
		// Yjs keeps places it has been to, without what formats them: deleting a bold word from such a place would take away
		// the end of its boldness. Texts are short, so looking from the beginning costs nothing.
		text._searchMarker = null;
		this.#names.set(text, name);
		return text;
	}

	/** The part that a block or cell begins with. */
	part(uid: string): Part {
		const part = this.parts.get(uid);
		if (part) return part;
		this.readText(uid);
		return this.parts.get(uid)!;
	}

	/** The parts of a block, or the one of a cell or field, in order. */
	pieces(name: string): Part[] {
		return this.layout.piecesOf(name).map((uid) => this.part(uid));
	}

	/** The letters of a block. */
	lettersOf(uid: string): Fragment {
		const pieces = this.pieces(uid);
		if (pieces.length === 1) return pieces[0].content;
		// Text of the same marks on both sides of a seam is one node.
		return Fragment.fromArray(pieces.flatMap(({ content }) => content.content as Node[]));
	}

	/** Where a letter of a block, cell or field is. At a seam: the end of the part before it, or the beginning of the next. */
	locate(name: string, offset: number, side: 'end' | 'beginning' = 'end'): { part: Part; index: number } {
		const parts = this.pieces(name);
		let found = { part: parts[0], index: parts[0].start };
		let left = offset;
		for (const part of parts) {
			if (left < 0) break;
			if (left <= part.length) {
				found = { part, index: part.start + left };
				if (side === 'end') break;
			} else found = { part, index: part.start + part.length };
			left -= part.length;
		}
		return found;
	}

	hasLetters = (name: string): boolean => this.doc.share.has(name) && this.part(name).length > 0;

	/** Attributes that the editor does not show whose name begins so: in which block or cell, over which letters. */
	*tags(prefix: string): Generator<Tag & { block: string }> {
		for (const part of this.parts.values()) {
			const block = this.layout.ownerOf(part.uid) ?? part.uid;
			let before = 0;
			for (const piece of this.layout.piecesOf(block)) {
				if (piece === part.uid) break;
				before += this.part(piece).length;
			}
			for (const { name, from, to } of part.tags)
				if (name.startsWith(prefix)) yield { block, name, from: before + from, to: before + to };
		}
	}

	/** The same of one block, cell or field. */
	*tagsIn(name: string, prefix: string): Generator<Tag> {
		let before = 0;
		for (const part of this.pieces(name)) {
			for (const tag of part.tags)
				if (tag.name.startsWith(prefix)) yield { name: tag.name, from: before + tag.from, to: before + tag.to };
			before += part.length;
		}
	}

	/** The fields of a header block or signature. */
	fieldsOf(uid: string): string[] {
		return this.#nodes.fieldsOf(uid);
	}

	/** The line that begins at a separator, or the first of a cell. */
	lineOf(uid: string): LineValue {
		return this.#nodes.lineOf(uid);
	}

	// What the writer says of its own changes, before the transaction ends.

	/** Writes a value beside the letters. */
	set(uid: string, key: string, value: unknown): void {
		this.entries.set(uid, key, value);
		this.#tell();
		this.#classify(uid, key);
	}

	/** Writes a birth. */
	bear(uid: string, birth: object): void {
		this.entries.map.set(uid, birth);
		this.#tell();
		this.#changedKeys.add(uid);
	}

	/** Reads a text again after the writer changed it. */
	textChanged(name: string): void {
		this.#tell();
		this.readText(name);
	}

	/** Takes over what changed beside the letters, without working out what follows from it. */
	takeKeys(): void {
		if (this.#changedKeys.size > 0) this.#absorbKeys();
	}

	/** The same, and of which parts blocks consist then; not yet in which order they stand. */
	absorbParts(): void {
		this.takeKeys();
		if (this.#changedTexts.size > 0) {
			for (const name of this.#changedTexts) this.readText(name);
			this.#changedTexts.clear();
		}
		if (!this.#needsLayout) return;
		this.#needsLayout = false;
		this.#needsOrder = true;
		for (const uid of this.layout.updateParts()) this.#stale.add(uid);
	}

	/** Takes over what changed in Yjs since the last time. */
	absorb(): void {
		this.absorbParts();
		if (!this.#needsOrder) return;
		this.#needsOrder = false;
		this.layout.updateOrder();
		this.#needsAssembly = true;
	}

	/** The top-level block of the editor in which a block stands; -1 when it is not seen. */
	topOf(uid: string): number {
		return this.#topIn(this.node, uid);
	}

	/** The table of a cell. */
	tableOf(cell: string): string | undefined {
		return this.entries.births.get(cell.split(':')[0])?.of;
	}

	/** The name of a text in Yjs; null when it is not one of ours. */
	nameOf(type: Y.AbstractType<unknown>): string | null {
		const known = this.#names.get(type);
		if (known !== undefined) return known;
		if (type._item !== null) return null;
		const name = Y.findRootTypeKey(type as never);
		this.#names.set(type, name);
		return name;
	}

	/** Keeps the editor's own nodes where they say the same. True when all of the document is the same. */
	adopt(doc: Node): boolean {
		const own = this.node;
		if (own === doc) return true;
		let isSame = doc.childCount === own.childCount;
		for (let nth = 0; nth < Math.min(doc.childCount, own.childCount); nth++) {
			const block = doc.child(nth);
			if (block === own.child(nth)) continue;
			if (block.eq(own.child(nth))) this.#nodes.keep(block);
			else isSame = false;
		}
		if (isSame) this.#shown = doc;
		else this.#needsAssembly = true;
		return isSame;
	}

	readText(name: string): void {
		if (name === BLOCKS) return;
		const { births } = this.entries;
		const parts = readParts(name, this.text(name), {
			schema: this.schema,
			isMarker: (uid, text) => births.get(uid)?.in === text,
			inlineAttrs: (uid, type) => this.#nodes.inlineAttrs(uid, type),
			lineAt: (uid) => this.#nodes.lineOf(uid),
			found: (uid, text) => void this.#homes.set(uid, text)
		});
		const before = this.texts.get(name);
		this.texts.set(name, parts);
		for (const [nth, part] of parts.entries()) {
			const old = this.parts.get(part.uid);
			if (old?.text === name && old.content.eq(part.content)) part.content = old.content;
			else this.#contentChanged(part);
			if ((old?.length ?? 0) > 0 !== part.length > 0) this.#emptinessChanged(part.uid);
			// A marker's block stands where its marker is, also when there is a text of its name.
			if (nth > 0 || !births.get(name)?.in) this.parts.set(part.uid, part);
		}
		const isOtherwise = before?.length !== parts.length || before.some(({ uid }, nth) => uid !== parts[nth].uid);
		if (isOtherwise && !name.includes(':')) this.#markersChanged(name, before ?? [], parts);
	}

	#reset(): void {
		this.entries = new Entries(this.doc);
		this.parts.clear();
		this.texts.clear();
		this.#homes.clear();
		this.layout = new Layout({
			parts: this.parts,
			texts: this.texts,
			placeOf: (uid) => this.entries.placeOf(uid),
			intoOf: (uid) => this.entries.intoOf(uid),
			isMarker: (uid) => this.entries.births.get(uid)?.in !== undefined,
			isSeen: (uid) => this.#isSeen(uid)
		});
		this.tables = new TableEntries({ entries: this.entries, hasLetters: this.hasLetters });
		this.#nodes = new NodeBuilder(this);
		this.#needsLayout = this.#needsAssembly = true;
		for (const name of this.entries.map.keys()) this.#changedKeys.add(name);
	}

	#hear(transaction: Y.Transaction): void {
		if (transaction === this.#toldOf) {
			this.#toldOf = null;
			return;
		}
		for (const [type, keys] of transaction.changed) {
			if ((type as unknown) === this.entries.map) {
				for (const key of keys) if (key !== null) this.#changedKeys.add(key);
			} else {
				const name = this.nameOf(type as never);
				if (name !== null && name !== BLOCKS) this.#changedTexts.add(name);
			}
		}
	}

	/** The writer works in a transaction of its own and says all that it changes. */
	#tell(): void {
		this.#toldOf = this.doc._transaction;
	}

	#absorbKeys(): void {
		const born: string[] = [];
		const changed: [uid: string, key: string][] = [];
		for (const name of this.#changedKeys) {
			const known = this.entries.births.has(name);
			const entry = this.entries.take(name);
			if (!entry) continue;
			if (entry.key !== null) changed.push([entry.uid, entry.key]);
			else if (!known) born.push(entry.uid);
			else {
				// A birth is never written twice by us; whoever does it, all see the same.
				this.#changedKeys.clear();
				this.#reset();
				return this.#absorbKeys();
			}
		}
		this.#changedKeys.clear();
		for (const [uid, key] of changed) if (key === 'place') this.layout.placeLeft(uid);
		for (const uid of born) this.#appeared(uid);
		for (const [uid, key] of changed) this.#classify(uid, key);
	}

	/** Something was born: a row or column, a block, or an inline element. */
	#appeared(uid: string): void {
		const birth = this.entries.births.get(uid)!;
		if (birth.of !== undefined) {
			if (Object.hasOwn(ENTRIES, birth.kind)) this.tables.add(uid, birth.of, birth.kind);
			this.#tableChanged(birth.of);
		} else if (birth.in !== undefined) this.#changedTexts.add(birth.in);
		else if (birth.place) {
			this.layout.placeChanged(uid, true);
			this.#changedTexts.add(uid);
			for (const field of birth.fields ?? []) this.#changedTexts.add(cellName(uid, field));
			this.#needsLayout = true;
		} else this.#inlineChanged(uid);
	}

	/** A value beside the letters is another: what has to be worked out again. */
	#classify(uid: string, key: string): void {
		const birth = this.entries.births.get(uid);
		if (!birth) {
			const table = uid.includes(':') ? this.tableOf(uid) : undefined;
			if (table !== undefined) this.#tableChanged(table);
			return;
		}
		if (birth.of !== undefined) {
			if (key === 'place') this.tables.add(uid, birth.of, birth.kind);
			return this.#tableChanged(birth.of);
		}
		if (!birth.place && birth.in === undefined) return this.#inlineChanged(uid);
		this.#stale.add(uid);
		if (key === 'place') this.layout.placeChanged(uid, this.layout.isLive(uid));
		else if (key === 'into') this.layout.intoChanged(uid);
		else if (key !== 'is') this.#needsAssembly ||= key === 'kind' || key === '@depth' || key === '@more';
		if (key === 'place' || key === 'into' || key === 'is' || key === 'fields') this.#needsLayout = true;
	}

	#inlineChanged(uid: string): void {
		const home = this.#homes.get(uid);
		if (home !== undefined) this.#changedTexts.add(home);
	}

	#tableChanged(table: string): void {
		this.#stale.add(table);
		this.#needsLayout = true;
	}

	#markersChanged(name: string, before: readonly Part[], parts: readonly Part[]): void {
		this.#needsLayout = true;
		this.layout.markersChanged(name, parts.length > 1);
		const now = new Set(parts.map(({ uid }) => uid));
		for (const { uid, nth } of before) if (nth > 0 && !now.has(uid)) this.layout.placeChanged(uid, false);
		for (const { uid } of parts.slice(1)) {
			if (!this.layout.isLive(uid)) this.layout.placeChanged(uid, true);
			this.layout.intoChanged(uid);
		}
	}

	#contentChanged({ uid, text }: Part): void {
		if (!text.includes(':')) {
			const owner = this.layout.ownerOf(uid);
			if (owner !== null) this.#stale.add(owner);
			return;
		}
		const table = this.tableOf(text);
		this.#stale.add(table ?? text.split(':')[0]);
	}

	/** What is not there is seen all the same as long as there are letters in it (EX2). */
	#emptinessChanged(uid: string): void {
		const owner = this.layout.ownerOf(uid);
		if (uid.includes(':') || (owner !== null && !this.entries.is(owner))) this.#needsLayout = true;
	}

	#isSeen(uid: string): boolean {
		const is = this.entries.is(uid);
		const birth = this.entries.births.get(uid)!;
		switch (holds(birth.kind)) {
			case 'cells':
				return (
					this.tables.all(uid, 'row').length > 0 && this.tables.all(uid, 'col').length > 0 && (is || this.tables.hasLetters(uid))
				);
			case 'fields':
				return (
					this.#nodes.fieldsOf(uid).length > 0 &&
					(is || this.#nodes.fieldsOf(uid).some((field) => this.hasLetters(cellName(uid, field))))
				);
			default:
				return is || this.layout.piecesOf(uid).some((part) => this.parts.get(part)!.length > 0);
		}
	}

	#topIn(doc: Node, uid: string): number {
		const isIt = (block: Node | null) =>
			block !== null &&
			(block.attrs.uid === uid || (block.attrs.uid === undefined && leavesOf(block).some((leaf) => leaf.uid === uid)));
		// Most often it is the one that was asked for last.
		if (!isIt(doc.maybeChild(this.#lastTop))) this.#lastTop = doc.children.findIndex(isIt);
		return this.#lastTop;
	}

	/** Builds the whole document. Unchanged blocks are the same nodes. */
	#assemble(): void {
		this.#needsAssembly = false;
		this.#nodes.forget(this.#stale);
		this.#stale.clear();
		const { order } = this.layout;
		const blocks: Node[] = [];
		for (let from = 0; from < order.length;) {
			const lines = [this.#nodes.lineFor(order[from])];
			for (from++; isGrouped(lines[0].kind) && from < order.length; from++) {
				const line = this.#nodes.lineFor(order[from]);
				if (line.kind !== lines[0].kind) break;
				lines.push(line);
			}
			blocks.push(isGrouped(lines[0].kind) ? this.#nodes.groupFor(lines) : lines[0].node);
		}
		const { topNodeType } = this.schema;
		this.#shown = blocks.length > 0 ? topNodeType.create(null, blocks) : topNodeType.createAndFill()!;
	}

	/** Builds the blocks that changed. */
	#replace(): void {
		const tops = new Set<number>();
		this.#nodes.forget(this.#stale);
		for (const uid of this.#stale) {
			const top = this.#topIn(this.#shown, uid);
			if (top >= 0) tops.add(top);
		}
		this.#stale.clear();
		let { content } = this.#shown;
		for (const top of tops) {
			const lines = leavesOf(content.child(top)).map(({ uid }) => this.#nodes.lineFor(uid));
			content = content.replaceChild(top, isGrouped(lines[0].kind) ? this.#nodes.groupFor(lines) : lines[0].node);
		}
		if (content !== this.#shown.content) this.#shown = this.#shown.copy(content);
	}
}
