import type { Histogram } from './histogram.ts';
import type { Range } from './typed-edits.ts';

/** The Yjs client id of a room's member; as long in bytes as the random ids of browsers mostly are. */
export const FIRST_CLIENT_ID = 3_000_000_000;

/**
 * Counts, in one room, which edit reached whom: one delivery is one edit at one member who did not make it. Servers may
 * merge edits into fewer frames, split them, repeat them or echo them to their author; each delivery counts once.
 */
export class Deliveries {
	readonly #members: number;
	readonly #capacity: number;
	/** By number of the edit in the order of sending. */
	readonly #writerOf: Uint16Array;
	readonly #sentAt: Float64Array;
	/** By member and clock: number of the edit. */
	readonly #numberOf: number[][];
	/** One byte per member and edit, set when the member has it. */
	readonly #has: Uint8Array;
	#sent = 0;
	#received = 0;
	#repeated = 0;
	#foreign = 0;
	#window: { from: number; to: number; latency: Histogram } | null = null;

	/** `capacity` is the number of edits that all members together will make. */
	constructor(members: number, capacity: number) {
		this.#members = members;
		this.#capacity = capacity;
		this.#writerOf = new Uint16Array(capacity);
		this.#sentAt = new Float64Array(capacity);
		this.#numberOf = Array.from({ length: members }, () => []);
		this.#has = new Uint8Array(members * capacity);
	}

	get sent(): number {
		return this.#sent;
	}

	/** Deliveries that must happen for everybody to have everything. */
	get expected(): number {
		return this.#sent * (this.#members - 1);
	}

	get received(): number {
		return this.#received;
	}

	/** Deliveries of edits that the member already had, its own excepted. */
	get repeated(): number {
		return this.#repeated;
	}

	/** Edits that nobody here sent: a sign that rooms leak into each other. */
	get foreign(): number {
		return this.#foreign;
	}

	/** Notes an edit of a member; returns its Yjs clock. Throws when there are more than planned. */
	send(writer: number, now: number): number {
		if (this.#sent === this.#capacity) throw new Error('more edits than the room was made for');
		const number = this.#sent++;
		this.#writerOf[number] = writer;
		this.#sentAt[number] = now;
		return this.#numberOf[writer].push(number) - 1;
	}

	/** Latencies of edits sent from now until `endWindow` go to this histogram, also when they arrive later. */
	beginWindow(latency: Histogram): void {
		this.#window = { from: this.#sent, to: Infinity, latency };
	}

	endWindow(): void {
		if (this.#window) this.#window.to = this.#sent;
	}

	/** The numbers of the edits in these ranges, to be used for every member that gets the same bytes. */
	numbersOf(ranges: Range[]): Int32Array {
		const numbers: number[] = [];
		for (const { clientId, from, to } of ranges) {
			const known = this.#numberOf[clientId - FIRST_CLIENT_ID] ?? [];
			for (let clock = from; clock < to; clock++) {
				if (clock < known.length) numbers.push(known[clock]);
				else this.#foreign++;
			}
		}
		return Int32Array.from(numbers).sort();
	}

	/** A member has got these edits. */
	receive(member: number, numbers: Int32Array, now: number): void {
		const base = member * this.#capacity;
		const window = this.#window;
		for (const number of numbers) {
			if (this.#writerOf[number] === member) continue;
			if (this.#has[base + number] === 1) {
				this.#repeated++;
				continue;
			}
			this.#has[base + number] = 1;
			this.#received++;
			if (window && number >= window.from && number < window.to) window.latency.add(now - this.#sentAt[number]);
		}
	}
}
