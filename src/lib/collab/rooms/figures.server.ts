import { Counters } from '../../server/counters.ts';
import { Distribution, quantile } from './distribution.server.ts';
import { COUNTERS, DISTRIBUTIONS, type SyncCounter, type SyncDistribution, type SyncMetrics } from './report.server.ts';

/** "The last minutes" are this many steps of this length. */
const STEPS = 10;
const STEP_MS = 30_000;

/** How long questions for acknowledgement waited lately, in seconds; null when none was asked. */
export interface Waits {
	p50: number | null;
	p99: number | null;
	answered: number;
	/** The time these figures cover, in seconds. */
	seconds: number;
}

/** What one engine counts and measures. */
export class Figures extends Counters<SyncCounter> implements SyncMetrics {
	readonly #distributions = new Map<SyncDistribution, Distribution>();
	/** Acknowledgements at the beginning of each step, the oldest first. */
	readonly #earlier: { at: number; counts: number[] }[] = [];

	constructor(now = Date.now()) {
		super(COUNTERS);
		for (const [name, { bounds }] of Object.entries(DISTRIBUTIONS)) {
			this.#distributions.set(name as SyncDistribution, new Distribution(bounds));
		}
		this.tick(now);
	}

	observe(name: SyncDistribution, value: number): void {
		this.#distributions.get(name)!.record(value);
	}

	distribution(name: SyncDistribution): Distribution {
		return this.#distributions.get(name)!;
	}

	/** Called from the engine's clock: moves the beginning of "lately". */
	tick(now: number): void {
		const last = this.#earlier.at(-1);
		if (last && now - last.at < STEP_MS) return;
		this.#earlier.push({ at: now, counts: [...this.distribution('acknowledgement_seconds').counts] });
		if (this.#earlier.length > STEPS + 1) this.#earlier.shift();
	}

	/** How long acknowledgements took in the last five minutes. */
	recentWaits(now: number): Waits {
		const { bounds, counts } = this.distribution('acknowledgement_seconds');
		const [since] = this.#earlier;
		const recent = counts.map((count, range) => count - since.counts[range]);
		return {
			p50: quantile(bounds, recent, 0.5),
			p99: quantile(bounds, recent, 0.99),
			answered: recent.reduce((sum, count) => sum + count, 0),
			seconds: (now - since.at) / 1000
		};
	}
}
