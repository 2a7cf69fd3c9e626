import { atMost } from '../../base/in-time.ts';
import type { Limits } from '../protocol.ts';
import { noMetrics, type SyncMetrics } from '../rooms/report.server.ts';
import type { UpdateRow, UpdateStore } from './store.server.ts';

/** A room as the log sees it: the owner of a queue of updates that are applied but not yet durable. */
export interface CommitOwner {
	readonly documentId: string;
	/** The first `count` updates it still had queued are durable. */
	committed(rows: readonly UpdateRow[]): void;
	/** The document is gone or has moved on; its rows were not stored and never will be (LG7). */
	refused(): void;
	/** The bound of uncommitted work was passed, in age or in size (LG5). */
	overdue(): void;
}

/** What the operator wants to know about the log. */
export interface CommitFigures {
	waitingRows: number;
	waitingBytes: number;
	/** Age in milliseconds of the oldest update that is not durable yet; 0 when there is none. */
	oldestMs: number;
	/** Since when the database has stored what it was given, or has not (ms since 1970): its last change of mind. */
	isStoring: boolean;
	since: number;
}

/** What of one room is not durable yet. */
export interface Waiting {
	rows: number;
	bytes: number;
	oldestMs: number;
}

interface Queue {
	rows: UpdateRow[];
	bytes: number;
	/** When the oldest row of the queue came in. */
	since: number;
	/** Not tried again before this time, after a failure of this owner alone. */
	retryAt: number;
	failures: number;
	overdue: boolean;
}

/**
 * Collects updates of all rooms and stores them together (LG2): one statement at a time, at most `commitAfterMs`
 * after the first update, at once when `commitBytes` wait. Nothing leaves the queue before it is stored.
 */
export class GroupCommit {
	readonly #store: UpdateStore;
	readonly #limits: Limits;
	readonly #onFailure: (error: unknown, rooms: number) => void;
	readonly #metrics: SyncMetrics;
	/** Told when the database stops storing and when it stores again, with the milliseconds between. */
	onChange: (isStoring: boolean, afterMs: number) => void = () => {};
	readonly #queues = new Map<CommitOwner, Queue>();
	readonly #idle: (() => void)[] = [];
	#timer: NodeJS.Timeout | null = null;
	#timerAt = 0;
	#running = false;
	#bytes = 0;
	#failedRounds = 0;
	#isStoring = true;
	#since = Date.now();

	constructor(store: UpdateStore, limits: Limits, onFailure: (error: unknown, rooms: number) => void, metrics = noMetrics) {
		this.#store = store;
		this.#limits = limits;
		this.#onFailure = onFailure;
		this.#metrics = metrics;
	}

