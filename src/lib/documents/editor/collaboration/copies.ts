import * as Y from 'yjs';
import { ById } from './by-id.ts';
import { type Move, MOVES_MAX, movesOf } from './moves.ts';

/** Notes of a hostile client may lead anywhere; after so many looks nothing more is found. */
const LOOKS_MAX = 1_000_000;

/** A letter written anew, and the move that wrote it. */
export interface Copy {
	id: Y.ID;
	move: Move;
}

/** A run of letters: where it is listed, the ids that it has on the other side, and what is known of its move. */
interface Entry {
	clock: number;
	length: number;
	other: { client: number; clock: number };
	move: Move;
	size: number;
}

/**
 * Which letters are the same letter, by the notes of moves: a letter, what it was written anew as, what that was written
 * anew as, and so on. Two who move one letter at the same time make two branches.
 */
export class Copies {
	readonly #store: Y.Doc['store'];
	/** Runs by their ids as they were. */
	readonly #from = new Runs();
	/** Runs by their ids as they are now. */
	readonly #to = new Runs();
	#looks = 0;

	constructor(doc: Y.Doc) {
		this.#store = doc.store;
		for (const move of movesOf(doc)) {
			const size = move.runs.reduce((sum, [, , , length]) => sum + length, 0);
			for (const [client, clock, now, length] of move.runs) {
				this.#from.add(client, { clock, length, other: { client: move.client, clock: now }, move, size });
				this.#to.add(move.client, { clock: now, length, other: { client, clock }, move, size });
			}
		}
	}

	/** A letter as it was before, and before that; the last is as somebody typed it. Empty when it was never written anew. */
	originsOf(id: Y.ID): Y.ID[] {
		const origins: Y.ID[] = [];
		for (let at = id; origins.length < MOVES_MAX && this.#mayLook(); ) {
			const [entry] = this.#to.at(at.client, at.clock, at.clock + 1);
			if (!entry) break;
			origins.push((at = otherOf(entry, at.clock)));
		}
		return origins;
	}

	/** What a letter was written anew as, more than once when several did it without knowing of each other; the first stays. */
	copiesOf({ client, clock }: Y.ID): Copy[] {
		if (!this.#mayLook()) return [];
		const entries = this.#from.at(client, clock, clock + 1);
		this.#looks += entries.length;
		if (entries.length > 1) entries.sort(compareMoves);
		return entries.map((entry) => ({ id: otherOf(entry, clock), move: entry.move }));
	}

	/** A letter's copies and theirs, all that there are. */
	allBelow(id: Y.ID): Copy[] {
		const all = this.copiesOf(id);
		// Each move writes a letter anew once at most, unless its note is false.
		for (let nth = 0; nth < all.length && all.length < MOVES_MAX; nth++) all.push(...this.copiesOf(all[nth].id));
		return all;
	}

	/** Those of a copy and the copies below it that are in the text. */
	livingOf(copy: Copy): Copy[] {
		return [copy, ...this.allBelow(copy.id)].filter(({ id }) => this.isAlive(id));
	}

	/** A copy of a letter, or a copy of that, that is in the text. */
	livingBelow(id: Y.ID): Y.ID | undefined {
		return this.allBelow(id).find((copy) => this.isAlive(copy.id))?.id;
	}

	isAlive(id: Y.ID): boolean {
		if (id.clock >= Y.getState(this.#store, id.client)) return false;
		const item = Y.getItem(this.#store, id);
		return item instanceof Y.Item && !item.deleted;
	}

	/** The letters that several wrote anew, one of these moves or of those whose letters it moved on, and another. */
	contested(moves: Iterable<Move>): Y.ID[] {
		const lines = new Set(moves);
		const ids = new ById<Y.ID>();
		for (const move of lines) {
			for (const [client, clock, , length] of move.runs) {
				if (!this.#mayLook()) break;
				for (const entry of this.#to.at(client, clock, clock + length)) lines.add(entry.move);
				for (const entry of this.#from.at(client, clock, clock + length)) {
					const end = Math.min(clock + length, entry.clock + entry.length, Y.getState(this.#store, client));
					if (entry.move === move || !this.#mayLook()) continue;
					for (let at = Math.max(clock, entry.clock); at < end && this.#mayLook(); at++) ids.set({ client, clock: at }, Y.createID(client, at));
				}
			}
		}
		return ids.values();
	}

	#mayLook(): boolean {
		return this.#looks++ < LOOKS_MAX;
	}
}

/** Runs of letters that can be found by the ids of their letters. */
class Runs {
	readonly #clients = new Map<number, { entries: Entry[]; longest: number; isSorted: boolean }>();

	add(client: number, entry: Entry): void {
		let runs = this.#clients.get(client);
		if (!runs) this.#clients.set(client, (runs = { entries: [], longest: 0, isSorted: true }));
		runs.entries.push(entry);
		runs.longest = Math.max(runs.longest, entry.length);
		runs.isSorted = false;
	}

	/** Those that have letters of this client between two clocks. */
	at(client: number, from: number, to: number): Entry[] {
		const runs = this.#clients.get(client);
		if (!runs) return [];
		const { entries, longest } = runs;
		if (!runs.isSorted) entries.sort((one, other) => one.clock - other.clock);
		runs.isSorted = true;
		let low = 0;
		for (let high = entries.length; low < high; ) {
			const middle = (low + high) >> 1;
			if (entries[middle].clock <= from - longest) low = middle + 1;
			else high = middle;
		}
		const found: Entry[] = [];
		for (; low < entries.length && entries[low].clock < to; low++) {
			if (entries[low].clock + entries[low].length > from) found.push(entries[low]);
		}
		return found;
	}
}

function otherOf({ clock, other }: Entry, at: number): Y.ID {
	return Y.createID(other.client, other.clock + at - clock);
}

/** Who moved more goes first: of two who split a provision that is who did it further up. The same on every node. */
function compareMoves(one: Entry, other: Entry): number {
	return other.size - one.size || one.move.client - other.move.client || one.move.since - other.move.since;
}
