import { roomsSource } from './lib/collab/live-rooms/rooms-source.server.ts';
import { type Live, startLive } from './lib/live/live.server.ts';
import { COUNTERS, type LiveCounter } from './lib/live/report.server.ts';
import type { App } from './lib/server/app.ts';
import type { Metrics } from './lib/server/metrics.ts';
import type { SocketParts } from './socket-server.ts';

/** Joins `/live` with the database, and with what only this process knows. */
export async function openLive(
	{ sql, log, metrics, sync }: Pick<App, 'sql' | 'log' | 'metrics' | 'sync'>,
	sockets: SocketParts
): Promise<Live> {
	const { authenticate, allowedOrigins, sessions } = sockets;
	const sources = { rooms: roomsSource({ sql, engine: sync, log }) };
	const live = await startLive({ sql, log, authenticate, allowedOrigins, sessions, sources });
	exposeLive(metrics, live);
	return live;
}

/** Shows the figures of live sockets at `/metrics`; docs/operations.md says what is normal. */
export function exposeLive(metrics: Metrics, live: Pick<Live, 'stats' | 'counters'>): void {
	metrics.gauge('plenum_live_connections', 'Open live sockets, one per tab', () => live.stats().connections);
	metrics.gauge('plenum_live_topics', 'Topics that somebody listens to', () => live.stats().topics);
	metrics.counters('plenum_live', COUNTERS, (name: LiveCounter) => live.counters.counts(name));
}
