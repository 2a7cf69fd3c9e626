/** A steady rate with a burst: holds at most `burst` tokens and gains `perSecond`. */
export class TokenBucket {
	readonly #perSecond: number;
	readonly #burst: number;
	#tokens: number;
	#at = Date.now();

	constructor(rate: { perSecond: number; burst: number }) {
		this.#perSecond = rate.perSecond;
		this.#burst = rate.burst;
		this.#tokens = rate.burst;
	}

	/** Takes tokens, going below zero if need be; returns the milliseconds until the balance is positive again. */
	take(tokens: number): number {
		this.#refill();
		this.#tokens -= tokens;
		return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000);
	}

	/** Takes tokens only when they are there. */
	tryTake(tokens: number): boolean {
		this.#refill();
		if (this.#tokens < tokens) return false;
		this.#tokens -= tokens;
		return true;
	}

	#refill(): void {
		const now = Date.now();
		this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
		this.#at = now;
	}
}
