import { handOverLate } from '$lib/collab/client/hand-over-late.ts';
import { type OpenDocument, openDocument } from '$lib/collab/client/open-document.ts';
import type { LateState } from '$lib/collab/client/late-work.ts';
import type { SyncState } from '$lib/collab/client/sync-state.ts';
import { LiveSyncState } from '$lib/collab/client/sync-state.svelte.ts';
import type { Role } from '$lib/collab/protocol.ts';
import { SCHEMA_VERSION } from '$lib/documents/schema/schema.ts';

/** Who works here, as the page knows them. */
export interface Me {
	personId: string;
	fullName: string;
	agencyShortName: string;
	colour: string;
}

/** The live connection of one document page. Browser only. */
export class DocumentConnection {
	readonly #document: OpenDocument;
	readonly #live: LiveSyncState;
	#late = $state.raw<LateState>({ kind: 'none' });
	isDestroyed = false;

	/** `onReplaced`: the text is of another epoch now; load it anew. */
	constructor(options: { documentId: string; epoch: number; me: Me; role: Role; onReplaced: () => void }) {
		const { me } = options;
		this.#document = openDocument({
			documentId: options.documentId,
			url: `${location.origin.replace(/^http/, 'ws')}/collab`,
			epoch: options.epoch,
			schemaVersion: SCHEMA_VERSION,
			person: { id: me.personId, name: me.fullName, agency: me.agencyShortName, colour: me.colour },
			role: options.role,
			refresh: async () => (await fetch('/api/session', { cache: 'no-store' })).ok,
			handOverLate: handOverLate(options.documentId)
		});
		this.#document.on('replaced', options.onReplaced);
		this.#document.late.on('state', (state) => (this.#late = state));
		this.#live = new LiveSyncState(this.#document);
	}

	get doc() {
		return this.#document.doc;
	}
	get awareness() {
		return this.#document.awareness;
	}
	get whenReady(): Promise<void> {
		return this.#document.whenReady;
	}
	get state(): SyncState {
		return this.#live.state;
	}
	/** Null until the page or the server has said it. */
	get role(): Role | null {
		return this.#live.role;
	}
	/** What becomes of work that this device brought of an earlier epoch. */
	get late(): LateState {
		return this.#late;
	}
	/** The texts of such work that cannot be brought in. */
	get strandedDocs() {
		return this.#document.late.stranded;
	}
	get hasUnsaved(): boolean {
		return this.#document.hasUnsaved;
	}

	/** True as soon as everything is acknowledged, false when that takes longer. */
	async settled(milliseconds: number): Promise<boolean> {
		const until = Date.now() + milliseconds;
		while (this.hasUnsaved && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
		return !this.hasUnsaved;
	}

	reconnect(): void {
		this.#document.reconnect();
	}

	/** Lets go of what is not saved, and of what this device keeps of it. */
	discard(): Promise<void> {
		return this.#document.discard();
	}

	/** Takes the message about late work away. */
	dismissLate(): void {
		this.#document.late.dismiss();
	}

	/** Removes late work that cannot be brought in from this device. */
	discardLate(): Promise<void> {
		return this.#document.late.discard();
	}

	async close(): Promise<void> {
		this.isDestroyed = true;
		this.#live.stop();
		await this.#document.close();
	}
}
