/**
 * From the editor to Yjs (rules WR): what a person's transaction did, with as few operations as it needs. Structure is
 * written beside the letters; a letter is only ever inserted, marked or deleted.
 */
import type { Fragment, Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { newUid } from '../base/ids.ts';
import type { Birth } from './births.ts';
import { Changes } from './changes.ts';
import { APPENDIX_RANK, rankOf } from './kinds.ts';
import { isSameLeaf, type Leaf, leavesOf } from './leaves.ts';
import { longestRising } from './longest-rising.ts';
import type { TextModel } from './model.ts';
import { type LineValue, ownAttrs } from './nodes.ts';
import { Places } from './places.ts';
import { cellName } from './table.ts';
import { planTails, type Tails } from './tails.ts';
import { LetterWriter } from './write-letters.ts';
import { TableWriter } from './write-table.ts';

/** What nobody takes back: that something exists. Ranges of clocks of this session. */
export interface Born {
	clock: number;
	length: number;
}

/** A leaf with the position of its node in the document. */
export interface PlacedLeaf extends Leaf {
	from: number;
}

export class TextWriter {
	readonly #model: TextModel;
	readonly #origin: unknown;
	readonly #letters: LetterWriter;
	readonly #tables: TableWriter;
	readonly #places: Places;
	#born: Born[] = [];
	/** Births say that they are seen: for a document's first content, which nobody takes back. */
	readonly #isFirst: boolean;

	/** `origin` is that of the Yjs transactions. */
	constructor(model: TextModel, origin: unknown, isFirst = false) {
		this.#model = model;
		this.#origin = origin;
		this.#isFirst = isFirst;
		this.#letters = new LetterWriter(model, (line) => this.#bearLine(line));
		this.#tables = new TableWriter(model, this.#letters);
		this.#places = new Places(model);
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
		this.#born = [];
		this.#model.doc.transact(() => {
			const isPaired = old.length === now.length && old.every(({ uid }, nth) => uid !== '' && uid === now[nth].uid);
			if (isPaired) {
				this.#bearInside(now, old);
				for (const [nth, leaf] of now.entries()) this.#writePair(old[nth], leaf, changes);
			} else if (old.length > 0 || now.length > 0) this.#writeStructure(previous, old, now, changes);
			this.#model.absorb();
			if (now.some(({ kind }) => kind === 'listItem')) this.#putDepthsRight(after);
		}, this.#origin);
		return this.#model.adopt(after);
	}

	/** Blocks came, went, were split, joined or moved. */
	#writeStructure(previous: string | null, old: readonly PlacedLeaf[], now: readonly PlacedLeaf[], changes: Changes): void {
		const { layout, entries } = this.#model;
		const oldBy = new Map(old.filter(({ uid }) => layout.isShown(uid)).map((leaf) => [leaf.uid, leaf]));
		const nowBy = new Map(now.map((leaf) => [leaf.uid, leaf]));
		const at = previous === null ? 0 : layout.order.indexOf(previous) + 1;
		const uids = [...layout.order.slice(0, at), ...now.map(({ uid }) => uid), ...layout.order.slice(at + oldBy.size)];
		const moved = movedBlocks(old, now, changes);
		const tails = planTails(old, now, changes, (uid) => entries.births.has(uid));
		const parentWanted = this.#parents(uids, nowBy);

		this.#bear(() => {
			this.#cutCircles(oldBy.keys());
			for (const [uid, { of, at: offset }] of tails.splits) this.#insertMarker(uid, of, offset, nowBy.get(uid)!);
			if (tails.splits.size > 0) this.#model.absorbParts();
		});
		this.#addDragged(moved);
		const pending = new Set(now.filter(({ uid }) => !oldBy.has(uid) && !tails.splits.get(uid)?.isNext).map(({ uid }) => uid));
		for (const uid of moved) pending.add(uid);
		// What is placed later stands in front of it, so this holds until all are placed.
		const followers = followersOf(uids, (uid) => layout.isLive(uid) && !pending.has(uid));
		const follower = (nth: number): string | null => followers[nth];
		this.#bear(() => {
			for (const [nth, leaf] of now.entries()) {
				const { uid } = leaf;
				if (oldBy.has(uid) || tails.splits.get(uid)?.isNext) continue;
				const place = this.#places.between(uids[at + nth - 1] ?? null, follower(at + nth), parentWanted(at + nth));
				pending.delete(uid);
				if (entries.births.has(uid)) this.#model.set(uid, 'place', place);
				else this.#model.bear(uid, { ...this.#birthOf(leaf), place, ...(this.#isFirst ? { is: 1 } : {}) } satisfies Birth);
				this.#model.takeKeys();
			}
		});
		this.#bearInside(now, old);
		this.#model.absorbParts();

		for (const leaf of oldBy.values()) if (!nowBy.has(leaf.uid) && !tails.handled.has(leaf.uid)) this.#remove(leaf);
		for (const [uid, edits] of tails.edits) this.#letters.apply(uid, edits);
		for (const [uid, { of }] of tails.splits) this.#separate(uid, of);
		for (const join of tails.joins) this.#join(join);
		for (const leaf of now) {
			const before = oldBy.get(leaf.uid);
			if (before && tails.handled.has(leaf.uid)) this.#writeAttributes(before, leaf);
			else if (before) this.#writePair(before, leaf, changes);
			else if (!tails.splits.has(leaf.uid)) this.#fill(leaf, tails.heads.get(leaf.uid));
		}
		this.#model.absorbParts();
		// Of letters that stayed in a block that was split or joined the marks may be others.
		for (const { uid, node } of now) if (tails.handled.has(uid)) this.#letters.write(uid, this.#model.lettersOf(uid), node.content, []);
		for (const [nth, uid] of uids.entries()) if (moved.has(uid)) this.#move(uid, nth, uids, moved, pending, parentWanted, follower);
		this.#putRight(uids, parentWanted);
	}

	#writePair(before: PlacedLeaf, after: PlacedLeaf, changes: Changes): void {
		if (isSameLeaf(before, after)) return;
		this.#writeAttributes(before, after);
		const { uid } = after;
		if (before.node.isTextblock && after.node.isTextblock) {
			const ranges = changes.rangesIn(insideOf(before), insideOf(after));
			this.#letters.write(uid, before.node.content, after.node.content, ranges);
		} else if (after.kind === 'table') this.#tables.write(uid, before, after, changes);
		else if (!after.node.isLeaf) this.#writeFields(before, after, changes);
	}

	/** The kind and attributes; whoever changes a block sees that it is there. */
	#writeAttributes(before: Leaf, after: Leaf): void {
		const { entries } = this.#model;
		const { uid } = after;
		if (before.kind !== after.kind) this.#model.set(uid, 'kind', after.kind);
		for (const name of Object.keys(after.attrs)) {
			if (before.kind !== after.kind || (after.attrs[name] ?? null) !== (before.attrs[name] ?? null)) this.#writeAttribute(after, name);
		}
		if (!entries.is(uid)) this.#model.set(uid, 'is', 1);
	}

	/** Writes an attribute that the model does not have as the editor has it. */
	#writeAttribute({ uid, kind, attrs, node }: Leaf, name: string): void {
		const known = this.#model.entries.attribute(uid, kind, name) ?? node.type.spec.attrs?.[name]?.default ?? (name === 'depth' ? 0 : null);
		const value = attrs[name] ?? null;
		if (value !== known) this.#model.set(uid, `@${name}`, value);
	}

	#writeFields(before: PlacedLeaf | null, after: PlacedLeaf, changes: Changes): void {
		const { uid } = after;
		const old = new Map(before ? fieldsIn(before).map((field) => [field.name, field]) : []);
		const now = fieldsIn(after);
		const names = now.map(({ name }) => name);
		for (const { name, node } of old.values()) if (!names.includes(name)) this.#letters.delete(cellName(uid, name), 0, node.content.size);
		if (this.#model.fieldsOf(uid).join() !== names.join()) this.#model.set(uid, 'fields', names);
		for (const field of now) {
			const was = old.get(field.name);
			if (was?.node === field.node) continue;
			const name = cellName(uid, field.name);
			this.#letters.write(name, this.#model.part(name).content, field.node.content, was ? changes.rangesIn(was, field) : []);
		}
	}

	#remove(leaf: PlacedLeaf): void {
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

	#fill(leaf: PlacedLeaf, head: Fragment | undefined): void {
		const { uid, node } = leaf;
		const { entries } = this.#model;
		if (!entries.is(uid)) this.#model.set(uid, 'is', 1);
		if (entries.births.has(uid) && entries.kindOf(uid) !== leaf.kind) this.#model.set(uid, 'kind', leaf.kind);
		for (const name of Object.keys(leaf.attrs)) this.#writeAttribute(leaf, name);
		if (node.isTextblock) this.#letters.fill(uid, head ?? node.content);
		else if (leaf.kind === 'table') this.#tables.write(uid, null, leaf, NO_CHANGES);
		else if (!node.isLeaf) this.#writeFields(null, leaf, NO_CHANGES);
	}

	/** A marker where a block is split. It is no boundary yet: that is what an undo takes back. */
	#insertMarker(uid: string, of: string, offset: number, leaf: PlacedLeaf): void {
		const { part, index } = this.#model.locate(of, offset, 'end');
		this.#letters.insertMarker(part.text, index, uid);
		this.#model.bear(uid, { ...this.#birthOf(leaf), in: part.text, into: '<' } satisfies Birth);
		this.#model.takeKeys();
		this.#model.textChanged(part.text);
	}

	/** What stands behind a marker is a block of its own now, also what was joined to the old one on another way. */
	#separate(uid: string, of: string): void {
		const { layout } = this.#model;
		const parts = layout.piecesOf(of);
		for (let nth = parts.indexOf(uid) + 1; nth < parts.length; nth++) {
			let at: string | null = parts[nth];
			for (let steps = 0; at !== null && at !== uid && steps < parts.length; steps++) at = layout.before(at);
			if (at !== uid) this.#model.set(parts[nth], 'into', this.#behind(parts[nth - 1]));
		}
		this.#model.set(uid, 'into', null);
		this.#model.set(uid, 'is', 1);
	}

	#join({ part, to, isNew }: Tails['joins'][number]): void {
		const last = isNew ? to : this.#model.layout.piecesOf(to).at(-1)!;
		const into = this.#behind(last);
		this.#model.set(part, 'into', into[1] === part ? '<' : into);
	}

	/** Where something goes on that stands behind a part. */
	#behind(uid: string): [text: string, before: string | null] {
		const part = this.#model.part(uid);
		return [part.text, this.#model.texts.get(part.text)![part.nth + 1]?.uid ?? null];
	}

	/** Two blocks that were joined to each other, or put below each other: whoever sees it writes down how it is seen. */
	#cutCircles(uids: Iterable<string>): void {
		const { layout, entries } = this.#model;
		for (const uid of uids) if (entries.intoOf(uid) && layout.ownerOf(uid) === uid) this.#model.set(uid, 'into', null);
		for (const uid of layout.loops) this.#model.set(uid, 'place', [null, entries.placeOf(uid)?.[1] ?? this.#places.between(null, null, null)[1]]);
	}

	/** Blocks that stay where they are although what they were placed below moves away. */
	#addDragged(moved: Set<string>): void {
		const todo = [...moved];
		while (todo.length > 0) {
			for (const uid of this.#model.layout.childrenOf(todo.pop()!)) {
				if (moved.has(uid)) continue;
				moved.add(uid);
				todo.push(uid);
			}
		}
	}

	/** A moved block gets its new place; what moved along below another keeps its own. */
	#move(uid: string, nth: number, uids: readonly string[], moved: ReadonlySet<string>, pending: Set<string>, parentWanted: (nth: number) => string | null, follower: (nth: number) => string | null): void {
		pending.delete(uid);
		const { layout } = this.#model;
		const parent = layout.parentOf(uid);
		const wanted = parentWanted(nth);
		const movesAlong = parent !== null && moved.has(parent) && parent === wanted && uids.indexOf(parent) < nth && !layout.isDerived(uid);
		if (!movesAlong) this.#model.set(uid, 'place', this.#places.between(uids[nth - 1] ?? null, follower(nth), wanted, uid));
	}

	/** Whatever is still not where the editor has it is placed again, one after the other. */
	#putRight(wanted: readonly string[], parentWanted: (nth: number) => string | null): void {
		const { layout } = this.#model;
		for (let round = 0; round < MOST_CORRECTIONS; round++) {
			this.#model.absorb();
			const { order } = layout;
			if (order.length !== wanted.length) return;
			const at = wanted.findIndex((uid, nth) => uid !== order[nth]);
			if (at < 0) return;
			// Either this one is too far behind, or the one that stands here is too far in front.
			const isEarly = wanted[at] === order[at + 1];
			const uid = isEarly ? order[at] : wanted[at];
			const nth = wanted.indexOf(uid);
			if (nth < 0) return;
			this.#model.set(uid, 'place', this.#places.between(wanted[nth - 1] ?? null, wanted[nth + 1] ?? null, parentWanted(nth), uid));
		}
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

	/** The provision that each block belongs to by its level, as it is to be. */
	#parents(uids: readonly string[], now: ReadonlyMap<string, Leaf>): (nth: number) => string | null {
		const { entries } = this.#model;
		const ranks = new Map<string, number>();
		const rank = (uid: string) => {
			const known = ranks.get(uid);
			if (known !== undefined) return known;
			const leaf = now.get(uid);
			const found = leaf ? rankOf(leaf.kind, leaf.attrs.level) : rankOf(entries.kindOf(uid), entries.attribute(uid, 'provision', 'level'));
			ranks.set(uid, found);
			return found;
		};
		if (now.size > FEW) {
			const parents = parentsIn(uids, rank);
			return (nth) => parents[nth];
		}
		return (nth) => {
			const own = rank(uids[nth]);
			for (let at = nth - 1; at >= 0; at--) {
				const other = rank(uids[at]);
				if (other === APPENDIX_RANK) return null;
				if (other < own) return uids[at];
			}
			return null;
		};
	}

	#birthOf({ node, kind, attrs }: Leaf): Birth {
		const own = ownAttrs(node.type, attrs);
		const birth: Birth = { kind };
		if (Object.keys(own).length > 0) birth.attrs = own;
		if (node.firstChild?.type.name === 'headerField') birth.fields = node.children.map((field) => field.attrs.name as string);
		return birth;
	}

	/** Inline elements, and rows and columns, that are new. */
	#bearInside(now: readonly PlacedLeaf[], old: readonly PlacedLeaf[]): void {
		const known = new Set(old.map(({ node }) => node));
		const shown = new Set(old.flatMap(({ node }) => elementsIn(node).map(({ attrs }) => attrs.uid as string)));
		this.#bear(() => {
			for (const { node, uid, kind } of now) {
				if (known.has(node)) continue;
				for (const element of elementsIn(node)) if (!shown.has(element.attrs.uid as string)) this.#bearElement(element);
				this.#model.takeKeys();
				if (kind === 'table') this.#tables.bear(uid, node);
			}
		});
	}

	/** An element that is put in again says what it says now. */
	#bearElement({ type, attrs: { uid, ...attrs } }: Node): void {
		const { entries } = this.#model;
		if (!entries.births.has(uid as string)) return this.#model.bear(uid as string, { kind: type.name, attrs: ownAttrs(type, attrs) } satisfies Birth);
		for (const name of Object.keys(attrs)) {
			const value = entries.attribute(uid as string, type.name, name) ?? type.spec.attrs?.[name]?.default ?? null;
			if (value !== attrs[name]) this.#model.set(uid as string, `@${name}`, attrs[name]);
		}
	}

	#bearLine({ kind, attrs }: LineValue): string {
		const uid = newUid();
		this.#bear(() => this.#model.bear(uid, { kind, ...(Object.keys(attrs).length > 0 ? { attrs } : {}) } satisfies Birth));
		this.#model.takeKeys();
		return uid;
	}

	/** What is written here is not undone: not that something exists, only that it is there. */
	#bear(write: () => void): void {
		const { store, clientID } = this.#model.doc;
		const clock = Y.getState(store, clientID);
		write();
		const length = Y.getState(store, clientID) - clock;
		if (length > 0) this.#born.push({ clock, length });
	}
}

