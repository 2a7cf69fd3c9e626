/** Where the engine writes what an operator must be able to follow; pino's logger fits. */
export interface SyncLog {
	debug(fields: object, message: string): void;
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}

/** Counters and timings the engine reports; the process entry maps them to its own metrics. */
export interface SyncMetrics {
	/** Adds to a counter. `reason` splits it, e.g. why frames were dropped. */
	count(name: SyncCounter, by?: number, reason?: string): void;
	/** Records one measurement, in seconds. */
	observe(name: SyncTiming, seconds: number): void;
}

export type SyncCounter =
	| 'connections_opened'
	| 'connections_refused'
	| 'connections_closed'
	| 'updates_received'
	| 'updates_rejected'
	| 'frames_dropped'
	| 'commit_failures'
	| 'rooms_loaded'
	| 'rooms_unloaded'
	/** Split by outcome: done, in part, overtaken, unmergeable, failed. */
	| 'compactions'
	| 'compacted_rows';
export type SyncTiming = 'acknowledge' | 'load' | 'compaction';

/** Reports nothing: the default, and for tests. */
export const noMetrics: SyncMetrics = { count: () => {}, observe: () => {} };

/**
 * Moments on the way of an edit, and of a compaction, at which a crash must lose nothing that was acknowledged. The
 * engine passes them in this order; only tests listen, and kill the process there (LG9).
 */
export type FaultPoint =
	| 'received'
	| 'broadcast'
	| 'committed'
	| 'before acknowledging'
	| 'compaction read'
	| 'compaction merged'
	| 'compaction committed';
