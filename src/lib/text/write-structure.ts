/** Writes that blocks came, went, were split, joined or moved: beside the letters, which stay where they are. */
import type { Birth, Place } from './births.ts';
import type { PlacedLeaf } from './changed-leaves.ts';
import type { Changes } from './changes.ts';
import type { TextModel } from './model.ts';
import { Places } from './places.ts';
import { planTails, type Tails } from './tails.ts';
import { followersOf, movedBlocks, parentsWanted } from './wanted-order.ts';
import type { BirthWriter } from './write-births.ts';
import type { BlockWriter } from './write-block.ts';
import type { LetterWriter } from './write-letters.ts';
import type { TableWriter } from './write-table.ts';

const MOST_CORRECTIONS = 200;

export class StructureWriter {
	readonly #model: TextModel;
	readonly #births: BirthWriter;
	readonly #blocks: BlockWriter;
	readonly #letters: LetterWriter;
	readonly #tables: TableWriter;
	readonly #places: Places;
	/** Births say that they are seen: for a document's first content, which nobody takes back. */
	readonly #isFirst: boolean;

	constructor(
		model: TextModel,
		parts: { births: BirthWriter; blocks: BlockWriter; letters: LetterWriter; tables: TableWriter },
		isFirst: boolean
	) {
		this.#model = model;
		this.#births = parts.births;
		this.#blocks = parts.blocks;
		this.#letters = parts.letters;
		this.#tables = parts.tables;
		this.#places = new Places(model);
		this.#isFirst = isFirst;
	}

	/** Blocks came, went, were split, joined or moved. */
	write(previous: string | null, old: readonly PlacedLeaf[], now: readonly PlacedLeaf[], changes: Changes): void {
		const { layout, entries } = this.#model;
		const oldBy = new Map(old.filter(({ uid }) => layout.isShown(uid)).map((leaf) => [leaf.uid, leaf]));
		const nowBy = new Map(now.map((leaf) => [leaf.uid, leaf]));
		const at = previous === null ? 0 : layout.order.indexOf(previous) + 1;
		const uids = [...layout.order.slice(0, at), ...now.map(({ uid }) => uid), ...layout.order.slice(at + oldBy.size)];
		const moved = movedBlocks(old, now, changes);
		const tails = planTails(old, now, changes, (uid) => entries.births.has(uid));
		const parentWanted = parentsWanted(uids, nowBy, entries);

		this.#births.within(() => {
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
		for (const [nth, leaf] of now.entries()) {
			const { uid } = leaf;
			if (oldBy.has(uid) || tails.splits.get(uid)?.isNext) continue;
			let back: Place | null = null;
			this.#births.within(() => {
				const place = this.#places.between(uids[at + nth - 1] ?? null, follower(at + nth), parentWanted(at + nth));
				if (entries.births.has(uid)) back = place;
				else this.#model.bear(uid, { ...this.#births.of(leaf), place, ...(this.#isFirst ? { is: 1 } : {}) } satisfies Birth);
			});
			// What is put back may have another place than before, and has its old one again when that is taken back (UN3).
			if (back) this.#model.set(uid, 'place', back);
			pending.delete(uid);
			this.#model.takeKeys();
		}
		this.#births.inside(now, old, this.#tables);
		this.#model.absorbParts();

		for (const leaf of oldBy.values()) if (!nowBy.has(leaf.uid) && !tails.handled.has(leaf.uid)) this.#blocks.remove(leaf);
		for (const [uid, edits] of tails.edits) this.#letters.apply(uid, edits);
		for (const [uid, { of }] of tails.splits) this.#separate(uid, of);
		for (const join of tails.joins) this.#join(join);
		for (const leaf of now) {
			const before = oldBy.get(leaf.uid);
			if (before && tails.handled.has(leaf.uid)) this.#blocks.writeAttributes(before, leaf);
			else if (before) this.#blocks.writePair(before, leaf, changes);
			else if (!tails.splits.has(leaf.uid)) this.#blocks.fill(leaf, tails.heads.get(leaf.uid));
		}
		this.#model.absorbParts();
		// Of letters that stayed in a block that was split or joined the marks may be others.
		for (const { uid, node } of now)
			if (tails.handled.has(uid)) this.#letters.write(uid, this.#model.lettersOf(uid), node.content, []);
		for (const [nth, uid] of uids.entries())
			if (moved.has(uid)) this.#move(uid, nth, uids, moved, pending, parentWanted, follower);
		this.#putRight(uids, parentWanted);
	}

	/** A marker where a block is split. It is no boundary yet: that is what an undo takes back. */
	#insertMarker(uid: string, of: string, offset: number, leaf: PlacedLeaf): void {
		const { part, index } = this.#model.locate(of, offset, 'end');
		this.#letters.insertMarker(part.text, index, uid);
		this.#model.bear(uid, { ...this.#births.of(leaf), in: part.text, into: '<' } satisfies Birth);
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
		for (const uid of layout.loops)
			this.#model.set(uid, 'place', [null, entries.placeOf(uid)?.[1] ?? this.#places.between(null, null, null)[1]]);
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
	#move(
		uid: string,
		nth: number,
		uids: readonly string[],
		moved: ReadonlySet<string>,
		pending: Set<string>,
		parentWanted: (nth: number) => string | null,
		follower: (nth: number) => string | null
	): void {
		pending.delete(uid);
		const { layout } = this.#model;
		const parent = layout.parentOf(uid);
		const wanted = parentWanted(nth);
		const movesAlong =
			parent !== null && moved.has(parent) && parent === wanted && uids.indexOf(parent) < nth && !layout.isDerived(uid);
		if (!movesAlong) this.#model.set(uid, 'place', this.#places.between(uids[nth - 1] ?? null, follower(nth), wanted, uid));
	}

	/** Whatever is still not where the editor has it is placed again, one after the other. */
	#putRight(wanted: readonly string[], parentWanted: (nth: number) => string | null): void {
		const { layout } = this.#model;
		let last = { at: -1, isEarly: false };
		for (let round = 0; round < MOST_CORRECTIONS; round++) {
			this.#model.absorb();
			const { order } = layout;
			if (order.length !== wanted.length) return;
			const at = wanted.findIndex((uid, nth) => uid !== order[nth]);
			if (at < 0) return;
			// Either this one is too far behind, or the one that stands here is too far in front. Where placing the one did not
			// help, since it cannot stand among what belongs to a neighbour, the other is placed.
			const isEarly = at === last.at ? !last.isEarly : wanted[at] === order[at + 1];
			last = { at, isEarly };
			const uid = isEarly ? order[at] : wanted[at];
			const nth = wanted.indexOf(uid);
			if (nth < 0) return;
			this.#model.set(
				uid,
				'place',
				this.#places.between(wanted[nth - 1] ?? null, wanted[nth + 1] ?? null, parentWanted(nth), uid)
			);
		}
	}
}
