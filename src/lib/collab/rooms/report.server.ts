import { type CounterDescription, one, split } from '../../server/counters.ts';
import { socketCounters, type SocketLog } from '../../server/sockets/report.ts';
import { REJECTED_REASONS } from '../protocol.ts';

/** Where the engine writes what an operator must be able to follow. */
export type SyncLog = SocketLog;

/** Where the engine counts and measures. */
export interface SyncMetrics {
	/** Adds to a counter. `value` is that of its label, e.g. why frames were dropped. */
	count(name: SyncCounter, by?: number, value?: string): void;
	/** Records one measurement. */
	observe(name: SyncDistribution, value: number): void;
}

/** Everything the engine counts. `/metrics` shows each as `plenum_sync_{name}_total` (OP3). */
export const COUNTERS = {
	...socketCounters({
		refusals: ['no access', 'no such document', 'reload to update', 'document was replaced'],
		codes: ['4403', '4404', '4409', '4410'],
		faults: ['malformed update', 'unknown sync step', 'update too large']
	}),
	updates_received: one('Updates received'),
	updates_rejected: split(
		'Updates that were not taken: from somebody who may not write, of a text that may not grow, not of any page, or too early',
		'reason',
		[...REJECTED_REASONS, 'ahead']
	),
	frames_dropped: split('Frames that were left out without harm, received or to be sent', 'reason', [
		'presence rate',
		'presence for a slow reader',
		'unknown kind'
	]),
	commits: one('Statements that stored updates'),
	commit_failures: one('Statements that stored nothing; each is tried again'),
	committed_rows: one('Updates stored'),
	committed_bytes: one('Bytes of updates stored'),
	refused_rows: one('Updates that the log did not take because the document was gone or replaced'),
	rooms_loaded: one('Documents brought into memory'),
	rooms_unloaded: one('Documents let go of because nobody was on them any more'),
	room_load_failures: one('Documents that could not be brought into memory'),
	rooms_read_only: one('Times a document took no more edits because the database did not store those it had taken'),
	rooms_broken: one('Documents loaded again because an update could not be applied'),
	logs_read_again: one('Logs read again because a text differed from that of another node, or did not know all rows'),
	repairs: one('Texts that lacked something of their log, which the bus had dropped, and got it'),
	role_check_failures: one('Times the database did not say what somebody may do'),
	compactions: split('Attempts to replace log rows by a snapshot', 'outcome', [
		'done',
		'in part',
		'overtaken',
		'unmergeable',
		'failed'
	]),
	compacted_rows: one('Log rows replaced by snapshots'),
	renewals: split('Attempts to write a text anew, without its history', 'outcome', [
		'done',
		'in use',
		'not worth it',
		'waits',
		'failed'
	])
} as const satisfies Record<string, CounterDescription>;
export type SyncCounter = keyof typeof COUNTERS;

/** Everything the engine measures. `/metrics` shows each as `plenum_sync_{name}`; bounds are in the unit of the name. */
export const DISTRIBUTIONS = {
	acknowledgement_seconds: {
		help: "From a client's question whether everything is saved to the answer",
		bounds: [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
	},
	commit_wait_seconds: {
		help: 'From the arrival of the oldest update in a batch to its commit, per document',
		bounds: [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
	},
	commit_seconds: {
		help: 'Time the database took to store a batch',
		bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
	},
	commit_rows: { help: 'Updates in a stored batch', bounds: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000] },
	commit_bytes: {
		help: 'Bytes of updates in a stored batch',
		bounds: [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304]
	},
	round_updates: { help: 'Updates applied and sent on together', bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
	room_load_seconds: {
		help: 'Time to bring a document into memory',
		bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
	},
	compaction_seconds: {
		help: 'Time to replace log rows by a snapshot',
		bounds: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
	}
} as const satisfies Record<string, { help: string; bounds: readonly number[] }>;
export type SyncDistribution = keyof typeof DISTRIBUTIONS;

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
