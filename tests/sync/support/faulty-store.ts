import { MemoryStore } from '../../../src/lib/collab/persistence/memory-store.server.ts';
import type { StoredBody, UpdateRow } from '../../../src/lib/collab/persistence/store.server.ts';

/** A store in memory that can be told to fail, to wait, or to say "failed" after having stored. */
export class FaultyStore extends MemoryStore {
	/** While set, every append rejects with it. */
	appendError: Error | null = null;
	/** Appends that hold a row of one of these documents reject. */
	readonly poisoned = new Set<string>();
	/** While set, every load rejects with it. */
	loadError: Error | null = null;
	/** Appends store their rows and then reject, as when a connection breaks after the commit. */
	forgetsToAnswer = false;
	loads = 0;
	appends = 0;
	#gate: Promise<void> | null = null;
	#openGate: () => void = () => {};

	/** From now on appends and loads wait until `release`. */
	hold(): void {
		this.#gate ??= new Promise((resolve) => (this.#openGate = resolve));
	}

	release(): void {
		this.#openGate();
		this.#gate = null;
	}

	override async load(documentId: string): Promise<StoredBody | null> {
		this.loads++;
		await this.#gate;
		if (this.loadError) throw this.loadError;
		return super.load(documentId);
	}

	override async append(rows: readonly UpdateRow[]): Promise<UpdateRow[]> {
		this.appends++;
		await this.#gate;
		if (this.appendError) throw this.appendError;
		if (rows.some((row) => this.poisoned.has(row.documentId))) throw new Error('a row cannot be stored');
		const refused = await super.append(rows);
		if (this.forgetsToAnswer) throw new Error('connection lost after commit');
		return refused;
	}
}
