import { Counter, Histogram, Registry, collectDefaultMetrics, type Metric } from 'prom-client';
import { inTime } from '../base/in-time.ts';
import type { CounterDescription } from './counters.ts';

/** For so long a scrape waits for a number that is asked of somebody else. */
const MOST_MS = 1000;

export type Metrics = ReturnType<typeof createMetrics>;

/** One number of a figure, with the value of its label if it has one. */
export interface Sample {
	labels?: Record<string, string>;
	value: number;
}

/** How many of something lie in which range; `counts` has one range more than there are `bounds`. */
export interface Ranges {
	bounds: readonly number[];
	counts: readonly number[];
	sum: number;
}

/** The Prometheus figures of this process, served at `/metrics`. */
export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: 'plenum_' });
	const registers = [registry];
	// Whoever counts keeps plain numbers of their own, which cost nothing in passing; they are read at each scrape.
	const read = (type: string, name: string, help: string, values: () => object[] | Promise<object[]>) =>
		registry.registerMetric({
			name,
			type,
			help,
			get: async () => ({ name, type, help, values: await values() })
		} as unknown as Metric);
	return {
		registry,
		requests: new Counter({
			name: 'plenum_http_requests_total',
			help: 'Page and API requests by status class',
			labelNames: ['status'],
			registers
		}),
		requestSeconds: new Histogram({
			name: 'plenum_http_request_seconds',
			help: 'Time to answer a request',
			buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
			registers
		}),
		/** A number that goes up and down. */
		gauge: (name: string, help: string, value: () => number) => read('gauge', name, help, () => [{ labels: {}, value: value() }]),
		/** The same of a number that the database has; it is left out of a scrape that would have to wait for it. */
		askedGauge: (name: string, help: string, value: () => Promise<number>) =>
			read('gauge', name, help, () =>
				inTime(value(), MOST_MS, 'too late for this scrape').then(
					(asked) => [{ labels: {}, value: asked }],
					() => []
				)
			),
		/** Numbers that only rise. */
		counter: (name: string, help: string, samples: () => Sample[]) =>
			read('counter', name, help, () => samples().map(({ labels = {}, value }) => ({ labels, value }))),
		/** Counters of a part of the process, `{prefix}_{name}_total` each. */
		counters: <Name extends string>(
			prefix: string,
			descriptions: Record<Name, CounterDescription>,
			counts: (name: Name) => ReadonlyMap<string, number>
		) => {
			for (const [name, { help, label }] of Object.entries<CounterDescription>(descriptions)) {
				read('counter', `${prefix}_${name}_total`, help, () =>
					[...counts(name as Name)].map(([value, count]) => ({
						labels: label ? { [label]: value.replaceAll(' ', '_') } : {},
						value: count
					}))
				);
			}
		},
		histogram: (name: string, help: string, ranges: () => Ranges) =>
			read('histogram', name, help, () => histogramLines(name, ranges()))
	};
}

function histogramLines(name: string, { bounds, counts, sum }: Ranges): object[] {
	let upTo = 0;
	const buckets = counts.map((count, range) => {
		upTo += count;
		return { metricName: `${name}_bucket`, labels: { le: range < bounds.length ? bounds[range] : '+Inf' }, value: upTo };
	});
	return [
		...buckets,
		{ metricName: `${name}_sum`, labels: {}, value: sum },
		{ metricName: `${name}_count`, labels: {}, value: upTo }
	];
}