const MOST_CORRECTIONS = 200;
/** For more blocks than these the parents of all are worked out in one go. */
const FEW = 20;
const NO_CHANGES = new Changes([]);

/** The leaves in which two documents differ, with their positions, and the block in front of them. */
function changedLeaves(before: Node, after: Node): { old: PlacedLeaf[]; now: PlacedLeaf[]; previous: string | null } {
	let from = 0;
	let to = before.childCount;
	let toAfter = after.childCount;
	while (from < to && from < toAfter && before.child(from) === after.child(from)) from++;
	while (to > from && toAfter > from && before.child(to - 1) === after.child(toAfter - 1)) {
		to--;
		toAfter--;
	}
	const old = placedLeaves(before, from, to);
	const now = placedLeaves(after, from, toAfter);
	let same = 0;
	while (same < old.length && same < now.length && isSameLeaf(old[same], now[same])) same++;
	let sameEnd = 0;
	while (sameEnd < Math.min(old.length, now.length) - same && isSameLeaf(old[old.length - 1 - sameEnd], now[now.length - 1 - sameEnd])) sameEnd++;
	const previous = same > 0 ? old[same - 1].uid : from > 0 ? leavesOf(before.child(from - 1)).at(-1)!.uid : null;
	return { old: old.slice(same, old.length - sameEnd), now: now.slice(same, now.length - sameEnd), previous };
}

