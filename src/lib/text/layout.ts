/**
 * Which blocks there are, of which parts each consists, and in which order they stand (SPEC.md, PA and PL). Works only on
 * what changed, but for one walk over all blocks.
 */
import type { Into, Place } from './births.ts';
import { circles } from './circles.ts';
import type { Part } from './parts.ts';

/** What the layout is made from. */
export interface Source {
	parts: ReadonlyMap<string, Part>;
	texts: ReadonlyMap<string, readonly Part[]>;
	placeOf(uid: string): Place | null;
	intoOf(uid: string): Into | null;
	/** Whether a block begins with a marker in the text of another. */
	isMarker(uid: string): boolean;
	/** Whether a block is to be seen (EX2). */
	isSeen(uid: string): boolean;
}

const NONE: readonly string[] = [];

export class Layout {
	/** The blocks that are seen, in order. */
	order: readonly string[] = [];
	/** The same and those that are not seen. */
	all: readonly string[] = [];
	/** Blocks at which a circle of places is cut. */
	loops: ReadonlySet<string> = new Set();
	readonly #source: Source;
	readonly #live = new Set<string>();
	/** Texts that have markers, and blocks that go on in another: all that is not plain. */
	readonly #marked = new Set<string>();
	readonly #joined = new Set<string>();
	/** Children with a place of their own, in order of their keys. */
	readonly #placed = new Map<string | null, string[]>();
	readonly #parentOfPlaced = new Map<string, string | null>();
	/** Children without one: markers behind the block that their text belongs to. */
	#derived = new Map<string, string[]>();
	#parentOfDerived = new Map<string, string>();
	#owners = new Map<string, string>();
	#pieces = new Map<string, readonly string[]>();

	constructor(source: Source) {
		this.#source = source;
	}

	/** The block that a part belongs to. */
	ownerOf(part: string): string | null {
		return this.#owners.get(part) ?? (this.#live.has(part) ? part : null);
	}

	/** The parts of a block, in order. */
	piecesOf(block: string): readonly string[] {
		return this.#pieces.get(block) ?? [block];
	}

	/** The block that another is placed under. */
	parentOf(block: string): string | null {
		if (this.loops.has(block)) return null;
		const derived = this.#parentOfDerived.get(block);
		if (derived !== undefined) return derived;
		const placed = this.#parentOfPlaced.get(block) ?? null;
		return placed !== null && this.#live.has(placed) ? placed : null;
	}

	/** Whether a block has a place only by the text it was split from. */
	isDerived(block: string): boolean {
		return this.#parentOfDerived.has(block);
	}

	/** Whether a block is seen. */
	isShown(block: string): boolean {
		return this.ownerOf(block) === block && this.#source.isSeen(block);
	}

	isLive(block: string): boolean {
		return this.#live.has(block);
	}

