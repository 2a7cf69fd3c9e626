import { pauseAfter } from '../base/socket-close.ts';
import { RequestRefused } from '../documents/library/document-requests.ts';
import type { ChosenPassage } from './threads.ts';
import { hasWording, keepUnsent, type ProposedWording, readUnsent, type Unsent } from './unsent.ts';
import { send } from './thread-requests.ts';

/** Statuses after which the same is sent again: nothing was reached, or the server had no time. */
const AGAIN = [0, 429, 500, 502, 503, 504];

/**
 * What a person writes about a document and the server does not have yet. It is kept on this device with each letter, so
 * a reload loses nothing, and what was sent goes out by itself when the network is back. Browser only.
 */
export class Outgoing {
	readonly #personId: string;
	readonly documentId: string;
	readonly #onSent: (threadId: string, wasNew: boolean) => void;
	#items = $state.raw<readonly Unsent[]>([]);
	#isSending = false;
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** `onSent`: the server has it now. */
	constructor(personId: string, documentId: string, onSent: (threadId: string, wasNew: boolean) => void) {
		this.#personId = personId;
		this.documentId = documentId;
		this.#onSent = onSent;
		this.#items = readUnsent(personId, documentId);
		addEventListener('online', this.#hurry);
		void this.#flush();
	}

	destroy(): void {
		removeEventListener('online', this.#hurry);
		clearTimeout(this.#timer);
	}

	/** Sent, and on their way. */
	get waiting(): readonly Unsent[] {
		return this.#items.filter(({ isSent }) => isSent);
	}

	/** The new thread that is being written; null when there is none. */
	get opening(): Unsent | null {
		return this.#items.find(({ threadId, isSent }) => threadId === null && !isSent) ?? null;
	}

	/** The new thread that is being written, or is on its way. */
	get newThread(): Unsent | null {
		return this.opening ?? this.waiting.find(({ threadId }) => threadId === null) ?? null;
	}

	/** The answer that is being written in a thread. */
	answerIn(threadId: string): Unsent | null {
		return this.#items.find((each) => each.threadId === threadId && !each.isSent) ?? null;
	}

	/** Begins a new thread, or says what the one that is being written is about. */
	begin(ranges: ChosenPassage[], number: string, proposal: ProposedWording | null = null): void {
		const { opening } = this;
		if (opening) this.#change(opening.key, { ranges, number, proposal });
		else this.#keep([...this.#items, made({ ranges, number, proposal })]);
	}

	/** Keeps the words of a new thread (null) or of an answer as they are typed. */
	write(threadId: string | null, body: string, assigneeId: string | null = null): void {
		const known = threadId === null ? this.opening : this.answerIn(threadId);
		if (known) this.#change(known.key, { body, assigneeId, refused: null });
		else if (body !== '') this.#keep([...this.#items, made({ threadId, body, assigneeId })]);
	}

	/** Keeps the wording that the new thread proposes as it is written. */
	word(proposal: ProposedWording): void {
		if (this.opening) this.#change(this.opening.key, { proposal, refused: null });
	}

	/** Sends what was written in a thread, or opens one. */
	send(threadId: string | null): void {
		const known = threadId === null ? this.opening : this.answerIn(threadId);
		if (!known || (known.proposal ? !hasWording(known.proposal) : known.body.trim() === '')) return;
		this.#change(known.key, { isSent: true, refused: null, at: new Date().toISOString() });
		this.#hurry();
	}

	/** Takes back what was written and not sent yet. */
	drop(key: string): void {
		this.#keep(this.#items.filter((each) => each.key !== key));
	}

	readonly #hurry = (): void => {
		clearTimeout(this.#timer);
		void this.#flush();
	};

	async #flush(): Promise<void> {
		if (this.#isSending) return;
		this.#isSending = true;
		try {
			for (let next = this.waiting[0]; next; next = this.waiting[0]) {
				const threadId = await send(this.documentId, next);
				this.#failures = 0;
				this.drop(next.key);
				this.#onSent(threadId, next.threadId === null);
			}
		} catch (error) {
			const status = error instanceof RequestRefused ? error.status : 0;
			const [refused] = this.waiting;
			if (AGAIN.includes(status)) this.#timer = setTimeout(this.#hurry, pauseAfter(++this.#failures));
			else if (refused) {
				// It is the person's to change: with another key, since the words may become others.
				const sentence = (error as RequestRefused).message;
				this.#change(refused.key, { isSent: false, refused: sentence, key: crypto.randomUUID() });
				this.#timer = setTimeout(this.#hurry);
			}
		} finally {
			this.#isSending = false;
		}
	}

	#change(key: string, changes: Partial<Unsent>): void {
		this.#keep(this.#items.map((each) => (each.key === key ? { ...each, ...changes } : each)));
	}

	#keep(items: readonly Unsent[]): void {
		this.#items = items;
		keepUnsent(this.#personId, this.documentId, items);
	}
}

function made(of: Partial<Unsent>): Unsent {
	return {
		key: crypto.randomUUID(),
		threadId: null,
		ranges: [],
		number: '',
		body: '',
		proposal: null,
		assigneeId: null,
		isSent: false,
		refused: null,
		at: new Date().toISOString(),
		...of
	};
}
