/** How often which value came, counted in ranges: a histogram of plain numbers. */
export class Distribution {
	/** Upper ends of the ranges, rising; the last range has none. */
	readonly bounds: readonly number[];
	/** Values per range, one range more than there are bounds. */
	readonly counts: number[];
	sum = 0;

	constructor(bounds: readonly number[]) {
		this.bounds = bounds;
		this.counts = new Array<number>(bounds.length + 1).fill(0);
	}

	record(value: number): void {
		const { bounds } = this;
		let range = 0;
		while (range < bounds.length && value > bounds[range]) range++;
		this.counts[range]++;
		this.sum += value;
	}
}

/**
 * The value below which a share of all values lies, 0.5 for the median, read off the ranges; null when there are none.
 * What lies beyond the last bound counts as that bound.
 */
export function quantile(bounds: readonly number[], counts: readonly number[], share: number): number | null {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0) return null;
	let left = share * total;
	for (let range = 0; range < bounds.length; range++) {
		const from = range === 0 ? 0 : bounds[range - 1];
		if (left <= counts[range]) return from + (bounds[range] - from) * (left / counts[range]);
		left -= counts[range];
	}
	return bounds[bounds.length - 1];
}
