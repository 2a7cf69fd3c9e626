import type { Limits } from '../protocol.ts';
import type { CheckedUpdate } from './check-update.server.ts';
import type { Connection } from './connection.server.ts';
import { Pace } from '../../server/sockets/pace.ts';

/** An update that waits for the next round. */
export interface Arrival {
	bytes: Uint8Array;
	update: CheckedUpdate;
	/** Null when another node has already committed it. */
	from: Connection | null;
	/** Its number in the room's `Durability`; 0 when it came from another node. */
	number: number;
}

/**
 * When what arrives in a room is applied and sent on: all of it together, in rounds (MS3). A round costs a write for
 * each reader, whatever it holds, so the rounds of a busy room keep a distance that grows with its readers.
 */
export class Rounds {
	readonly #limits: Limits;
	readonly #pace: Pace;
	#arrivals: Arrival[] = [];

	constructor(limits: Limits, run: () => void) {
		this.#limits = limits;
		this.#pace = new Pace(run);
	}

	/** Nothing waits. */
	get isEmpty(): boolean {
		return this.#arrivals.length === 0;
	}

	/** What of it no node has stored yet. */
	get unstored(): { rows: number; bytes: number } {
		const own = this.#arrivals.filter(({ from }) => from !== null);
		return { rows: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) };
	}

	/** Takes an update for the next round of a room with so many readers. */
	add(arrival: Arrival, readers: number): void {
		this.#arrivals.push(arrival);
		this.#pace.start(readers * this.#limits.roundPerReaderMs);
	}

	/** All that waits, in the order it came; nothing waits afterwards. */
	takeAll(): Arrival[] {
		const arrivals = this.#arrivals;
		this.#arrivals = [];
		return arrivals;
	}

	/** No round comes of itself any more. */
	stop(): void {
		this.#pace.stop();
	}
}