function placedLeaves(doc: Node, from: number, to: number): PlacedLeaf[] {
	let position = 0;
	for (let nth = 0; nth < from; nth++) position += doc.child(nth).nodeSize;
	const leaves: PlacedLeaf[] = [];
	for (let nth = from; nth < to; nth++) {
		const block = doc.child(nth);
		for (const leaf of leavesOf(block)) leaves.push({ ...leaf, from: position + leaf.offset });
		position += block.nodeSize;
	}
	return leaves;
}

/** Where the content of a leaf begins and ends in its document. */
export function insideOf({ from, node }: PlacedLeaf): { from: number; to: number } {
	return { from: from + 1, to: from + 1 + node.content.size };
}

/** For each block the nearest one before it that contains it, up to an appendix. */
function parentsIn(uids: readonly string[], rank: (uid: string) => number): (string | null)[] {
	const open: string[] = [];
	return uids.map((uid) => {
		const own = rank(uid);
		while (open.length > 0 && rank(open.at(-1)!) >= own) open.pop();
		const parent = open.at(-1) ?? null;
		if (own === APPENDIX_RANK) open.length = 0;
		else open.push(uid);
		return own === APPENDIX_RANK ? null : parent;
	});
}

/** For each block the next one behind it that `isKnown`. */
function followersOf(uids: readonly string[], isKnown: (uid: string) => boolean): (string | null)[] {
	const followers: (string | null)[] = [];
	let next: string | null = null;
	for (let nth = uids.length - 1; nth >= 0; nth--) {
		followers[nth] = next;
		if (isKnown(uids[nth])) next = uids[nth];
	}
	return followers;
}