	/** What is placed under a block, in order. */
	childrenOf(block: string | null): readonly string[] {
		const derived = block === null ? NONE : (this.#derived.get(block) ?? NONE);
		const placed = this.placedUnder(block);
		return derived.length === 0 ? placed : [...derived, ...placed];
	}

	/** The same without those that have no place of their own. */
	placedUnder(block: string | null): readonly string[] {
		return this.#placed.get(block) ?? NONE;
	}

	/** The part in which a part goes on where it begins; null when it begins a block. */
	before(part: string): string | null {
		const into = this.#source.intoOf(part);
		if (!into) return null;
		const { parts, texts } = this.#source;
		if (into === '<') {
			const own = parts.get(part);
			return own && own.nth > 0 ? texts.get(own.text)![own.nth - 1].uid : null;
		}
		const list = this.#live.has(into[0]) ? texts.get(into[0]) : undefined;
		if (!list?.length) return null;
		const at = into[1] === null ? -1 : list.findIndex(({ uid }) => uid === into[1]);
		return list[(at > 0 ? at : list.length) - 1].uid;
	}

	/** A block is about to have another place. Of several they all leave before one comes, since lists are in order. */
	placeLeft(block: string): void {
		const old = this.#parentOfPlaced.get(block);
		if (old === undefined) return;
		const list = this.#placed.get(old)!;
		list.splice(list.indexOf(block), 1);
		if (list.length === 0) this.#placed.delete(old);
		this.#parentOfPlaced.delete(block);
	}

	/** A block came, went, or has another place. */
	placeChanged(block: string, isLive: boolean): void {
		this.placeLeft(block);
		if (!isLive) return void this.#live.delete(block);
		this.#live.add(block);
		const place = this.#source.placeOf(block);
		if (!place) return;
		this.#removeDerived(block);
		const parent = place[0] === block ? null : place[0];
		const list = this.#placed.get(parent);
		if (list) list.splice(this.#rankIn(list, block, place[1]), 0, block);
		else this.#placed.set(parent, [block]);
		this.#parentOfPlaced.set(block, parent);
	}

	/** Where a block belongs in a list that is in order. Most often that is its end. */
	#rankIn(list: readonly string[], block: string, key: string): number {
		const isAfter = (other: string) => {
			const otherKey = this.#source.placeOf(other)?.[1] ?? '';
			return key > otherKey || (key === otherKey && block > other);
		};
		if (isAfter(list.at(-1)!)) return list.length;
		let low = 0;
		let high = list.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (isAfter(list[middle])) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** A block goes on somewhere else than before. */
	intoChanged(block: string): void {
		if (this.#source.intoOf(block)) this.#joined.add(block);
		else this.#joined.delete(block);
	}

	/** A text has markers, or has none any more. */
	markersChanged(text: string, hasMarkers: boolean): void {
		if (hasMarkers) this.#marked.add(text);
		else this.#marked.delete(text);
	}

	/** Works out again of which parts blocks consist. Returns those that consist of others than before. */
	updateParts(): Set<string> {
		// The parts of texts that have several, or that others go on in. All other blocks are one part.
		const { texts, parts, intoOf } = this.#source;
		const names = new Set(this.#marked);
		for (const uid of this.#joined) {
			const own = parts.get(uid);
			if (own) names.add(own.text);
			const into = intoOf(uid);
			if (into && into !== '<' && texts.has(into[0])) names.add(into[0]);
		}
		const involved: string[] = [];
		for (const name of names)
			for (const { uid } of texts.get(name) ?? []) if (this.#live.has(uid) && parts.get(uid)?.text === name) involved.push(uid);
		const cut = circles(involved, (uid) => this.before(uid));
		const owners = new Map<string, string>();
		for (const uid of involved) findOwner(uid, (part) => (cut.has(part) ? null : this.before(part)), owners);
		const old = this.#pieces;
		this.#owners = owners;
		this.#pieces = new Map();
		this.#derive(involved, cut);
		return changedPieces(old, this.#pieces);
	}

	#derive(involved: readonly string[], cut: ReadonlySet<string>): void {
		const { parts, texts, intoOf, placeOf, isMarker } = this.#source;
		const gaps = new Map<string, string[]>();
		for (const uid of involved) {
			const into = intoOf(uid);
			if (!into || into === '<' || cut.has(uid) || this.before(uid) === null) continue;
			const list = texts.get(into[0])!;
			const isThere = into[1] !== null && list.some((part, nth) => nth > 0 && part.uid === into[1]);
			push(gaps, gap(into[0], isThere ? into[1] : null), uid);
		}
		const below = new Map<string, string[]>();
		for (const uid of involved) {
			if (this.#owners.get(uid) !== uid) continue;
			const pieces: string[] = [];
			const loose: string[] = [];
			/** Parts still to come, the next one last; a marker that begins a block of its own stands behind the block. */
			const todo: { part?: string; loose?: string }[] = [{ part: uid }];
			while (todo.length > 0) {
				const { part: at, loose: own } = todo.pop()!;
				if (own !== undefined) loose.push(own);
				if (at === undefined) continue;
				pieces.push(at);
				const part = parts.get(at)!;
				const next = texts.get(part.text)![part.nth + 1]?.uid;
				if (next !== undefined) {
					if (intoOf(next) === '<' && !cut.has(next) && this.#live.has(next)) todo.push({ part: next });
					if (isMarker(next) && !placeOf(next) && this.#live.has(next)) todo.push({ loose: next });
				}
				const joined = gaps.get(gap(part.text, next ?? null));
				if (joined) for (const other of this.#sort(joined).toReversed()) todo.push({ part: other });
			}
			this.#pieces.set(uid, pieces);
			if (loose.length > 0) below.set(uid, loose);
		}
		this.#derived = new Map();
		this.#parentOfDerived = new Map();
		for (const uid of involved.toSorted()) {
			if (!isMarker(uid) || placeOf(uid)) continue;
			const part = parts.get(uid)!;
			const owner = this.#owners.get(texts.get(part.text)![part.nth - 1].uid) ?? part.text;
			const parent = owner === uid ? part.text : owner;
			this.#parentOfDerived.set(uid, parent);
			if (!below.get(parent)?.includes(uid)) push(this.#derived, parent, uid);
		}
		for (const [parent, list] of below) {
			const own = list.filter((uid) => this.#parentOfDerived.get(uid) === parent);
			if (own.length > 0) this.#derived.set(parent, [...own, ...(this.#derived.get(parent) ?? NONE)]);
		}
	}

	/** Works out again in which order they stand, depth first. What cannot be reached lies below a circle of places. */
	updateOrder(): void {
		this.loops = new Set();
		let all = this.#reach(this.#top());
		if (all.length < this.#live.size) {
			const reached = new Set(all);
			const rest = [...this.#live].filter((uid) => !reached.has(uid));
			this.loops = circles(rest, (uid) => this.parentOf(uid));
			all = this.#reach(this.#top());
		}
		this.all = all;
		const hasOwners = this.#owners.size > 0;
		this.order = all.filter((uid) => (!hasOwners || (this.#owners.get(uid) ?? uid) === uid) && this.#source.isSeen(uid));
	}

	/** What stands under no block, also because the one it names is not there. */
	#top(): readonly string[] {
		const orphans: string[] = [...this.loops];
		for (const [parent, list] of this.#placed) if (parent !== null && !this.#live.has(parent)) orphans.push(...list);
		const top = this.placedUnder(null);
		return orphans.length === 0 ? top : this.#sort([...top, ...orphans]);
	}

	#reach(top: readonly string[]): string[] {
		const all: string[] = [];
		const hasLoops = this.loops.size > 0;
		const hasDerived = this.#derived.size > 0;
		const todo = top.toReversed();
		while (todo.length > 0) {
			const uid = todo.pop()!;
			all.push(uid);
			const placed = this.placedUnder(uid);
			for (let nth = placed.length - 1; nth >= 0; nth--) if (!hasLoops || !this.loops.has(placed[nth])) todo.push(placed[nth]);
			const derived = hasDerived ? this.#derived.get(uid) : undefined;
			if (derived) for (let nth = derived.length - 1; nth >= 0; nth--) if (!this.loops.has(derived[nth])) todo.push(derived[nth]);
		}
		return all;
	}

	#removeDerived(block: string): void {
		const parent = this.#parentOfDerived.get(block);
		if (parent === undefined) return;
		this.#parentOfDerived.delete(block);
		this.#derived.set(
			parent,
			this.#derived.get(parent)!.filter((uid) => uid !== block)
		);
	}

	/** By key, and by uid where two have the same. */
	#sort(list: string[]): string[] {
		if (list.length < 2) return list;
		const keys = new Map(list.map((uid) => [uid, `${this.#source.placeOf(uid)?.[1] ?? ''} ${uid}`]));
		return list.sort((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1));
	}
}

function findOwner(uid: string, before: (part: string) => string | null, owners: Map<string, string>): void {
	const path: string[] = [];
	let at: string = uid;
	let owner = owners.get(at);
	while (owner === undefined) {
		path.push(at);
		const next = before(at);
		if (next === null) owner = at;
		else {
			at = next;
			owner = owners.get(at);
		}
	}
	for (const part of path) owners.set(part, owner);
}

/** Blocks whose parts differ between two times. A block that is not named is one part, itself. */
function changedPieces(old: ReadonlyMap<string, readonly string[]>, now: ReadonlyMap<string, readonly string[]>): Set<string> {
	const changed = new Set<string>();
	for (const [uid, pieces] of now) {
		const before = old.get(uid) ?? [uid];
		if (before.length !== pieces.length || before.some((part, nth) => part !== pieces[nth])) changed.add(uid);
	}
	for (const [uid, pieces] of old) if (!now.has(uid) && pieces.length > 1) changed.add(uid);
	return changed;
}

function gap(text: string, before: string | null): string {
	return `${text}/${before ?? ''}`;
}

function push<Key>(map: Map<Key, string[]>, key: Key, value: string): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
