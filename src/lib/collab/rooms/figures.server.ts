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

/** What one engine counts: plain numbers, raised in passing and read when somebody asks. */
export class Figures implements SyncMetrics {
	readonly #counts = new Map<SyncCounter, Map<string, number>>();
	readonly #distributions = new Map<SyncDistribution, Distribution>();
	/** Acknowledgements at the beginning of each step, the oldest first. */
	readonly #earlier: { at: number; counts: number[] }[] = [];

	constructor(now = Date.now()) {
		for (const [name, { values }] of Object.entries(COUNTERS)) {
			this.#counts.set(name as SyncCounter, new Map(values.map((value) => [value, 0])));
		}
		for (const [name, { bounds }] of Object.entries(DISTRIBUTIONS)) {
			this.#distributions.set(name as SyncDistribution, new Distribution(bounds));
		}
		this.tick(now);
	}

	/** Adds to a counter. A value that is not among those described counts as the last of them, "other". */
	count(name: SyncCounter, by = 1, value = ''): void {
		const counts = this.#counts.get(name)!;
		const key = counts.has(value) ? value : 'other';
		counts.set(key, counts.get(key)! + by);
	}

	observe(name: SyncDistribution, value: number): void {
		this.#distributions.get(name)!.record(value);
	}

	/** A counter's numbers by the value of its label; the one without a label has the value ''. */
	counts(name: SyncCounter): ReadonlyMap<string, number> {
		return this.#counts.get(name)!;
	}

	/** A counter's number, whatever the value of its label. */
	total(name: SyncCounter): number {
		return [...this.counts(name).values()].reduce((sum, count) => sum + count, 0);
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
