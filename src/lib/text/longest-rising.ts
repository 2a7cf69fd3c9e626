/** The places of a longest run of rising numbers in a list: of things that changed order, as many as can be said to have stayed. */
export function longestRising(list: readonly number[]): number[] {
	/** The place of the smallest number that ends a run of each length. */
	const ends: number[] = [];
	const before: number[] = [];
	for (const [place, value] of list.entries()) {
		let low = 0;
		let high = ends.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (list[ends[middle]] < value) low = middle + 1;
			else high = middle;
		}
		before[place] = low > 0 ? ends[low - 1] : -1;
		ends[low] = place;
	}
	const run: number[] = [];
	for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place]) run.push(place);
	return run.reverse();
}
