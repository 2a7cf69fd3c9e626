import { FairLine } from './fair-line.ts';

/** Lets in only so many callers at once, the others by turns. A place goes from hand to hand: who comes later slips past nobody. */
export class Turnstile {
	readonly #line = new FairLine();
	#freePlaces: number;

	constructor(places = 1) {
		this.#freePlaces = places;
	}

	/** Resolves when it is the caller's turn, with the function that gives the turn back. */
	async enter(): Promise<() => void> {
		if (this.#freePlaces > 0) this.#freePlaces--;
		else await this.#line.wait();
		let hasLeft = false;
		return () => {
			if (hasLeft) return;
			hasLeft = true;
			if (!this.#line.letOneGoOn()) this.#freePlaces++;
		};
	}

	async run<T>(work: () => Promise<T>): Promise<T> {
		const leave = await this.enter();
		try {
			return await work();
		} finally {
			leave();
		}
	}
}
