import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** Live state of the sync engine, read when somebody asks for the metrics. */
interface SyncStats {
	connections: number;
	rooms: number;
	uncommittedRows: number;
	uncommittedBytes: number;
}

/** The Prometheus figures of this process, served at `/metrics`. */
export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: 'plenum_' });
	const registers = [registry];
	return {
		registry,
		requests: new Counter({ name: 'plenum_http_requests_total', help: 'Page and API requests by status class', labelNames: ['status'], registers }),
		requestSeconds: new Histogram({ name: 'plenum_http_request_seconds', help: 'Time to answer a request', buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10], registers }),
		syncEvents: new Counter({ name: 'plenum_sync_events_total', help: 'Events of the sync engine by kind and reason', labelNames: ['event', 'reason'], registers }),
		syncSeconds: new Histogram({ name: 'plenum_sync_seconds', help: 'Edit received to committed, and document load, in seconds', labelNames: ['what'], buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5], registers }),
		/** Adds gauges that read the engine's state at each scrape. */
		watchSync(stats: () => SyncStats) {
			const gauge = (name: keyof SyncStats, help: string) =>
				new Gauge({ name: `plenum_sync_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, help, registers, collect() { this.set(stats()[name]); } });
			gauge('connections', 'Open sync connections');
			gauge('rooms', 'Documents held in memory');
			gauge('uncommittedRows', 'Updates received and not yet committed');
			gauge('uncommittedBytes', 'Bytes received and not yet committed');
		}
	};
}