function linesOfLists(doc: Node): Leaf[] {
	return doc.children.filter(({ type }) => type.name === 'bulletList').flatMap((list) => leavesOf(list) as Leaf[]);
}

/** The elements among letters that have a uid, in a block and all that is in it. */
function elementsIn(node: Node): Node[] {
	const found: Node[] = [];
	node.descendants((inner) => {
		if (inner.isInline && inner.isAtom && typeof inner.attrs.uid === 'string') found.push(inner);
		return !inner.isText;
	});
	return found;
}

/** The fields of a header block, with where their content begins and ends. */
function fieldsIn({ node, from }: PlacedLeaf): { name: string; node: Node; from: number; to: number }[] {
	const fields: { name: string; node: Node; from: number; to: number }[] = [];
	node.forEach((field, offset) => {
		const start = from + 1 + offset + 1;
		fields.push({ name: field.attrs.name as string, node: field, from: start, to: start + field.content.size });
	});
	return fields;
}

/** Blocks that stand elsewhere in a row: those that were taken out and put in again, else as few as explain it. */
function movedBlocks(old: readonly Leaf[], now: readonly Leaf[], changes: Changes): Set<string> {
	const places = new Map(old.map(({ uid }, nth) => [uid, nth]));
	const stayed = now.flatMap(({ uid }) => places.get(uid) ?? []);
	const isInOrder = stayed.every((place, nth) => nth === 0 || place > stayed[nth - 1]);
	if (isInOrder) return new Set();
	const takenOut = changes.takenOut();
	const moved = new Set(stayed.map((place) => old[place].uid).filter((uid) => takenOut.has(uid)));
	const rest = stayed.filter((place) => !moved.has(old[place].uid));
	const rising = new Set(longestRising(rest));
	for (const [nth, place] of rest.entries()) if (!rising.has(nth)) moved.add(old[place].uid);
	return moved;
}
