import { atMost } from '../../base/in-time.ts';
import { inThread } from '../../server/threads/in-thread.ts';
import type { Limits } from '../protocol.ts';
import type { SyncLog, SyncMetrics } from '../rooms/report.server.ts';
import { clientIdsIn } from './client-ids.server.ts';
import { pack } from './packed.server.ts';
import { partsOf, type UpdateStore } from './store.server.ts';
import type { writeLogAnew, WrittenAnew } from './write-log-anew.server.ts';

const CHORE = 'collab/persistence/write-log-anew.server.ts';
/** Documents that one look at the database brings. */
const LOOK_MOST = 100;

export interface RenewerOptions {
	store: UpdateStore;
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
	/** Whether anybody may be at a document, on any node. */
	isOpen(documentId: string): Promise<boolean>;
	/** A document has another epoch now. */
	onRenewed(documentId: string): void;
}

/**
 * Writes texts anew whose history has become a burden, one at a time and beside everything else, while nobody is at them
 * (SPEC, LL). Whoever comes at that moment either meets the new text or makes the attempt write nothing.
 */
export class Renewer {
	readonly #options: RenewerOptions;
	readonly #stopping = new AbortController();
	readonly #due = new Set<string>();
	/** Documents that are left alone until a time, in milliseconds since 1970. */
	readonly #restUntil = new Map<string, number>();
	#work: Promise<void> | null = null;
	#look: NodeJS.Timeout;

	constructor(options: RenewerOptions) {
		this.#options = options;
		this.#look = this.#lookSoon();
	}

	/** A text was let go of. `hasChanged`: since it was loaded. */
	letGo(documentId: string, stateVector: Uint8Array, bytes: number, hasChanged: boolean): void {
		const { renewIds, renewBytes } = this.#options.limits;
		if (clientIdsIn(stateVector) > renewIds || (hasChanged && bytes > renewBytes)) this.#want(documentId);
	}

	/** Starts nothing more; resolves when a statement on its way is answered, or after `withinMs`. */
	async stop(withinMs: number): Promise<void> {
		clearTimeout(this.#look);
		this.#stopping.abort(new Error('stopping'));
		await atMost(withinMs, this.#work ?? Promise.resolve());
	}

	get #isStopped(): boolean {
		return this.#stopping.signal.aborted;
	}

	#lookSoon(): NodeJS.Timeout {
		return setTimeout(() => void this.#lookForDue(), this.#options.limits.compactLookMs * (0.75 + Math.random() / 2)).unref();
	}

	/** Finds texts that nobody opens any more, and those whose log another node made long. */
	async #lookForDue(): Promise<void> {
		const { store, limits, log } = this.#options;
		try {
			for (const documentId of await store.documentsToRenew(limits, LOOK_MOST)) this.#want(documentId);
		} catch (error) {
			if (!this.#isStopped) log.warn({ err: error }, 'the database did not say which texts to write anew');
		}
		if (!this.#isStopped) this.#look = this.#lookSoon();
	}

	#want(documentId: string): void {
		const now = Date.now();
		for (const [id, until] of this.#restUntil) if (until <= now) this.#restUntil.delete(id);
		if (this.#isStopped || this.#restUntil.has(documentId)) return;
		this.#due.add(documentId);
		this.#work ??= this.#workOff().finally(() => (this.#work = null));
	}

	async #workOff(): Promise<void> {
		for (const documentId of this.#due) {
			this.#due.delete(documentId);
			if (!this.#isStopped) await this.#attempt(documentId);
		}
	}

	async #attempt(documentId: string): Promise<void> {
		const { limits, log, metrics } = this.#options;
		try {
			const outcome = await this.#renew(documentId);
			if (outcome !== 'in use') this.#restUntil.set(documentId, Date.now() + limits.renewPauseMs);
			metrics.count('renewals', 1, outcome);
		} catch (error) {
			if (this.#isStopped) return;
			this.#restUntil.set(documentId, Date.now() + limits.renewPauseMs);
			metrics.count('renewals', 1, 'failed');
			log.error({ documentId, err: error }, 'text not written anew; all of it stays');
		}
	}

	async #renew(documentId: string): Promise<'done' | 'in use' | 'not worth it' | 'waits'> {
		const { store, limits, log, isOpen, onRenewed } = this.#options;
		const { compactReadRows: rows, compactReadBytes: bytes } = limits;
		const part = await store.loadForCompaction(documentId, { rows, bytes });
		if (!part) return 'not worth it';
		const updates = part.rows.map((row) => row.bytes);
		const options = { signal: this.#stopping.signal, longestMs: limits.compactMergeMs, isLong: true };
		const written = await inThread<typeof writeLogAnew>(
			CHORE,
			'writeLogAnew',
			pack(partsOf({ snapshot: part.snapshot, updates })),
			options
		);
		if (!written) return 'waits';
		if (!this.#isWorthIt(written)) return 'not worth it';
		if (await isOpen(documentId)) return 'in use';
		const { epoch, version } = part;
		const isDone = await store.replace({
			documentId,
			epoch,
			version,
			ids: part.rows.map((row) => row.id),
			...written,
			restMs: limits.renewPauseMs
		});
		if (!isDone) return 'in use';
		log.info(
			{ documentId, clientIds: written.pastIds, bytes: written.past.byteLength, bytesNow: written.bytes.byteLength },
			'text written anew'
		);
		onRenewed(documentId);
		return 'done';
	}

	#isWorthIt({ past, pastIds, bytes }: WrittenAnew): boolean {
		const { renewIds, renewBytes } = this.#options.limits;
		return pastIds > renewIds || (past.byteLength > renewBytes && past.byteLength > 2 * bytes.byteLength);
	}
}
