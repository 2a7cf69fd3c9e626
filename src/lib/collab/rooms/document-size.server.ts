/** Measuring means encoding the whole text, a third of a second for one of 20 MB. It takes at most this share of the time. */
const MEASURING_SHARE = 1 / 20;

/** How large a text is, encoded. Between two measurements this is the sum of all that came, which is never less. */
export class DocumentSize {
	#bytes: number;
	#isExact = false;
	#mayMeasureAt = 0;

	constructor(bytes: number) {
		this.#bytes = bytes;
	}

	get bytes(): number {
		return this.#bytes;
	}

	/** The text was changed by an update of so many bytes. */
	changed(bytes: number): void {
		this.#bytes += bytes;
		this.#isExact = false;
	}

	/** Somebody has found it out. */
	measured(bytes: number): void {
		this.#bytes = bytes;
		this.#isExact = true;
	}

	/** True when so many bytes more stay within the bound. Measures, if need be and time, before it says no. */
	fits(more: number, bound: number, measure: () => number): boolean {
		if (this.#bytes + more > bound && !this.#isExact && Date.now() >= this.#mayMeasureAt) {
			const began = performance.now();
			this.measured(measure());
			this.#mayMeasureAt = Date.now() + (performance.now() - began) / MEASURING_SHARE;
		}
		return this.#bytes + more <= bound;
	}
}
