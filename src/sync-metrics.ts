import type { SyncEngine } from './lib/collab/engine.server.ts';
import { Distribution } from './lib/collab/rooms/distribution.server.ts';
import { COUNTERS, DISTRIBUTIONS, type SyncCounter, type SyncDistribution } from './lib/collab/rooms/report.server.ts';
import type { Traffic } from './lib/server/sockets/traffic.ts';
import type { Metrics } from './lib/server/metrics.ts';

const LOG_ROWS_BOUNDS = [0, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Shows an engine's figures at `/metrics`; docs/operations.md says what is normal. */
export function exposeSync(metrics: Metrics, engine: SyncEngine): void {
	exposeState(metrics, engine);
	exposeTraffic(metrics, () => engine.stats().traffic);
	metrics.counters('plenum_sync', COUNTERS, (name: SyncCounter) => engine.figures.counts(name));
	for (const [name, { help }] of Object.entries(DISTRIBUTIONS)) {
		metrics.histogram(`plenum_sync_${name}`, help, () => engine.figures.distribution(name as SyncDistribution));
	}
}

function exposeState(metrics: Metrics, engine: SyncEngine): void {
	const gauge = (name: string, help: string, value: (stats: ReturnType<SyncEngine['stats']>) => number) =>
		metrics.gauge(`plenum_sync_${name}`, help, () => value(engine.stats()));
	gauge('connections', 'Open connections', (stats) => stats.connections);
	gauge('people', 'Different people with an open connection', (stats) => stats.people);
	gauge('rooms', 'Documents held in memory', (stats) => stats.rooms);
	gauge(
		'rooms_with_document',
		'Documents held in memory as a Yjs document, because somebody changed them a short while ago',
		(stats) => stats.roomsWithDocument
	);
	gauge(
		'rooms_read_only_now',
		'Documents that take no edits now because the database does not store those they have taken',
		(stats) => stats.readOnlyRooms
	);
	gauge('uncommitted_rows', 'Updates taken and not yet committed', (stats) => stats.uncommittedRows);
	gauge('uncommitted_bytes', 'Bytes of updates taken and not yet committed', (stats) => stats.uncommittedBytes);
	gauge(
		'uncommitted_oldest_seconds',
		'Age of the oldest update that is not committed; 0 when all are',
		(stats) => stats.oldestUncommittedMs / 1000
	);
	gauge('storing', '1 while the database stores what it is given, 0 since a commit failed', (stats) => Number(stats.isStoring));
	if (engine.stats().isBusUp !== null) {
		gauge('bus_up', '1 while Redis carries messages between the nodes', (stats) => Number(stats.isBusUp));
	}
	metrics.histogram(
		'plenum_sync_log_rows',
		'Documents held in memory by the rows of their log since the last compaction, now',
		() => {
			const rooms = new Distribution(LOG_ROWS_BOUNDS);
			for (const rows of engine.stats().logRows) rooms.record(rows);
			return rooms;
		}
	);
}

function exposeTraffic(metrics: Metrics, traffic: () => Traffic): void {
	const counter = (name: string, help: string, key: 'framesIn' | 'bytesIn' | 'framesOut' | 'bytesOut') =>
		metrics.counter(`plenum_sync_${name}_total`, help, () => [{ value: traffic()[key] }]);
	counter('frames_received', 'Frames received', 'framesIn');
	counter('received_bytes', 'Bytes of the frames received', 'bytesIn');
	counter('frames_sent', 'Frames handed to sockets', 'framesOut');
	counter('sent_bytes', 'Bytes handed to sockets', 'bytesOut');
}
