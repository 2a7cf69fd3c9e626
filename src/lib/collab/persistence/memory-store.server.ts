import type { StoredBody, UpdateRow, UpdateStore } from './store.server.ts';

/** A store that lives as long as the process: for tests, and the shape that every other store must match. */
export class MemoryStore implements UpdateStore {
	readonly #documents = new Map<string, StoredBody>();

	/** Makes a document known; what was kept of an older epoch is gone. */
	create(documentId: string, epoch = 1): void {
		this.#documents.set(documentId, { epoch, snapshot: null, updates: [] });
	}

	/** Removes a document and all that was kept of it. */
	remove(documentId: string): void {
		this.#documents.delete(documentId);
	}

	async load(documentId: string): Promise<StoredBody | null> {
		const body = this.#documents.get(documentId);
		return body ? { ...body, updates: body.updates.slice() } : null;
	}

	async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
		const refused: UpdateRow[] = [];
		for (const row of rows) {
			const body = this.#documents.get(row.documentId);
			if (body?.epoch === row.epoch) body.updates.push(row.bytes.slice());
			else refused.push(row);
		}
		return refused;
	}
}
