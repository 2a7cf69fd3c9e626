/**
 * From the editor to Yjs (rules WR): what a person's transaction did, with as few operations as it needs. Structure is
 * written beside the letters; a letter is only ever inserted, marked or deleted.
 */
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { changedLeaves } from './changed-leaves.ts';
import { Changes } from './changes.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import type { TextModel } from './model.ts';
import { BirthWriter, type Born } from './write-births.ts';
import { BlockWriter } from './write-block.ts';
import { LetterWriter } from './write-letters.ts';
import { StructureWriter } from './write-structure.ts';
import { TableWriter } from './write-table.ts';

export class TextWriter {
	readonly #model: TextModel;
	readonly #origin: unknown;
	readonly #births: BirthWriter;
	readonly #blocks: BlockWriter;
	readonly #structure: StructureWriter;
	readonly #tables: TableWriter;
	#born: readonly Born[] = [];

	/** `origin` is that of the Yjs transactions. `isFirst`: births say that they are seen, since nobody takes them back. */
	constructor(model: TextModel, origin: unknown, isFirst = false) {
		this.#model = model;
		this.#origin = origin;
		const births = new BirthWriter(model);
		const letters = new LetterWriter(model, (line) => births.line(line));
		const tables = new TableWriter(model, letters);
		const blocks = new BlockWriter(model, letters, tables);
		this.#births = births;
		this.#tables = tables;
		this.#blocks = blocks;
		this.#structure = new StructureWriter(model, { births, blocks, letters, tables }, isFirst);
	}

	/** What came to be in the last write and must not be undone. */
	get born(): readonly Born[] {
		return this.#born;
	}

	/**
	 * Writes what leads from one document of the editor to the other, in one Yjs transaction. `before` must be what the
	 * model shows. True when the model shows `after` then; else what it shows is what the editor has to show.
	 */
	write(before: Node, after: Node, transactions: readonly Transaction[] = []): boolean {
		const { old, now, previous } = changedLeaves(before, after);
		const changes = new Changes(transactions);
		this.#model.doc.transact(() => {
			const isPaired = old.length === now.length && old.every(({ uid }, nth) => uid !== '' && uid === now[nth].uid);
			if (isPaired) {
				this.#births.inside(now, old, this.#tables);
				for (const [nth, leaf] of now.entries()) this.#blocks.writePair(old[nth], leaf, changes);
			} else if (old.length > 0 || now.length > 0) this.#structure.write(previous, old, now, changes);
			this.#model.absorb();
			if (!isPaired || now.some(({ kind }) => kind === 'listItem')) this.#putDepthsRight(after);
			// Undo asks for these when the transaction ends.
			this.#born = this.#births.take();
		}, this.#origin);
		return this.#model.adopt(after);
	}

	/** How deep a line is drawn depends on those before it (RE4): where these are others now, it says what it shows. */
	#putDepthsRight(after: Node): void {
		const drawn = new Map(linesOfLists(this.#model.node).map(({ uid, attrs }) => [uid, attrs]));
		for (const { uid, attrs } of linesOfLists(after)) {
			const own = drawn.get(uid);
			if (own && own.depth !== attrs.depth) this.#model.set(uid, '@depth', attrs.depth);
			if (own && own.more !== attrs.more) this.#model.set(uid, '@more', attrs.more);
		}
		this.#model.absorb();
	}
}

function linesOfLists(doc: Node): Leaf[] {
	return doc.children.filter(({ type }) => type.name === 'bulletList').flatMap((list) => leavesOf(list) as Leaf[]);
}
