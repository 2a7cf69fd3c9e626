/** Finds places for blocks that are new or were moved (rules PL). */
import type { Place } from './births.ts';
import { keyBetween } from './keys.ts';
import type { TextModel } from './model.ts';

/** Bounds walks up the tree, in which others may have made a circle. */
const DEEPEST_WALK = 5_000;

export class Places {
	readonly #model: TextModel;

	constructor(model: TextModel) {
		this.#model = model;
	}

	/**
	 * A place behind the block `before` and in front of `after`, below `wanted` if that is possible. `self` is the block
	 * that is moved. Blocks in between that have no place of their own get one.
	 */
	between(before: string | null, after: string | null, wanted: string | null, self?: string): Place {
		if (before === null) return [null, this.#key(null, this.#firstKey(null, self))];
		const options: { parent: string | null; place: () => Place }[] = [];
		if (self === undefined || !this.#isBelow(before, self))
			options.push({ parent: before, place: () => this.#first(before, self) });
		let above = before;
		for (let steps = 0; steps < DEEPEST_WALK; steps++) {
			if (after !== null && this.#isBelow(after, above)) break;
			const parent = this.#model.layout.parentOf(above);
			const sibling = above;
			if (parent === null || self === undefined || !this.#isBelow(parent, self))
				options.push({ parent, place: () => this.#behind(parent, sibling, self) });
			if (parent === null) break;
			above = parent;
		}
		const chosen = options.find(({ parent }) => parent === wanted) ?? options.at(-1);
		return chosen?.place() ?? [null, this.#key(this.#lastKey(null, self), null)];
	}

	/** Whether a block is the other or stands below it. */
	#isBelow(block: string, top: string): boolean {
		let at: string | null = block;
		for (let steps = 0; at !== null && steps < DEEPEST_WALK; steps++) {
			if (at === top) return true;
			at = this.#model.layout.parentOf(at);
		}
		return false;
	}

	/** In front of all that is below a block. */
	#first(parent: string, self: string | undefined): Place {
		this.#settle(parent, 0, self);
		return [parent, this.#key(null, this.#firstKey(parent, self))];
	}

	#behind(parent: string | null, sibling: string, self: string | undefined): Place {
		const { layout } = this.#model;
		if (layout.isDerived(sibling)) {
			const children = layout.childrenOf(parent).filter((uid) => uid !== self);
			this.#settle(parent, children.indexOf(sibling) + 1, self);
			return [parent, this.#key(null, this.#firstKey(parent, self))];
		}
		const placed = this.#placed(parent, self);
		return [parent, this.#key(this.#keyOf(sibling), this.#keyOf(placed[placed.indexOf(sibling) + 1]))];
	}

	/** Gives children without a place of their own, from the nth on, the ones they have now. */
	#settle(parent: string | null, from: number, self: string | undefined): void {
		const { layout } = this.#model;
		const children = layout.childrenOf(parent).filter((uid) => uid !== self);
		for (const uid of children
			.slice(from)
			.filter((child) => layout.isDerived(child))
			.toReversed()) {
			this.#model.set(uid, 'place', [parent, this.#key(null, this.#firstKey(parent, self))]);
		}
	}

	#placed(parent: string | null, self: string | undefined): readonly string[] {
		const placed = this.#model.layout.placedUnder(parent);
		return self === undefined ? placed : placed.filter((uid) => uid !== self);
	}

	#firstKey(parent: string | null, self: string | undefined): string | null {
		return this.#keyOf(this.#placed(parent, self)[0]);
	}

	#lastKey(parent: string | null, self: string | undefined): string | null {
		return this.#keyOf(this.#placed(parent, self).at(-1));
	}

	#keyOf(uid: string | undefined): string | null {
		return uid === undefined ? null : (this.#model.entries.placeOf(uid)?.[1] ?? null);
	}

	/** Of two who chose the same key at the same moment nothing fits between. */
	#key(left: string | null, right: string | null): string {
		return keyBetween(left, left !== null && right !== null && right <= left ? null : right, this.#model.tag);
	}
}
