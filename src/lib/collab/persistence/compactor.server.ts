import { atMost } from '../../base/in-time.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { Limits } from '../protocol.ts';
import type { FaultPoint, SyncLog, SyncMetrics } from '../rooms/report.server.ts';
import type { mergeLog, Merged } from './log-chores.server.ts';
import { Unmergeable } from './merge.server.ts';
import { pack } from './packed.server.ts';
import { type LogPart, partsOf, type UpdateStore } from './store.server.ts';

const CHORES = 'collab/persistence/log-chores.server.ts';
/** Documents that one look at the database brings. */
const LOOK_MOST = 1000;
/** The first look comes soon, but not while everybody comes back after a restart. */
const FIRST_LOOK_MS = 10_000;
/** A document rests this many times as long as merging it took, so that a busy one never fills a core. */
const PAUSE_FACTOR = 20;
/** Timers may fire a little before the clock says so. */
const TIMER_SLACK_MS = 5;
/** Ids of rows named in one log line. */
const NAMED_ROWS = 20;

export interface CompactorOptions {
	store: UpdateStore;
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
	onPoint(point: FaultPoint): void;
	/** So many rows of the document's log have become one snapshot of so many bytes; `since`: bytes this node stored since, null when more of the log is left. */
	onCompacted?(documentId: string, bytes: number, rows: number, since: number | null): void;
}

/**
 * Replaces the rows of long logs by snapshots, one document at a time and beside everything else (SPEC, CO). It removes
 * only rows it has read, and only while nobody else has compacted them, so it needs to agree with no room and no node.
 */
export class Compactor {
	readonly #options: CompactorOptions;
	readonly #stopping = new AbortController();
	/** What was stored since the last look at the database or the last compaction. */
	readonly #stored = new Map<string, { rows: number; bytes: number }>();
	readonly #due = new Set<string>();
	/** Documents that are left alone until a time, in milliseconds since 1970. */
	readonly #restUntil = new Map<string, number>();
	readonly #warnedOf = new Set<string>();
	#work: Promise<void> = Promise.resolve();
	/** How long the last merge took. */
	#mergeMs = 0;
	#isWorking = false;
	#isStopped = false;
	#look: NodeJS.Timeout;

	constructor(options: CompactorOptions) {
		this.#options = options;
		this.#look = this.#lookAfter(Math.min(FIRST_LOOK_MS, options.limits.compactLookMs));
	}

	/** These rows were added to the log of a document. */
	stored(documentId: string, rows: readonly Uint8Array[]): void {
		const sum = this.#stored.get(documentId) ?? { rows: 0, bytes: 0 };
		sum.rows += rows.length;
		for (const row of rows) sum.bytes += row.byteLength;
		this.#stored.set(documentId, sum);
		this.#wantIfLong(documentId);
	}

	/** Starts nothing more; resolves when a statement on its way is answered, or after `withinMs`. */
	async stop(withinMs: number): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#look);
		this.#stopping.abort(new Error('stopping'));
		await atMost(withinMs, this.#work);
	}

	#lookAfter(ms: number): NodeJS.Timeout {
		return setTimeout(() => void this.#lookForDue(), ms * (0.75 + Math.random() / 2)).unref();
	}

