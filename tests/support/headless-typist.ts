import { type OpenDocument, openDocument } from '../../src/lib/collab/client/open-document.ts';
import type { SyncState } from '../../src/lib/collab/client/sync-state.ts';
import { canWrite } from '../../src/lib/collab/protocol.ts';
import { normalForm } from '../../src/lib/documents/editor/structure/normal-form.ts';
import type { JsonNode } from '../../src/lib/documents/schema/json.ts';
import type { ProfileId } from '../../src/lib/documents/schema/profiles.ts';
import { SCHEMA_VERSION } from '../../src/lib/documents/schema/schema.ts';
import { Network } from '../sync/support/network.ts';
import { Editing } from '../text/support/person.ts';
import { type OutlineLine, outlineOf } from './block-places.ts';
import { TableActs } from './table-acts.ts';

export interface TypistOptions {
	/** Where Plenum is, `http://host`. */
	url: string;
	/** An access token, as for the API. */
	token: string;
	documentId: string;
	/** How long the server may take, in milliseconds. */
	patienceMs?: number;
}

/** A person without a screen: the application's own client and editor on one document. */
export class Typist extends TableActs {
	/** Resolves when the text is there; rejects when it cannot be opened. */
	readonly ready: Promise<void>;
	/** How many changes of the document were seen, one's own and others'. */
	revision = 0;
	readonly #patienceMs: number;
	readonly #network = new Network();
	#open: OpenDocument | null = null;
	#editing: Editing | null = null;
	#isOffline = false;
	#isClosed = false;

	constructor(options: TypistOptions) {
		super();
		this.#patienceMs = options.patienceMs ?? 15_000;
		this.ready = this.#begin(options);
		this.ready.catch(() => {}); // whoever awaits it hears of it
	}

	get state(): { state: SyncState['kind']; role: string | null; pending: number } {
		const { state, role } = this.#opened();
		return { state: state.kind, role, pending: state.pending };
	}

	/** From now on nothing passes between this device and the server. */
	async offline(): Promise<void> {
		this.#opened();
		this.#isOffline = true;
		this.#network.cut();
		await this.#until('the connection ends', ({ kind }) => kind === 'offline' || kind === 'not-saved');
	}

	/** The network is back: resolves when this text and the server's are one, and saved. */
	async online(): Promise<void> {
		const open = this.#opened();
		this.#isOffline = false;
		this.#network.restore();
		open.reconnect();
		await this.saved();
	}

	/** Resolves when the server has acknowledged everything. */
	async saved(): Promise<void> {
		const { state } = this.#opened();
		if (this.#isOffline) throw new Error(`offline: ${state.pending} edits wait for the network`);
		await this.#until('everything is saved', ({ kind, pending }) => kind === 'saved' || (kind === 'read-only' && pending === 0));
	}

	/** The document as JSON. */
	read(): JsonNode {
		return this.#shown().doc.toJSON() as JsonNode;
	}

	outline(): OutlineLine[] {
		return outlineOf(this.#shown().doc);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		this.#editing?.destroy();
		await this.#open?.close();
	}

	protected override editor(): Editing {
		const { role } = this.#opened();
		if (role && !canWrite(role)) throw new Error(`a ${role} only reads`);
		return this.#shown();
	}

	async #begin({ url, token, documentId }: TypistOptions): Promise<void> {
		const known = await askDataApi(url, token, documentId, AbortSignal.timeout(this.#patienceMs));
		if (this.#isClosed) throw new Error('closed before it was open');
		if (known) this.profile = known.profile;
		const socket = this.#network.socketFor(token);
		const open = openDocument({
			documentId,
			url: `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/collab`,
			epoch: known?.epoch ?? 0,
			schemaVersion: SCHEMA_VERSION,
			person: { id: 'typist', name: 'typist', agency: '', colour: '#000000' },
			indexedDb: false,
			WebSocketPolyfill: known ? socket : withoutEpoch(socket)
		});
		this.#open = open;
		open.doc.on('update', () => this.revision++);
		// What is acknowledged from the beginning is also what is there.
		await this.#until('the document arrives', ({ kind, pending }) => pending === 0 && (kind === 'saved' || kind === 'read-only'));
		await open.whenReady;
		if (!this.#isClosed) this.#editing = new Editing(open.doc, { plugins: [normalForm()] });
	}

	#opened(): OpenDocument {
		if (!this.#open || this.#isClosed) throw new Error('the document is not open');
		return this.#open;
	}

	#shown(): Editing {
		if (!this.#editing || this.#isClosed) throw new Error('the document is not open');
		return this.#editing;
	}

	#until(what: string, isSo: (state: SyncState) => boolean): Promise<void> {
		const open = this.#opened();
		return new Promise((resolve, reject) => {
			const end = (finish: () => void) => {
				clearTimeout(timer);
				open.off('state', look);
				finish();
			};
			const look = () => {
				const { state } = open;
				if (isSo(state)) end(resolve);
				else if (state.kind === 'closed') end(() => reject(new Error(`the server closed the document: ${state.reason}`)));
				else if (state.kind === 'full' || (state.kind === 'read-only' && state.pending > 0))
					end(() => reject(new Error(`the server refused edits: ${state.kind}`)));
			};
			const late = () =>
				reject(new Error(`waited ${this.#patienceMs} ms in vain until ${what}; the state is ${open.state.kind}`));
			const timer = setTimeout(() => end(late), this.#patienceMs);
			open.on('state', look);
			look();
		});
	}
}

/** What the page's load tells the page, through the data API. Null from an engine that stands alone. */
async function askDataApi(
	url: string,
	token: string,
	documentId: string,
	signal: AbortSignal
): Promise<{ epoch: number; profile: ProfileId } | null> {
	const config = await fetch(new URL('/api/config', url), { signal });
	if (config.status === 404) return null;
	if (!config.ok) throw new Error(`${url} answered ${config.status}`);
	const { supabaseUrl, publishableKey } = (await config.json()) as { supabaseUrl: string; publishableKey: string };
	const address = `${supabaseUrl}/rest/v1/document_list?select=epoch,profile&id=eq.${encodeURIComponent(documentId)}`;
	const response = await fetch(address, { headers: { apikey: publishableKey, authorization: `Bearer ${token}` }, signal });
	if (!response.ok) throw new Error(`the data API answered ${response.status}: ${await response.text()}`);
	const [row] = (await response.json()) as { epoch: number; profile: ProfileId }[];
	if (!row) throw new Error('there is no such document for this person');
	return row;
}

/** Who states no epoch is taken to be current (CN1 of the sync engine's SPEC.md). */
function withoutEpoch(Socket: typeof WebSocket): typeof WebSocket {
	return class extends Socket {
		constructor(url: string | URL, protocols?: string | string[]) {
			const address = new URL(url);
			address.searchParams.delete('epoch');
			super(address, protocols);
		}
	};
}
