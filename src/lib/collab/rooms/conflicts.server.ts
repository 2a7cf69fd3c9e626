import * as Y from 'yjs';
import type { Limits } from '../protocol.ts';
import { TokenBucket } from '../../server/sockets/token-bucket.ts';

/** One walk from an item to the neighbour it names is not followed any further. */
const WALK_MAX = 20_000;
/** What an item may cost whose neighbours have not come yet. */
const UNKNOWN = 100;
/** Each client id in a text makes every change to it slower, for ever, by about as much as so many steps. */
const NEW_CLIENT = 200;

/** A part of an update: an item, or what is left of one. */
export type Struct = Y.Item | Y.GC | { id: Y.ID; length: number };

/** What each person's updates may cost in one room, over whichever sockets they come (RL3). */
export class ConflictRates {
	readonly #limits: Limits;
	readonly #rates = new Map<string, TokenBucket>();
	/** Where what waits for a predecessor goes; null while nothing waits. */
	#waiting: Places | null = null;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	/**
	 * Charges an update that is about to be applied. Answers how many ms not to read that person, null to refuse it (HI6).
	 * None is charged with more than would be refused: whoever hands over a long text waits some seconds, not minutes.
	 */
	charge(personId: string, doc: Y.Doc, structs: readonly Struct[]): number | null {
		// What waits is integrated all at once, with the predecessor: until then each adds to what the next one costs.
		this.#waiting = doc.store.pendingStructs ? (this.#waiting ?? new Places()) : null;
		const { between, aside, newClients } = conflictSteps(doc, structs, this.#waiting);
		const { conflictSteps: most, newClientsPerUpdate } = this.#limits;
		if (between > most || newClients > newClientsPerUpdate) return null;
		const steps = Math.min(most, between + aside);
		if (steps === 0) return 0;
		let rate = this.#rates.get(personId);
		if (!rate) this.#rates.set(personId, (rate = new TokenBucket(this.#limits.conflictRate)));
		return rate.take(steps);
	}
}

/** What an update may cost. */
export interface Steps {
	/** Walked between neighbours: grows with the square of what contests a place, so little can cost much. */
	between: number;
	/** As many per new client and per item whose neighbours are not known: a text of many years, handed over at once, has many. */
	aside: number;
	newClients: number;
}

/** Where items go that are not in the document yet. */
export class Places {
	/** What each stands to the right of, by its own id. */
	readonly leftOf = new Map<string, string>();
	/** How often a gap between two neighbours was filled. */
	readonly filled = new Map<string, number>();
	/** Items that have one of these to their right, and how many. */
	readonly followed = new Map<string, number>();
}

/**
 * How many steps Yjs may take, about, to find the places of an update's items. An item names the neighbours its author
 * saw. Where nobody else wrote meanwhile they are neighbours still, and its place is found at once; where they are not,
 * Yjs looks at everything between them (YATA, Nicolaescu et al. 2016). Honest work has a few such items. A client made
 * for it can send thousands at one place, each of which looks at all before it: 26 KB kept Yjs busy for seconds.
 * While earlier updates wait for a predecessor, `waiting` holds their places, and those of this one are added.
 */
export function conflictSteps(doc: Y.Doc, structs: readonly Struct[], waiting: Places | null = null): Steps {
	return new Estimate(doc, structs, waiting).steps();
}

class Estimate {
	readonly #store: Y.Doc['store'];
	readonly #doc: Y.Doc;
	/** Those of the update that are new. */
	readonly #items: Y.Item[];
	/** Null when there is nothing but one item, as with nearly every key pressed. */
	readonly #places: Places | null;
	#aside = 0;

	constructor(doc: Y.Doc, structs: readonly Struct[], waiting: Places | null) {
		this.#doc = doc;
		this.#store = doc.store;
		this.#items = structs.filter((struct): struct is Y.Item => struct instanceof Y.Item && !this.#isKnown(struct.id));
		this.#places = waiting ?? (this.#items.length === 1 ? null : new Places());
	}

