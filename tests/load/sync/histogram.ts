const BUCKET_MS = 0.1;
const LONGEST_MS = 20_000;

/** Counts durations in buckets of 0.1 ms, since millions of them a second can neither be kept nor sorted. */
export class Histogram {
	readonly #buckets = new Uint32Array(LONGEST_MS / BUCKET_MS + 1);
	#count = 0;

	get count(): number {
		return this.#count;
	}

	/** Adds one duration in milliseconds; anything over 20 s counts as 20 s. */
	add(ms: number): void {
		const bucket = ms <= 0 ? 0 : ms >= LONGEST_MS ? LONGEST_MS / BUCKET_MS : Math.floor(ms / BUCKET_MS);
		this.#buckets[bucket]++;
		this.#count++;
	}

	/** The duration in milliseconds that the share `p` (0–1) does not exceed, to 0.1 ms; NaN without any. */
	percentile(p: number): number {
		if (this.#count === 0) return NaN;
		const rank = Math.max(1, Math.ceil(this.#count * p));
		let seen = 0;
		for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
			seen += this.#buckets[bucket];
			if (seen >= rank) return (bucket + 1) * BUCKET_MS;
		}
		return LONGEST_MS;
	}
}

/** The middle value; the mean of the two middle ones when their number is even; NaN without any. */
export function median(values: number[]): number {
	const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
	if (sorted.length === 0) return NaN;
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
