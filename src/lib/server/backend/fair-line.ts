import { caller } from '../callers.ts';

/**
 * Who waits for the database. Callers take turns, each for its first call: who asks for thirty things at once waits for
 * oneself, and a newcomer for one call of everybody who is there already. Every other turn is for what is everybody's.
 */
export class FairLine {
	/** The caller whose turn it is comes first. */
	readonly #callers = new Map<string, (() => void)[]>();
	readonly #everybody: (() => void)[] = [];
	#isEverybodysTurn = true;

	/** Resolves when it is the turn of who calls now. */
	wait(): Promise<void> {
		return new Promise((goOn) => {
			const name = caller();
			if (name === null) return void this.#everybody.push(goOn);
			const calls = this.#callers.get(name);
			if (calls) calls.push(goOn);
			else this.#callers.set(name, [goOn]);
		});
	}

	/** Lets the next one go on; false when nobody waits. */
	letOneGoOn(): boolean {
		const takesEverybodys = this.#everybody.length > 0 && (this.#isEverybodysTurn || this.#callers.size === 0);
		const next = takesEverybodys ? this.#everybody.shift() : this.#nextCall();
		this.#isEverybodysTurn = !takesEverybodys;
		next?.();
		return next !== undefined;
	}

	#nextCall(): (() => void) | undefined {
		for (const [name, calls] of this.#callers) {
			const next = calls.shift();
			this.#callers.delete(name);
			if (calls.length > 0) this.#callers.set(name, calls);
			return next;
		}
	}
}
