import type * as Y from 'yjs';
import { openDocument, type OpenDocument } from '../../../src/lib/collab/client/open-document.ts';
import { SqlStore } from '../../../src/lib/collab/persistence/sql-store.server.ts';
import type { Sql } from '../../../src/lib/server/sql.ts';
import { Network } from './network.ts';
import { capture, RawClient, storedDoc } from './raw-client.ts';
import { until } from './wait.ts';

/** Somebody who writes unique markers into one document and notes which of them they were promised. */
export interface Witness {
	/** Writes until the engine is gone. */
	write(isGone: () => boolean): Promise<void>;
	/** What was said to be in the database, by acknowledgement or by "saved". */
	readonly promised: string[];
	/** Everything written, promised or not. */
	readonly written: string[];
	leave(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks after each marker on the wire itself, as fast as the engine answers. */
export class WireWitness implements Witness {
	readonly client: RawClient;
	readonly written: string[] = [];
	readonly #asked = new Map<number, string>();
	readonly #name: string;

	constructor(url: string, documentId: string, person: string, name: string) {
		this.client = new RawClient(url, documentId, person);
		this.#name = name;
	}

	get promised(): string[] {
		return this.client.acks.map((counter) => this.#asked.get(counter)!);
	}

	async write(isGone: () => boolean): Promise<void> {
		const { client } = this;
		await until('the document', () => isGone() || client.step2s > 0, 30_000);
		const markers = client.doc.getArray<string>('markers');
		for (let nth = 0; !isGone() && !client.closed; nth++) {
			const marker = `${this.#name}.${nth}`;
			this.written.push(marker);
			const at = Math.floor(Math.random() * (markers.length + 1));
			client.sendUpdate(capture(client.doc, () => markers.insert(at, [marker])));
			this.#asked.set(client.askAck(), marker);
			await pause(Math.random() * 8);
		}
	}

	async leave(): Promise<void> {
		this.client.close();
	}
}

/**
 * The application's own client. What its state says is a promise: every edit that is not counted as pending is stored,
 * and "saved" means all of them.
 */
export class PageWitness implements Witness {
	readonly open: OpenDocument;
	readonly written: string[] = [];
	/** Edits after which the state still said "saved". */
	readonly falseWords: string[] = [];
	readonly network = new Network();
	readonly #name: string;
	#promised = 0;

	constructor(url: string, documentId: string, person: string, name: string) {
		this.#name = name;
		this.open = openDocument({
			documentId,
			url,
			epoch: 1,
			schemaVersion: 1,
			person: { id: person, name, agency: 'an agency', colour: '#000000' },
			role: 'editor',
			indexedDb: false,
			WebSocketPolyfill: this.network.socketFor(person)
		});
		this.open.on('state', () => this.#listen());
	}

	get promised(): string[] {
		return this.written.slice(0, this.#promised);
	}

	/** One edit. */
	type(): void {
		const marker = `${this.#name}.${this.written.length}`;
		const markers = this.open.doc.getArray<string>('markers');
		this.written.push(marker);
		markers.insert(Math.floor(Math.random() * (markers.length + 1)), [marker]);
		if (this.open.state.kind === 'saved') this.falseWords.push(marker);
	}

	async write(isGone: () => boolean): Promise<void> {
		const { open } = this;
		await until('the document', () => isGone() || open.state.kind === 'saved', 30_000);
		while (!isGone()) {
			this.type();
			// Now and then it waits for the word, else it would be heard only when the writing ends.
			if (Math.random() < 0.7) await pause(Math.random() * 8);
			else await until('saved', () => isGone() || open.state.kind === 'saved', 30_000);
		}
	}

	async leave(): Promise<void> {
		this.#listen();
		await this.open.close();
	}

	#listen(): void {
		this.#promised = Math.max(this.#promised, this.written.length - this.open.state.pending);
	}
}

/** The promised markers that the database alone does not hold exactly once. */
export async function broken(sql: Sql, promised: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
	const store = new SqlStore(sql);
	const wrong: string[] = [];
	for (const [documentId, markers] of promised) {
		const counts = new Map<string, number>();
		const doc = await storedDoc(store, documentId);
		for (const marker of doc.getArray<string>('markers').toArray() as string[]) {
			counts.set(marker, (counts.get(marker) ?? 0) + 1);
		}
		wrong.push(...markers.filter((marker) => counts.get(marker) !== 1));
		wrong.push(...[...counts].filter(([, count]) => count > 1).map(([marker]) => `${marker} doubled`));
		doc.destroy();
	}
	return wrong;
}

/** A document of its own, for tests that look at markers. */
export function markersOf(doc: Y.Doc): string[] {
	return doc.getArray<string>('markers').toArray();
}
