/**
 * An edit by somebody who is not at an editor, such as the server. First all of it is planned, on a document of
 * ProseMirror that nobody sees: that may throw, and nothing has happened. Then it is written in one transaction of Yjs.
 */
import type { Node } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import { allLeaves, isSameLeaf, type Leaf, leavesOf } from './leaves.ts';
import { isKnownMark } from './marks.ts';
import { endAttribute, type Letters, setAttribute } from './tagging.ts';
import type { TextModel } from './model.ts';
import { TextWriter } from './writer.ts';

/** Plans an edit, with the functions of `edits.ts`. Throws when it cannot be made. */
export type Plan = (edit: PlannedEdit) => void;

/** An edit that can be made. It must be written before the text changes again. */
export interface ReadyEdit {
	/** About so many bytes longer the text becomes at most; 0 when it only loses. */
	growth: number;
	/** Writes all of it, as one update. */
	write(): void;
}

/** From one document to the next: by the steps of a transaction, or in whatever way is shortest. */
interface Stage {
	before: Node;
	after: Node;
	transactions: Transaction[];
}

interface PlannedTag {
	name: string;
	/** Null: it is taken away, wherever it is. */
	find: (() => Letters) | null;
}

/** What the two attributes around tagged letters amount to. */
const SIZE_OF_TAG = 100;

/** Makes edits in one text. Kept as long as its model, since marks need names that nobody has used. */
export class EditMaker {
	readonly model: TextModel;
	readonly #writer: TextWriter;
	readonly #origin: unknown;

	/** `origin` is that of the Yjs transactions. */
	constructor(model: TextModel, origin: unknown) {
		this.model = model;
		this.#origin = origin;
		this.#writer = new TextWriter(model, origin);
	}

	/** Plans an edit. Reads only; throws when it cannot be made. */
	prepare(plan: Plan): ReadyEdit {
		const edit = new PlannedEdit(this.model);
		plan(edit);
		const tags = edit.tags.map(({ name, find }) => ({ name, letters: find && find() }));
		const { stages } = edit;
		const growth =
			growthOf(this.model.node, edit.doc) +
			tags.reduce((sum, { letters, name }) => sum + (letters ? SIZE_OF_TAG + name.length : 0), 0);
		return {
			growth,
			write: () => {
				this.model.doc.transact(() => {
					for (const stage of stages) this.#write(stage);
					for (const { name, letters } of tags) {
						if (letters) setAttribute(this.model, letters, name);
						else endAttribute(this.model, name);
					}
				}, this.#origin);
			}
		};
	}

	#write({ before, after, transactions }: Stage): void {
		if (transactions.length === 0) this.#revive(after);
		const { node } = this.model;
		this.#writer.write(node, after, node === before ? transactions : []);
	}

	/** Blocks that were taken out, or go on in others, and are to be there again: first as they were, then the writer changes them. */
	#revive(after: Node): void {
		const { layout, entries } = this.model;
		const gone = allLeaves(after).filter(({ uid }) => entries.births.has(uid) && !layout.isShown(uid));
		for (const { uid } of gone) {
			if (layout.ownerOf(uid) !== uid) this.model.set(uid, 'into', null);
			if (!entries.is(uid)) this.model.set(uid, 'is', 1);
		}
		if (gone.length > 0) this.model.absorb();
	}
}

/** An edit as far as it is planned. */
export class PlannedEdit {
	readonly model: TextModel;
	readonly tags: PlannedTag[] = [];
	readonly #stages: Stage[] = [];
	/** Where the last stage led. */
	#doc: Node;
	/** Of the stage that has begun. */
	#transaction: Transaction | null = null;

	constructor(model: TextModel) {
		this.model = model;
		this.#doc = model.node;
	}

	/** The document as it will be. */
	get doc(): Node {
		return this.#transaction?.doc ?? this.#doc;
	}

	/** Where steps are added that say what becomes of which letters. */
	get transaction(): Transaction {
		this.#transaction ??= EditorState.create({ doc: this.#doc }).tr;
		return this.#transaction;
	}

	/** The document becomes this one, in whatever way changes least. */
	become(doc: Node): void {
		this.endStage();
		this.#stages.push({ before: this.#doc, after: doc, transactions: [] });
		this.#doc = doc;
	}

	/** Gives letters an attribute that no editor shows, or takes it away. `find` is asked once more when all is planned. */
	tag(name: string, find: (() => Letters) | null): void {
		if (!name || isKnownMark(name, this.model.schema)) throw new RangeError(`${name} is no name of a tag`);
		find?.();
		this.tags.push({ name, find });
	}

	/** What is to be written, in order. */
	get stages(): readonly Stage[] {
		this.endStage();
		return this.#stages;
	}

	/**
	 * What follows is written after what came before. What becomes of letters that a step cuts off or joins is known for one
	 * such step at a time.
	 */
	endStage(): void {
		const { doc } = this;
		if (doc !== this.#doc) this.#stages.push({ before: this.#doc, after: doc, transactions: [this.#transaction!] });
		this.#doc = doc;
		this.#transaction = null;
	}
}

/** How much longer the blocks that change become, as JSON, which is hardly shorter than what Yjs has of them. */
function growthOf(before: Node, after: Node): number {
	let from = 0;
	while (from < Math.min(before.childCount, after.childCount) && before.child(from) === after.child(from)) from++;
	let end = 0;
	while (
		end < Math.min(before.childCount, after.childCount) - from &&
		before.child(before.childCount - 1 - end) === after.child(after.childCount - 1 - end)
	)
		end++;
	const old = new Map(leavesBetween(before, from, end).map((leaf) => [leaf.uid, leaf]));
	let growth = 0;
	for (const leaf of leavesBetween(after, from, end)) {
		const known = old.get(leaf.uid);
		if (!known || !isSameLeaf(known, leaf)) growth += Math.max(0, sizeOf(leaf.node) - (known ? sizeOf(known.node) : 0));
	}
	return growth;
}

function leavesBetween({ children }: Node, from: number, end: number): Leaf[] {
	return children.slice(from, children.length - end).flatMap((block) => leavesOf(block) as Leaf[]);
}

function sizeOf(node: Node): number {
	return new TextEncoder().encode(JSON.stringify(node)).length;
}
