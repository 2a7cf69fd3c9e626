/** Looking again is spread over this time, so that everybody who heard the same does not ask at the same moment (ms). */
const SPREAD_MS = 300;

/** Looks again soon after it was told to: once for all that was heard meanwhile, never twice at a time (PG3). */
export class Refetch {
	readonly #look: () => Promise<unknown>;
	readonly #spreadMs: number;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isLooking = false;
	#again = false;
	#isStopped = false;

	constructor(look: () => Promise<unknown>, spreadMs = SPREAD_MS) {
		this.#look = look;
		this.#spreadMs = spreadMs;
	}

	soon(): void {
		this.#again = true;
		if (this.#timer || this.#isLooking || this.#isStopped) return;
		this.#timer = setTimeout(() => void this.#run(), Math.random() * this.#spreadMs);
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	async #run(): Promise<void> {
		this.#timer = undefined;
		this.#again = false;
		this.#isLooking = true;
		try {
			await this.#look();
		} catch {
			// The page shows what it had; the next message, or the next join, asks again.
		} finally {
			this.#isLooking = false;
			if (this.#again) this.soon();
		}
	}
}
