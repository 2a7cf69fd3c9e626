import type { Role } from '../protocol.ts';
import type { OpenDocument } from './open-document.ts';
import type { SyncState } from './sync-state.ts';

/** The state of an open document for components: read `state` and `role`, they change by themselves. */
export class LiveSyncState {
	#state = $state.raw<SyncState>({ kind: 'connecting', pending: 0 });
	#role = $state<Role | null>(null);
	readonly #document: OpenDocument;

	constructor(document: OpenDocument) {
		this.#document = document;
		this.#state = document.state;
		this.#role = document.role;
		document.on('state', this.#takeState);
		document.on('role', this.#takeRole);
	}

	get state(): SyncState {
		return this.#state;
	}

	get role(): Role | null {
		return this.#role;
	}

	/** Stops following; call it when the component goes. */
	stop(): void {
		this.#document.off('state', this.#takeState);
		this.#document.off('role', this.#takeRole);
	}

	// While saving nobody is shown how many edits are on their way, so a keystroke need not wake the page.
	readonly #takeState = (state: SyncState): void => {
		if (state.kind === 'saving' && this.#state.kind === 'saving') return;
		this.#state = state;
	};

	readonly #takeRole = (role: Role): void => {
		this.#role = role;
	};
}
