import { encodeAck } from '../protocol.ts';
import type { Connection } from './connection.server.ts';

/**
 * How far a room's log has come. Every update gets a number when it is taken; the log stores those that bring something,
 * in order, so "everything up to n is durable" is one number (AK1, AK3).
 */
export class Durability {
	#taken = 0;
	/** Numbers handed to the log and not durable yet. */
	readonly #stored: number[] = [];
	/** Everything up to here was handed to the log, or brought nothing that had to be. */
	#settled = 0;
	readonly #acks: { connection: Connection; counter: number; covers: number; askedAt: number }[] = [];
	readonly #waiters: { covers: number; resolve: () => void; reject: (error: Error) => void }[] = [];

	/** Everything taken so far is durable. */
	get isComplete(): boolean {
		return this.#durable === this.#taken;
	}

	/** An update was received; returns its number. */
	take(): number {
		return ++this.#taken;
	}

	/** The update with this number, and so every earlier one, was handed to the log, or needed no row of its own. */
	settle(number: number, inLog: boolean): void {
		this.#settled = number;
		if (inLog) this.#stored.push(number);
	}

	/** Rows became durable, oldest first. */
	committed(rows: number): void {
		this.#stored.splice(0, rows);
	}

	/** Sends what may be answered now; calls `answered` with the seconds that each question waited. */
	answer(answered: (seconds: number) => void): void {
		const durable = this.#durable;
		let ready = 0;
		while (ready < this.#acks.length && this.#acks[ready].covers <= durable) ready++;
		for (const { connection, counter, askedAt } of this.#acks.splice(0, ready)) {
			connection.send(encodeAck(counter));
			answered((Date.now() - askedAt) / 1000);
		}
		while (this.#waiters.length > 0 && this.#waiters[0].covers <= durable) this.#waiters.shift()!.resolve();
	}

	/** Notes a question that is answered when everything taken before it is durable; true when it is answered at once. */
	ask(connection: Connection, counter: number): boolean {
		if (this.isComplete) {
			connection.send(encodeAck(counter));
			return true;
		}
		this.#acks.push({ connection, counter, covers: this.#taken, askedAt: Date.now() });
		return false;
	}

	/** How many questions of this connection wait for an answer. */
	unanswered(connection: Connection): number {
		return this.#acks.filter((question) => question.connection === connection).length;
	}

	/** Resolves when everything taken so far is durable; rejects when `giveUp` is called before. */
	complete(): Promise<void> {
		if (this.isComplete) return Promise.resolve();
		return new Promise((resolve, reject) => this.#waiters.push({ covers: this.#taken, resolve, reject }));
	}

	giveUp(error: Error): void {
		for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
	}

	get #durable(): number {
		return this.#stored.length > 0 ? this.#stored[0] - 1 : this.#settled;
	}
}