	/** Takes one update; `committed` or `refused` of its owner follows, whatever happens meanwhile. */
	add(owner: CommitOwner, row: UpdateRow): void {
		let queue = this.#queues.get(owner);
		if (!queue) {
			queue = { rows: [], bytes: 0, since: Date.now(), retryAt: 0, failures: 0, overdue: false };
			this.#queues.set(owner, queue);
		}
		queue.rows.push(row);
		queue.bytes += row.bytes.byteLength;
		this.#bytes += row.bytes.byteLength;
		this.#checkBound(owner, queue);
		if (this.#failedRounds > 0) return; // a retry is already set and must not be hurried
		if (this.#bytes >= this.#limits.commitBytes) this.#schedule(0);
		else this.#schedule(this.#limits.commitAfterMs);
	}

	/** True while an update of this owner is not durable. */
	holds(owner: CommitOwner): boolean {
		return this.#queues.has(owner);
	}

	/** What of this owner is not durable yet. */
	waiting(owner: CommitOwner): Waiting {
		const queue = this.#queues.get(owner);
		return queue
			? { rows: queue.rows.length, bytes: queue.bytes, oldestMs: Date.now() - queue.since }
			: { rows: 0, bytes: 0, oldestMs: 0 };
	}

	/** Stores what waits, now; resolves with true when nothing is left, with false after `withinMs`. */
	async flush(withinMs: number): Promise<boolean> {
		if (this.#queues.size === 0) return true;
		this.#schedule(0);
		await atMost(withinMs, new Promise<void>((resolve) => this.#idle.push(resolve)));
		return this.#queues.size === 0;
	}

	/** Marks owners whose uncommitted work has become too old; called from the engine's clock. */
	checkAges(): void {
		for (const [owner, queue] of this.#queues) this.#checkBound(owner, queue);
	}

	figures(): CommitFigures {
		let waitingRows = 0;
		let oldest = Infinity;
		for (const queue of this.#queues.values()) {
			waitingRows += queue.rows.length;
			oldest = Math.min(oldest, queue.since);
		}
		return {
			waitingRows,
			waitingBytes: this.#bytes,
			oldestMs: oldest === Infinity ? 0 : Date.now() - oldest,
			isStoring: this.#isStoring,
			since: this.#since
		};
	}

	#schedule(afterMs: number): void {
		if (this.#running) return; // the running round looks at the queues again when it ends
		const at = Date.now() + afterMs;
		if (this.#timer !== null) {
			if (this.#timerAt <= at) return;
			clearTimeout(this.#timer);
		}
		this.#timerAt = at;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			void this.#round();
		}, afterMs);
	}

	async #round(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		const now = Date.now();
		const due = [...this.#queues].filter(([, queue]) => queue.retryAt <= now);
		try {
			if (due.length === 0) return;
			if (await this.#commit(this.#take(due))) this.#failedRounds = 0;
			else {
				this.#failedRounds++;
				await this.#commitOneByOne(due);
			}
		} finally {
			this.#running = false;
			this.#next();
		}
	}

	#next(): void {
		if (this.#queues.size === 0) {
			this.#failedRounds = 0;
			for (const resolve of this.#idle.splice(0)) resolve();
			return;
		}
		const now = Date.now();
		let wait = Infinity;
		for (const queue of this.#queues.values()) wait = Math.min(wait, Math.max(0, queue.retryAt - now));
		if (this.#failedRounds > 0) wait = Math.max(wait, this.#pause(this.#failedRounds));
		else if (this.#bytes < this.#limits.commitBytes && this.#idle.length === 0) {
			wait = Math.max(wait, this.#limits.commitAfterMs);
		}
		this.#schedule(Math.max(wait, 1));
	}

	/** At most one statement's worth of rows, oldest first within each owner. */
	#take(due: [CommitOwner, Queue][]): Map<CommitOwner, UpdateRow[]> {
		const batch = new Map<CommitOwner, UpdateRow[]>();
		let room = this.#limits.commitRows;
		for (const [owner, queue] of due) {
			if (room === 0) break;
			const rows = queue.rows.slice(0, room);
			room -= rows.length;
			batch.set(owner, rows);
		}
		return batch;
	}

	async #commit(batch: Map<CommitOwner, UpdateRow[]>): Promise<boolean> {
		const all = [...batch.values()].flat();
		const began = performance.now();
		let refused: Set<UpdateRow>;
		try {
			refused = new Set(await this.#store.append(all));
		} catch (error) {
			this.#metrics.count('commit_failures');
			this.#stores(false);
			this.#onFailure(error, batch.size);
			return false;
		}
		this.#stores(true);
		this.#measure(all, refused.size, (performance.now() - began) / 1000);
		for (const [owner, rows] of batch) {
			this.#metrics.observe('commit_wait_seconds', this.waiting(owner).oldestMs / 1000);
			this.#forget(owner, rows);
			if (rows.some((row) => refused.has(row))) owner.refused();
			else owner.committed(rows);
		}
		return true;
	}

	#stores(isStoring: boolean): void {
		if (isStoring === this.#isStoring) return;
		const now = Date.now();
		this.onChange(isStoring, now - this.#since);
		this.#isStoring = isStoring;
		this.#since = now;
	}

	#measure(rows: readonly UpdateRow[], refused: number, seconds: number): void {
		const bytes = rows.reduce((sum, row) => sum + row.bytes.byteLength, 0);
		this.#metrics.count('commits');
		this.#metrics.count('committed_rows', rows.length - refused);
		this.#metrics.count('committed_bytes', bytes);
		this.#metrics.count('refused_rows', refused);
		this.#metrics.observe('commit_seconds', seconds);
		this.#metrics.observe('commit_rows', rows.length);
		this.#metrics.observe('commit_bytes', bytes);
	}

	// One document whose rows the database cannot take must not hold up the others. When several fail in a row the
	// database itself is in trouble, and the rest waits for the next round.
	async #commitOneByOne(due: [CommitOwner, Queue][]): Promise<void> {
		if (due.length === 1) return;
		let failedInARow = 0;
		for (const [owner, queue] of due) {
			if (failedInARow >= 3) return;
			if (await this.#commit(new Map([[owner, queue.rows.slice(0, this.#limits.commitRows)]]))) {
				failedInARow = 0;
				this.#failedRounds = 0;
				continue;
			}
			failedInARow++;
			queue.failures++;
			queue.retryAt = Date.now() + this.#pause(queue.failures);
		}
	}

	#forget(owner: CommitOwner, rows: readonly UpdateRow[]): void {
		const queue = this.#queues.get(owner);
		if (!queue) return;
		queue.rows.splice(0, rows.length);
		for (const row of rows) {
			queue.bytes -= row.bytes.byteLength;
			this.#bytes -= row.bytes.byteLength;
		}
		if (queue.rows.length === 0) this.#queues.delete(owner);
		else Object.assign(queue, { since: Date.now(), retryAt: 0, failures: 0, overdue: false });
	}

	#checkBound(owner: CommitOwner, queue: Queue): void {
		if (queue.overdue) return;
		const old = Date.now() - queue.since > this.#limits.uncommittedMs;
		if (!old && queue.bytes <= this.#limits.uncommittedBytes) return;
		queue.overdue = true;
		owner.overdue();
	}

	#pause(failures: number): number {
		const full = Math.min(this.#limits.retryFirstMs * 2 ** (failures - 1), this.#limits.retryMaxMs);
		return full * (0.5 + Math.random() / 2);
	}
}
