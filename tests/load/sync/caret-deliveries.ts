import { FIRST_CLIENT_ID } from './deliveries.ts';
import type { Histogram } from './histogram.ts';

/** Counts whose caret is known to whom. Servers may leave out all but the newest position, so only that must arrive. */
export class CaretDeliveries {
	readonly #members: number;
	/** By member and clock: when it was sent. */
	readonly #sentAt: number[][];
	/** By reader and writer: the newest clock seen. */
	readonly #newest: Uint32Array;
	readonly #latency: Histogram;

	constructor(members: number, latency: Histogram) {
		this.#members = members;
		this.#latency = latency;
		this.#sentAt = Array.from({ length: members }, () => [0]);
		this.#newest = new Uint32Array(members * members);
	}

	/** Notes a move of a member's caret; returns its clock, from 1. */
	send(writer: number, now: number): number {
		return this.#sentAt[writer].push(now) - 1;
	}

	receive(reader: number, carets: { clientId: number; clock: number }[], now: number): void {
		for (const { clientId, clock } of carets) {
			const writer = clientId - FIRST_CLIENT_ID;
			if (writer === reader || !this.#sentAt[writer]) continue;
			const place = reader * this.#members + writer;
			if (clock <= this.#newest[place] || clock >= this.#sentAt[writer].length) continue;
			this.#newest[place] = clock;
			this.#latency.add(now - this.#sentAt[writer][clock]);
		}
	}

	/** Pairs of members of whom one does not know the other's last position. */
	get missing(): number {
		let missing = 0;
		for (let reader = 0; reader < this.#members; reader++) {
			for (let writer = 0; writer < this.#members; writer++) {
				const last = this.#sentAt[writer].length - 1;
				if (reader !== writer && this.#newest[reader * this.#members + writer] < last) missing++;
			}
		}
		return missing;
	}
}
