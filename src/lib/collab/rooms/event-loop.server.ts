import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The monitor wakes this often, and reports the time from one waking to the next. */
const RESOLUTION_MS = 20;
/** What is reported is at least this long, and at most twice as long, in the past. */
const WINDOW_MS = 60_000;

/** How long work of this process had to wait for its turn lately, in milliseconds. */
export interface EventLoopDelay {
	p50: number;
	p99: number;
	max: number;
}

/** Watches the event loop: what delays it delays everybody. */
export class EventLoopWatch {
	readonly #histogram: ReturnType<typeof monitorEventLoopDelay>;
	#before: EventLoopDelay = { p50: 0, p99: 0, max: 0 };
	#since: number;

	constructor(now = Date.now()) {
		this.#since = now;
		this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
		this.#histogram.enable();
	}

	/** Called from the engine's clock. */
	tick(now: number): void {
		if (now - this.#since < WINDOW_MS) return;
		this.#since = now;
		this.#before = this.#read();
		this.#histogram.reset();
	}

	/** The last one to two minutes: the worse of the finished minute and the present one. */
	recent(): EventLoopDelay {
		const present = this.#read();
		const worse = (key: keyof EventLoopDelay) => Math.max(present[key], this.#before[key]);
		return { p50: worse('p50'), p99: worse('p99'), max: worse('max') };
	}

	stop(): void {
		this.#histogram.disable();
	}

	#read(): EventLoopDelay {
		const late = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e5) / 10 - RESOLUTION_MS);
		if (this.#histogram.count === 0) return { p50: 0, p99: 0, max: 0 };
		return {
			p50: late(this.#histogram.percentile(50)),
			p99: late(this.#histogram.percentile(99)),
			max: late(this.#histogram.max)
		};
	}
}
