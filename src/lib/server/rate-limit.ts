/** Counts attempts per key in a sliding window of this process; forgets keys as they age. */
export class RateLimit {
	#attempts = new Map<string, number[]>();
	#most: number;
	#windowMs: number;
	#countedAs: (key: string) => string;

	/** At most `most` attempts within `windowMs` milliseconds by all keys that `countedAs` makes the same. */
	constructor(most: number, windowMs: number, countedAs: (key: string) => string = (key) => key) {
		this.#most = most;
		this.#windowMs = windowMs;
		this.#countedAs = countedAs;
	}

	/** Notes an attempt. Answers 0 when it is allowed, else the seconds to wait. */
	attempt(counted: string, now = Date.now()): number {
		const key = this.#countedAs(counted);
		this.#sweep(now);
		const recent = (this.#attempts.get(key) ?? []).filter((at) => now - at < this.#windowMs);
		if (recent.length >= this.#most) {
			this.#attempts.set(key, recent);
			return Math.max(1, Math.ceil((recent[0] + this.#windowMs - now) / 1000));
		}
		this.#attempts.set(key, [...recent, now]);
		return 0;
	}

	/** Takes the latest attempt back: it succeeded and should not count. */
	forgive(counted: string): void {
		const key = this.#countedAs(counted);
		const recent = this.#attempts.get(key);
		if (recent && recent.length > 1) recent.pop();
		else this.#attempts.delete(key);
	}

	/** Forgets a key, after a success. */
	clear(key: string): void {
		this.#attempts.delete(this.#countedAs(key));
	}

	#sweep(now: number): void {
		if (this.#attempts.size < 10_000) return;
		for (const [key, times] of this.#attempts) if (now - times[times.length - 1] >= this.#windowMs) this.#attempts.delete(key);
	}
}