	/** Finds what no count knows of: logs written before this process began, or by another node, and those at rest. */
	async #lookForDue(): Promise<void> {
		const { store, limits, log } = this.#options;
		try {
			const due = await store.documentsToCompact(limits, LOOK_MOST);
			this.#stored.clear();
			const now = Date.now();
			for (const [documentId, until] of this.#restUntil) if (until <= now) this.#restUntil.delete(documentId);
			for (const documentId of due) this.#want(documentId);
		} catch (error) {
			if (!this.#isStopped) log.warn({ err: error }, 'the database did not say which logs to compact');
		}
		if (!this.#isStopped) this.#look = this.#lookAfter(limits.compactLookMs);
	}

	#wantIfLong(documentId: string): void {
		const { compactRows, compactBytes } = this.#options.limits;
		const { rows, bytes } = this.#stored.get(documentId) ?? { rows: 0, bytes: 0 };
		if (rows > compactRows || bytes > compactBytes) this.#want(documentId);
	}

	#want(documentId: string): void {
		if (this.#isStopped || (this.#restUntil.get(documentId) ?? 0) > Date.now()) return;
		this.#due.add(documentId);
		if (this.#isWorking) return;
		this.#isWorking = true;
		this.#work = this.#workOff();
	}

	async #workOff(): Promise<void> {
		for (const documentId of this.#due) {
			this.#due.delete(documentId);
			if (!this.#isStopped) await this.#attempt(documentId);
		}
		this.#isWorking = false;
	}

	async #attempt(documentId: string): Promise<void> {
		const { limits, log, metrics } = this.#options;
		const began = Date.now();
		this.#stored.delete(documentId);
		this.#mergeMs = 0;
		try {
			const outcome = await this.#compact(documentId);
			const tookMs = Date.now() - began;
			const pauseMs = outcome === 'in part' ? 0 : Math.max(limits.compactPauseMs, this.#mergeMs * PAUSE_FACTOR);
			this.#restUntil.set(documentId, Date.now() + pauseMs);
			setTimeout(() => this.#wantIfLong(documentId), pauseMs + TIMER_SLACK_MS).unref();
			if (outcome === 'not due') return;
			metrics.count('compactions', 1, outcome);
			metrics.observe('compaction_seconds', tookMs / 1000);
			if (outcome === 'in part') this.#want(documentId);
		} catch (error) {
			if (this.#isStopped) return;
			const isBad = error instanceof Unmergeable;
			this.#restUntil.set(documentId, Date.now() + (isBad ? limits.compactGiveUpMs : limits.compactPauseMs));
			metrics.count('compactions', 1, isBad ? 'unmergeable' : 'failed');
			log.error(
				{ documentId, err: error, rows: error instanceof BadRows ? error.rows : undefined },
				'log not compacted; all of it stays'
			);
		}
	}

	async #compact(documentId: string): Promise<'done' | 'in part' | 'overtaken' | 'not due'> {
		const { store, limits, log, metrics, onPoint } = this.#options;
		const most = { rows: limits.compactReadRows, bytes: limits.compactReadBytes };
		const part = await store.loadForCompaction(documentId, most);
		onPoint('compaction read');
		const rowBytes = part ? sizeOf(part) : 0;
		// Another node may have been quicker since the rows were counted.
		if (!part || (part.rows.length < limits.compactIdleRows && rowBytes <= limits.compactBytes)) return 'not due';
		const { bytes, stateVector, tookMs } = await this.#merge(part);
		this.#mergeMs = tookMs;
		onPoint('compaction merged');
		const ids = part.rows.map((row) => row.id);
		const isDone = await store.compact({ documentId, epoch: part.epoch, version: part.version, bytes, stateVector, ids });
		onPoint('compaction committed');
		if (!isDone) return 'overtaken';
		metrics.count('compacted_rows', ids.length);
		log.debug({ documentId, rows: ids.length, rowBytes, snapshotBytes: bytes.byteLength }, 'log compacted');
		const isWhole = ids.length < most.rows && rowBytes < most.bytes / 2;
		const since = this.#stored.get(documentId)?.bytes ?? 0;
		this.#options.onCompacted?.(documentId, bytes.byteLength, ids.length, isWhole ? since : null);
		this.#warnWhenLarge(documentId, bytes.byteLength);
		return isWhole ? 'done' : 'in part';
	}

	#warnWhenLarge(documentId: string, bytes: number): void {
		if (bytes < this.#options.limits.documentWarnBytes || this.#warnedOf.has(documentId)) return;
		this.#warnedOf.add(documentId);
		this.#options.log.warn({ documentId, bytes }, 'document is large: it opens slowly and will stop growing');
	}

	// A thread that ends, is overdue or out of memory says the same of these rows as one that refuses them.
	async #merge({ snapshot, rows }: LogPart): Promise<Merged> {
		const parts = rows.map((row) => row.bytes);
		const log = pack(partsOf({ snapshot, updates: parts }));
		const options = { signal: this.#stopping.signal, longestMs: this.#options.limits.compactMergeMs, isLong: true };
		try {
			return await inThread<typeof mergeLog>(CHORES, 'mergeLog', log, options);
		} catch (thrown) {
			const error = thrown as Partial<Unmergeable> & Error;
			const culprits = (error.parts ?? []).map((part) => (snapshot ? part - 1 : part)).filter((part) => part >= 0);
			const named = culprits.length > 0 ? culprits.map((part) => rows[part]) : rows;
			throw new BadRows(
				error.message,
				named.slice(0, NAMED_ROWS).map((row) => row.id)
			);
		}
	}
}

/** Rows that cannot be merged; without a culprit, the first of all. */
class BadRows extends Unmergeable {
	readonly rows: readonly number[];

	constructor(message: string, rows: readonly number[]) {
		super(message);
		this.rows = rows;
	}
}

function sizeOf({ rows }: LogPart): number {
	return rows.reduce((sum, row) => sum + row.bytes.byteLength, 0);
}
