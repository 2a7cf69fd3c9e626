import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The Prometheus figures of this process, served at `/metrics`. */
export function createMetrics() {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: 'plenum_' });
	const registers = [registry];
	return {
		registry,
		requests: new Counter({ name: 'plenum_http_requests_total', help: 'Page and API requests by status class', labelNames: ['status'], registers }),
		requestSeconds: new Histogram({ name: 'plenum_http_request_seconds', help: 'Time to answer a request', buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10], registers }),
		signIns: new Counter({ name: 'plenum_sign_ins_total', help: 'Sign-ins by outcome', labelNames: ['outcome'], registers }),
		connections: new Gauge({ name: 'plenum_sync_connections', help: 'Open sync connections', registers }),
		rooms: new Gauge({ name: 'plenum_sync_rooms', help: 'Documents held in memory', registers }),
		acknowledgementSeconds: new Histogram({ name: 'plenum_sync_acknowledgement_seconds', help: 'Edit received to committed', buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5], registers }),
		refusedFrames: new Counter({ name: 'plenum_sync_refused_frames_total', help: 'Frames refused by reason', labelNames: ['reason'], registers })
	};
}
