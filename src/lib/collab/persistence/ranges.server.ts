/** Half-open ranges of clocks, start and end by turns, sorted and apart from each other. */
type Ranges = number[];

/** Ranges per Yjs client id. */
export type ClientRanges = Map<number, Ranges>;

/** Collects ranges in any order. */
export class RangeCollector {
	readonly #pairs = new Map<number, [start: number, end: number][]>();

	add(client: number, start: number, end: number): void {
		const pairs = this.#pairs.get(client);
		if (!pairs) this.#pairs.set(client, [[start, end]]);
		else if (pairs[pairs.length - 1][1] === start) pairs[pairs.length - 1][1] = end;
		else pairs.push([start, end]);
	}

	/** Everything collected, without overlaps. */
	ranges(): ClientRanges {
		return new Map([...this.#pairs].map(([client, pairs]) => [client, united(pairs)]));
	}
}

/** What of `ranges` is not in `others`; empty when all is. */
export function without(ranges: ClientRanges, others: ClientRanges): ClientRanges {
	const left: ClientRanges = new Map();
	for (const [client, ranged] of ranges) {
		const rest = subtract(ranged, others.get(client) ?? []);
		if (rest.length > 0) left.set(client, rest);
	}
	return left;
}

function united(pairs: [number, number][]): Ranges {
	pairs.sort((one, other) => one[0] - other[0]);
	const ranges: Ranges = [];
	for (const [start, end] of pairs) {
		const last = ranges.length - 1;
		if (last > 0 && start <= ranges[last]) ranges[last] = Math.max(ranges[last], end);
		else ranges.push(start, end);
	}
	return ranges;
}

function subtract(ranges: Ranges, others: Ranges): Ranges {
	const left: Ranges = [];
	let other = 0;
	for (let nth = 0; nth < ranges.length; nth += 2) {
		const end = ranges[nth + 1];
		let start = ranges[nth];
		while (other < others.length && others[other + 1] <= start) other += 2;
		for (let next = other; next < others.length && others[next] < end && start < end; next += 2) {
			if (others[next] > start) left.push(start, others[next]);
			start = Math.max(start, others[next + 1]);
		}
		if (start < end) left.push(start, end);
	}
	return left;
}
