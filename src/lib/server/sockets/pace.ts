/**
 * Runs something soon after it was asked for, but not more often than a given pace: at the end of the present turn of
 * the event loop when it last ran long enough ago, so that whatever arrives in one turn is handled together.
 */
export class Pace {
	readonly #run: () => void;
	#ranAt = 0;
	#immediate: NodeJS.Immediate | null = null;
	#timer: NodeJS.Timeout | null = null;

	constructor(run: () => void) {
		this.#run = run;
	}

	/** Asks for a run, at least `everyMs` after the last; does nothing when one is coming already. */
	start(everyMs: number): void {
		if (this.#immediate || this.#timer) return;
		const wait = this.#ranAt + everyMs - performance.now();
		if (wait < 1) this.#immediate = setImmediate(this.#go);
		else this.#timer = setTimeout(this.#go, wait);
	}

	/** Drops a run that was asked for. */
	stop(): void {
		if (this.#immediate) clearImmediate(this.#immediate);
		if (this.#timer) clearTimeout(this.#timer);
		this.#immediate = this.#timer = null;
	}

	readonly #go = (): void => {
		this.#immediate = this.#timer = null;
		this.#ranAt = performance.now();
		this.#run();
	};
}