	steps(): Steps {
		const clients = new Set(this.#items.map(({ id }) => id.client));
		const newClients = [...clients].filter((client) => Y.getState(this.#store, client) === 0).length;
		const between = this.#betweenAll();
		return { between, aside: newClients * NEW_CLIENT + this.#aside, newClients };
	}

	#betweenAll(): number {
		const places = this.#places;
		if (!places) return this.#between(this.#items[0]) ?? this.#unknown();
		for (const item of this.#items) places.leftOf.set(keyOf(item.id), leftKey(item));
		return this.#items.reduce((steps, item) => steps + this.#stepsOf(item, places), 0);
	}

	#unknown(): number {
		this.#aside += UNKNOWN;
		return 0;
	}

	#stepsOf(item: Y.Item, places: Places): number {
		const left = leftKey(item);
		const gap = `${left}|${item.rightOrigin ? keyOf(item.rightOrigin) : ''}`;
		const filled = addOne(places.filled, gap);
		const followed = addOne(places.followed, left);
		if (filled > 0) return filled;
		const { origin, rightOrigin: right, parent } = item;
		if (!origin && !right && parent instanceof Y.ID && !this.#isKnown(parent)) return followed;
		if (right && !this.#isKnown(right)) return this.#isBeside(right, origin, left, places) ? 0 : this.#unknown() + followed;
		if (origin && !this.#isKnown(origin)) return followed;
		return this.#between(item) ?? this.#unknown();
	}

	/** True when an item of the update was put directly to the right of another. */
	#isBeside(right: Y.ID, origin: Y.ID | null, left: string, places: Places): boolean {
		if (origin && right.client === origin.client && right.clock === origin.clock + 1) return true;
		return places.leftOf.get(keyOf(right)) === left;
	}

	/** Steps between the neighbours that an item names, both of the document; null when it is not known where they are. */
	#between({ origin, rightOrigin, parent, parentSub }: Y.Item): number | null {
		if ((origin && !this.#isKnown(origin)) || (rightOrigin && !this.#isKnown(rightOrigin))) return null;
		if (!origin && !rightOrigin) return this.#values(parent, parentSub);
		const right = rightOrigin ? Y.getItem(this.#store, rightOrigin) : null;
		const left = origin ? Y.getItem(this.#store, origin) : null;
		if (left instanceof Y.GC || right instanceof Y.GC) return 0; // nothing is put into what is gone
		const isInside = left !== null && origin!.clock < left.id.clock + left.length - 1;
		if (left && left === right) return Math.abs(rightOrigin!.clock - origin!.clock) - 1;
		// Neighbours in the wrong order are walked past, not refused: a hostile item may have led an honest page to them.
		let next = left ? left.right : firstIn(right!);
		let steps = isInside ? 1 : 0;
		for (; next && next !== right && steps < WALK_MAX; steps++) next = next.right;
		return steps;
	}

	/** What stands in a list, or has ever been the value of a key, that an item without neighbours is put into. */
	#values(parent: unknown, key: string | null): number | null {
		const type = this.#typeOf(parent);
		if (!type) return null;
		let steps = 0;
		if (key !== null) for (let item = type._map.get(key) ?? null; item && steps < WALK_MAX; steps++) item = item.left;
		else for (let item = type._start; item && steps < WALK_MAX; steps++) item = item.right;
		return steps;
	}

	#typeOf(parent: unknown): Y.AbstractType<unknown> | null {
		if (typeof parent === 'string') return (this.#doc.share.get(parent) as Y.AbstractType<unknown> | undefined) ?? null;
		if (!(parent instanceof Y.ID) || !this.#isKnown(parent)) return null;
		const { content } = Y.getItem(this.#store, parent);
		return content instanceof Y.ContentType ? (content.type as Y.AbstractType<unknown>) : null;
	}

	#isKnown({ client, clock }: Y.ID): boolean {
		return clock < Y.getState(this.#store, client);
	}
}

function firstIn(item: Y.Item): Y.Item {
	let first = item;
	for (let steps = 0; first.left && steps < WALK_MAX; steps++) first = first.left;
	return first;
}

/** Counts one more; returns how many there were before. */
function addOne(counts: Map<string, number>, key: string): number {
	const before = counts.get(key) ?? 0;
	counts.set(key, before + 1);
	return before;
}

function keyOf({ client, clock }: Y.ID): string {
	return `${client}:${clock}`;
}

/** What an item stands to the right of: another, or the beginning of a list or a key. */
function leftKey({ origin, rightOrigin, parent, parentSub }: Y.Item): string {
	if (origin) return keyOf(origin);
	const list =
		parent instanceof Y.ID
			? keyOf(parent)
			: typeof parent === 'string'
				? parent
				: rightOrigin
					? `beside ${keyOf(rightOrigin)}`
					: '';
	return `start of ${list} ${parentSub ?? ''}`;
}
