import { RequestRefused } from '../documents/library/document-requests.ts';
import { m } from '../i18n/paraglide/messages.js';
import { toast } from '../ui/overlays/toast.svelte.ts';
import { Outgoing } from './outgoing.svelte.ts';
import { loadThread, loadThreads } from './thread-requests.ts';
import type { Thread } from './threads.ts';

/** The threads of the document of a page, as they are on the server, and what this person writes about it. Browser only. */
export class DocumentThreads {
	readonly documentId: string;
	readonly personId: string;
	readonly outgoing: Outgoing;
	#all = $state.raw<ReadonlyMap<string, Thread>>(new Map());
	#status = $state<'loading' | 'ready' | 'failed'>('loading');
	/** The thread whose passage is chosen; null when none is. */
	active = $state<string | null>(null);
	/** The last request for each thread: an answer that comes after a later one says nothing. */
	readonly #asked = new Map<string, number>();
	#loads = 0;

	constructor(documentId: string, personId: string) {
		this.documentId = documentId;
		this.personId = personId;
		this.outgoing = new Outgoing(personId, documentId, (threadId, wasNew) => {
			void this.refresh(threadId).then(() => wasNew && (this.active = threadId));
		});
	}

	destroy(): void {
		this.outgoing.destroy();
	}

	get all(): ReadonlyMap<string, Thread> {
		return this.#all;
	}
	get status(): 'loading' | 'ready' | 'failed' {
		return this.#status;
	}
	get open(): Thread[] {
		return [...this.#all.values()].filter(({ state }) => state === 'open');
	}

	/** Loads all of them, at first and whenever it is not known what changed. */
	async load(): Promise<void> {
		const load = ++this.#loads;
		const before = new Map(this.#asked);
		try {
			const loaded = await loadThreads(this.documentId);
			if (load !== this.#loads) return;
			// What was asked for by itself meanwhile is newer.
			const isOlder = ({ id }: Thread) => this.#asked.get(id) !== before.get(id);
			this.#all = new Map(loaded.map((thread) => [thread.id, (isOlder(thread) && this.#all.get(thread.id)) || thread]));
			this.#status = 'ready';
		} catch {
			// What is shown stays; the next message or join asks again.
			if (this.#status === 'loading') this.#status = 'failed';
		}
	}

	/** Something about a thread was announced; which one is not known when the id is missing. */
	heard(id: string | undefined): void {
		if (id === undefined) void this.load();
		else void this.refresh(id);
	}

	/** Loads one thread anew. */
	async refresh(id: string): Promise<void> {
		const asked = (this.#asked.get(id) ?? 0) + 1;
		this.#asked.set(id, asked);
		try {
			const thread = await loadThread(id);
			if (this.#asked.get(id) === asked) this.#put(id, thread);
		} catch {
			// The next message asks again.
		}
	}

	/** Does something to a thread, and shows it as it is then. False when it was refused, which the person was told. */
	async change(id: string, act: () => Promise<Thread | void>): Promise<boolean> {
		try {
			const thread = await act();
			if (thread) this.#put(id, thread);
			else await this.refresh(id);
			return true;
		} catch (error) {
			toast({ tone: 'error', text: error instanceof RequestRefused ? error.message : m.accounts_refused_unknown() });
			await this.refresh(id);
			return false;
		}
	}

	#put(id: string, thread: Thread | null): void {
		const all = new Map(this.#all);
		if (thread) all.set(id, thread);
		else all.delete(id);
		this.#all = all;
		if (!thread && this.active === id) this.active = null;
	}
}
