import { ObservableV2 } from 'lib0/observable';
import { Awareness } from 'y-protocols/awareness';
import { newDoc } from '../../text/new-doc.ts';
import { canWrite, CLOSE, type Role } from '../protocol.ts';
import { leaveInMemory } from './late-copies.ts';
import { type HandOverLate, LateWork } from './late-work.ts';
import type { CopyOf } from './copy-names.ts';
import { LocalCopy } from './local-copy.ts';
import { Questions } from './questions.ts';
import { Socket } from './socket.ts';
import { type ClosedReason, NOT_SAVED_AFTER_MS, reasonOf, stateFrom, type SyncState } from './sync-state.ts';

/** When the device says it lost its network, an answer is awaited this long before the connection is given up. */
const PROBE_MS = 3_000;

export interface OpenDocumentOptions {
	documentId: string;
	/** Base address of the engine, `wss://host/collab`. */
	url: string;
	epoch: number;
	schemaVersion: number;
	/** Who works here. The server shows colleagues its own idea of name, agency and colour. */
	person: { id: string; name: string; agency: string; colour: string };
	/** What the page already knows; the server says it again. */
	role?: Role;
	/** Refreshes an expired session; resolves with false when the person has to sign in. */
	refresh?: () => Promise<boolean>;
	/** Hands over what this device has of earlier epochs; without it that stays where it is. */
	handOverLate?: HandOverLate;
	/** False keeps nothing on this device. */
	indexedDb?: boolean;
	WebSocketPolyfill?: typeof WebSocket;
}

type Events = {
	/** The state, or the number in it, changed. */
	state: (state: SyncState) => void;
	role: (role: Role) => void;
	/** The server dropped a write. */
	rejected: (reason: string) => void;
	/** The text is of another epoch now, and what was not saved is kept: open it anew (OF7). */
	replaced: () => void;
};

/** Opens a document: its text from this device and from the server, and the truth about what is saved. */
export function openDocument(options: OpenDocumentOptions): OpenDocument {
	return new OpenDocument(options);
}

