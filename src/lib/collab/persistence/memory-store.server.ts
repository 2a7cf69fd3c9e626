import { clientIdsIn } from './client-ids.server.ts';
import type {
	Compacted,
	CompactionBounds,
	LogPart,
	RenewalBounds,
	Replacement,
	StoredBody,
	UpdateRow,
	UpdateStore
} from './store.server.ts';

interface Kept {
	epoch: number;
	snapshot: Uint8Array | null;
	stateVector: Uint8Array | null;
	version: number;
	snapshotAt: number;
	past: { epoch: number; bytes: Uint8Array; replacedAt: number }[];
	rows: { id: number; bytes: Uint8Array; storedAt: number }[];
}

/** A store that lives as long as the process: for tests, and the shape that every other store must match. */
export class MemoryStore implements UpdateStore {
	readonly #documents = new Map<string, Kept>();
	#lastId = 0;

	/** Makes a document known; what was kept of an older epoch is gone. */
	create(documentId: string, epoch = 1): void {
		this.#documents.set(documentId, { epoch, snapshot: null, stateVector: null, version: 0, snapshotAt: 0, past: [], rows: [] });
	}

	/** Removes a document and all that was kept of it. */
	remove(documentId: string): void {
		this.#documents.delete(documentId);
	}

	async load(documentId: string): Promise<StoredBody | null> {
		const kept = this.#documents.get(documentId);
		if (!kept) return null;
		return {
			epoch: kept.epoch,
			snapshot: kept.snapshot,
			stateVector: kept.stateVector,
			updates: kept.rows.map((row) => row.bytes)
		};
	}

	async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
		const refused: UpdateRow[] = [];
		for (const row of rows) {
			const kept = this.#documents.get(row.documentId);
			if (kept?.epoch !== row.epoch) refused.push(row);
			else kept.rows.push({ id: ++this.#lastId, bytes: row.bytes.slice(), storedAt: Date.now() });
		}
		return refused;
	}

	async loadForCompaction(documentId: string, most: { rows: number; bytes: number }): Promise<LogPart | null> {
		const kept = this.#documents.get(documentId);
		if (!kept) return null;
		let bytes = 0;
		const rows = kept.rows.slice(0, most.rows).filter((row, nth) => {
			bytes += row.bytes.byteLength;
			return nth === 0 || bytes <= most.bytes;
		});
		const { epoch, snapshot, version } = kept;
		return { epoch, snapshot, version, rows: rows.map(({ id, bytes }) => ({ id, bytes })) };
	}

	async compact({ documentId, epoch, version, bytes, stateVector, ids }: Compacted): Promise<boolean> {
		const kept = this.#documents.get(documentId);
		if (kept?.epoch !== epoch || kept.version !== version) return false;
		const gone = new Set(ids);
		kept.rows = kept.rows.filter((row) => !gone.has(row.id));
		kept.snapshot = bytes.slice();
		kept.stateVector = stateVector.slice();
		kept.snapshotAt = Date.now();
		kept.version++;
		return true;
	}

	async replace({ documentId, epoch, version, ids, past, bytes, stateVector, restMs }: Replacement): Promise<boolean> {
		const kept = this.#documents.get(documentId);
		if (kept?.epoch !== epoch || kept.version !== version || wasReplaced(kept, restMs)) return false;
		if (kept.rows.map(({ id }) => id).join() !== ids.join()) return false;
		kept.past.push({ epoch, bytes: past.slice(), replacedAt: Date.now() });
		Object.assign(kept, {
			epoch: epoch + 1,
			snapshot: bytes.slice(),
			stateVector: stateVector.slice(),
			version: version + 1,
			snapshotAt: Date.now(),
			rows: []
		});
		return true;
	}

	async documentsToRenew({ renewIds, renewBytes, renewPauseMs }: RenewalBounds, most: number): Promise<string[]> {
		const isDue = (kept: Kept): boolean => {
			if (!kept.snapshot || wasReplaced(kept, renewPauseMs)) return false;
			return idsOf(kept) > renewIds || (kept.snapshot.byteLength > renewBytes && Date.now() - kept.snapshotAt < renewPauseMs);
		};
		return [...this.#documents]
			.filter(([, kept]) => isDue(kept))
			.sort(([, one], [, other]) => idsOf(other) - idsOf(one))
			.slice(0, most)
			.map(([documentId]) => documentId);
	}

	/** What a document was in earlier epochs. */
	pastOf(documentId: string): readonly { epoch: number; bytes: Uint8Array }[] {
		return this.#documents.get(documentId)?.past ?? [];
	}

	async countRows(documentIds: readonly string[]): Promise<Map<string, number>> {
		const counts = documentIds.map((documentId) => [documentId, this.#documents.get(documentId)?.rows.length] as const);
		return new Map(counts.filter((count): count is [string, number] => count[1] !== undefined));
	}

	async documentsToCompact(bounds: CompactionBounds, most: number): Promise<string[]> {
		const { compactRows, compactBytes, compactIdleMs, compactIdleRows } = bounds;
		const isDue = ({ rows }: Kept): boolean => {
			if (rows.length > compactRows) return true;
			if (rows.reduce((sum, row) => sum + row.bytes.byteLength, 0) > compactBytes) return true;
			return rows.length >= compactIdleRows && rows.at(-1)!.storedAt <= Date.now() - compactIdleMs;
		};
		return [...this.#documents]
			.filter(([, kept]) => isDue(kept))
			.sort(([, one], [, other]) => other.rows.length - one.rows.length)
			.slice(0, most)
			.map(([documentId]) => documentId);
	}
}

function wasReplaced({ past }: Kept, withinMs: number): boolean {
	return past.some(({ replacedAt }) => Date.now() - replacedAt < withinMs);
}

function idsOf({ stateVector }: Kept): number {
	return stateVector ? clientIdsIn(stateVector) : 0;
}
