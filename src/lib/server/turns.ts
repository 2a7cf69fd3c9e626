import { Refusal } from './edge/refusal.ts';

/**
 * Long work of one person after the other, so that nobody takes the threads from everybody else: who asks for ten things
 * at once waits for oneself. What waits holds nothing yet; its request is not even read.
 */
export class Turns {
	readonly #mostWaiting: number;
	readonly #lines = new Map<string, { last: Promise<unknown>; length: number }>();

	constructor(mostWaiting: number) {
		this.#mostWaiting = mostWaiting;
	}

	/** Runs `work` when all that this person asked for before is over. @throws Refusal 429 when too much waits already */
	async run<T>(personId: string, work: () => Promise<T>): Promise<T> {
		const line = this.#lines.get(personId) ?? { last: Promise.resolve(), length: 0 };
		if (line.length > this.#mostWaiting) throw new Refusal(429);
		this.#lines.set(personId, line);
		line.length++;
		const mine = line.last.then(work);
		line.last = mine.catch(() => {});
		try {
			return await mine;
		} finally {
			if (--line.length === 0) this.#lines.delete(personId);
		}
	}
}