export class OpenDocument extends ObservableV2<Events> {
	readonly doc = newDoc();
	readonly awareness = new Awareness(this.doc);
	/** Resolves when there is text to show: the copy on this device, or else the server's first answer. */
	readonly whenReady: Promise<void>;
	/** What this device has of earlier epochs. */
	readonly late: LateWork;
	readonly #options: OpenDocumentOptions;
	readonly #socket: Socket;
	readonly #questions = new Questions(
		(counter) => this.#socket.ask(counter),
		() => this.#copy !== undefined
	);
	/** Undefined while it opens; null when this device keeps nothing. */
	#copy: LocalCopy | null | undefined;
	readonly #copyOpened: Promise<void>;
	#ready: () => void = () => {};
	#role: Role | null;
	#closed: ClosedReason | null = null;
	#everConnected = false;
	#refreshed = false;
	#lateTimer: ReturnType<typeof setTimeout> | undefined;
	#probeTimer: ReturnType<typeof setTimeout> | undefined;
	#state: SyncState = { kind: 'connecting', pending: 0 };
	#isDestroyed = false;

	constructor(options: OpenDocumentOptions) {
		super();
		this.#options = options;
		this.#role = options.role ?? null;
		this.whenReady = new Promise((resolve) => (this.#ready = resolve));
		const { id, ...shown } = options.person;
		this.late = new LateWork(this.#copyOf, options.indexedDb ?? true, options.handOverLate ?? (async () => ({ kind: 'later' })));
		this.awareness.setLocalStateField('user', { ...shown, personId: id });
		this.#socket = new Socket(
			{
				url: options.url,
				documentId: options.documentId,
				doc: this.doc,
				awareness: this.awareness,
				params: { schema: String(options.schemaVersion), epoch: String(options.epoch) },
				WebSocketPolyfill: options.WebSocketPolyfill
			},
			{
				connected: () => this.#connected(),
				disconnected: () => this.#disconnected(),
				handedOver: () => this.#handOver(),
				answered: (counter) => this.#answered(counter),
				rejected: (reason) => this.#rejected(reason),
				role: (role) => this.#setRole(role),
				// A failure shows when the session has ended: then it is tried once more, and said.
				renew: () => void options.refresh?.().catch(() => false),
				closed: (code) => this.#closedFor(code)
			}
		);
		this.#socket.provider.on('sync', (synced: boolean) => synced && this.#ready());
		this.doc.on('update', (_, origin) => this.#updated(origin));
		this.#copyOpened = this.#openCopy();
		globalThis.addEventListener?.('online', this.#online);
		globalThis.addEventListener?.('offline', this.#offline);
	}

	get #copyOf(): CopyOf {
		const { person, documentId, epoch } = this.#options;
		return { personId: person.id, documentId, epoch };
	}

	get state(): SyncState {
		return this.#state;
	}

	/** Null until the page or the server has said it. */
	get role(): Role | null {
		return this.#role;
	}

	/** True while something is not acknowledged: ask before the page is left (CL7). */
	get hasUnsaved(): boolean {
		return this.#questions.unsaved.pending > 0;
	}

	/** Tries again now: instead of waiting, on a connection that stalls, or when the reason of a final close is gone. */
	reconnect(): void {
		if (this.#isDestroyed) return;
		this.#closed = null;
		this.#refreshed = false;
		if (this.#socket.isConnected && this.#state.kind === 'not-saved') this.#socket.renew();
		else this.#socket.connect();
		this.#tell();
	}

	/** Lets go of what is not saved and removes what the device keeps of this document: the next page has the server's text (CL9). */
	async discard(): Promise<void> {
		await this.#copyOpened;
		const copy = this.#copy;
		this.#copy = null;
		await copy?.remove();
		this.#questions.unsaved.discard();
		this.#tell();
	}

	/** Ends everything on this page. What is kept on the device stays. */
	async close(): Promise<void> {
		if (this.#isDestroyed) return;
		this.#isDestroyed = true;
		this.#questions.stop();
		this.late.stop();
		clearTimeout(this.#lateTimer);
		clearTimeout(this.#probeTimer);
		globalThis.removeEventListener?.('online', this.#online);
		globalThis.removeEventListener?.('offline', this.#offline);
		this.#socket.destroy();
		await this.#copyOpened;
		await this.#copy?.close();
		this.awareness.destroy();
		this.doc.destroy();
		super.destroy();
	}

	// The copy is loaded before the first connection, so that what the server is handed contains it.
	async #openCopy(): Promise<void> {
		const { indexedDb = true } = this.#options;
		this.#copy = indexedDb ? await LocalCopy.open(this.doc, this.#copyOf, () => this.#tell()) : null;
		if (this.#isDestroyed) return;
		if (this.#copy) {
			this.#questions.unsaved.inherit(this.#copy.inherited);
			this.#copy.remember(this.#questions.unsaved.own);
			if (this.doc.store.clients.size > 0) this.#ready();
		}
		if (!this.#closed) this.#socket.connect();
		this.#tell();
	}

	#updated(origin: unknown): void {
		if (origin === this.#socket.provider || LocalCopy.isOrigin(origin)) return;
		if (this.#role && !canWrite(this.#role)) return;
		this.#questions.unsaved.edited();
		this.#copy?.remember(this.#questions.unsaved.own);
		this.#questions.askSoon();
		this.#tell();
	}

	#connected(): void {
		this.#everConnected = true;
		this.#questions.unsaved.startWaiting();
		this.#tell();
	}

	#disconnected(): void {
		this.#questions.forget();
		this.#tell();
	}

	#handOver(): void {
		this.#refreshed = false;
		this.#questions.handedOver();
		this.#bringInLate();
		this.#tell();
	}

	#answered(counter: number): void {
		clearTimeout(this.#probeTimer);
		const coversInherited = this.#questions.answered(counter);
		this.#copy?.remember(this.#questions.unsaved.own);
		if (coversInherited) this.#copy?.settleInherited().catch(() => {}); // counted again at the next visit, no more
		this.#tell();
	}

	#rejected(reason: string): void {
		if (reason === 'size') this.#questions.refusedForSize();
		if (reason === 'invalid') this.#stopForGood();
		if (reason === 'role' && this.#role && canWrite(this.#role)) this.#setRole('viewer');
		this.emit('rejected', [reason]);
		this.#tell();
	}

	// All that is written here from now on builds on what the server does not take. It stays on the device for the person.
	#stopForGood(): void {
		this.#closed = 'invalid';
		this.#socket.disconnect();
	}

	#setRole(role: Role): void {
		if (this.#role === role) return;
		this.#role = role;
		this.emit('role', [role]);
		this.#bringInLate();
		this.#tell();
	}

	#closedFor(code: number): void {
		if (code === CLOSE.unauthenticated && this.#options.refresh && !this.#refreshed) {
			this.#refreshed = true;
			void this.#refreshSession(this.#options.refresh);
			return;
		}
		this.#closed = reasonOf(code);
		void this.#leaveCopy();
		this.#tell();
	}

	async #refreshSession(refresh: () => Promise<boolean>): Promise<void> {
		const isSignedIn = await refresh().catch(() => false);
		if (this.#isDestroyed) return;
		if (isSignedIn) this.#socket.connect();
		else this.#closed = 'signed-out';
		this.#tell();
	}

	#bringInLate(): void {
		if (this.#questions.isHandedOver && this.#role) void this.late.start(canWrite(this.#role));
	}

	// Of a text that was replaced, and of a document that was taken away, nothing stays here, except text that exists nowhere
	// else: that is the person's own.
	async #leaveCopy(): Promise<void> {
		const isReplaced = this.#closed === 'replaced';
		const isTakenAway = this.#closed === 'no-access' || this.#closed === 'no-document';
		if (!isReplaced && !(isTakenAway && !this.hasUnsaved)) return;
		await this.#copyOpened;
		const copy = this.#copy;
		this.#copy = null;
		if (!this.hasUnsaved) await copy?.remove().catch(() => {});
		else {
			if (!copy?.isKeeping) leaveInMemory(this.#copyOf, this.doc, this.#questions.unsaved.pending);
			await copy?.close().catch(() => {});
		}
		if (isReplaced && !this.#isDestroyed) this.emit('replaced', []);
	}

	readonly #online = (): void => {
		if (!this.#closed && !this.#socket.isConnected) this.#socket.connect();
	};

	// "Offline" may mean another network interface than ours; the server's silence decides.
	readonly #offline = (): void => {
		if (!this.#questions.isHandedOver) return;
		clearTimeout(this.#probeTimer);
		this.#probeTimer = setTimeout(() => !this.#isDestroyed && !this.#closed && this.#socket.renew(), PROBE_MS);
		this.#questions.ask();
	};

	#tell(): void {
		if (this.#isDestroyed) return;
		const { unsaved, isConfirmed, isFull } = this.#questions;
		const state = stateFrom({
			closed: this.#closed,
			connected: this.#socket.isConnected,
			everConnected: this.#everConnected,
			confirmed: isConfirmed,
			role: this.#role,
			full: isFull,
			pending: unsaved.pending,
			pendingForMs: unsaved.pendingForMs,
			keptHere: this.#copy?.isKeeping ?? false
		});
		clearTimeout(this.#lateTimer);
		if (state.kind === 'saving') {
			const wait = NOT_SAVED_AFTER_MS - unsaved.pendingForMs + 1;
			this.#lateTimer = setTimeout(() => this.#tell(), Math.max(1, wait));
		}
		if (isSame(state, this.#state)) return;
		this.#state = state;
		this.emit('state', [state]);
	}
}

function isSame(one: SyncState, other: SyncState): boolean {
	return (
		one.kind === other.kind &&
		one.pending === other.pending &&
		(one.kind !== 'closed' || (other.kind === 'closed' && one.reason === other.reason))
	);
}
