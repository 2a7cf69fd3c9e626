import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { countExplained, type Explanation } from './explanations.ts';
import { type Draft, keepDrafts, readDrafts } from './unsent-explanations.ts';

interface Options {
	personId: () => string;
	/** Names of both texts. */
	pair: () => { before: string; after: string };
	/** As the page came with them. */
	listed: () => readonly Explanation[];
}

/** Typing goes on for so long before it is sent. */
const PAUSE_MS = 800;
const AGAIN_MS = 5000;

/**
 * The explanations of a comparison, written by several people at once. What is typed stays in this tab's storage until the
 * server has it, and never replaces what the person has not seen. For use while a component is set up.
 */
export class Explaining {
	readonly #rows = new SvelteMap<string, Explanation>();
	readonly #drafts = new SvelteMap<string, Draft>();
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #sending = new Set<string>();
	readonly #pair: Options['pair'];
	readonly #personId: Options['personId'];
	readonly explained = $derived(countExplained(this.#rows.values()));
	/** Whether something that was typed is not with the server yet. */
	readonly hasUnsent = $derived(this.#drafts.size > 0);

	constructor({ personId, pair, listed }: Options) {
		this.#personId = personId;
		this.#pair = pair;
		for (const row of listed()) this.#rows.set(row.uid, row);
		// Derived, since a page that looks again at something else is given the same list once more.
		const name = $derived(this.#pairName());
		const rows = $derived(listed());
		$effect(() => {
			const kept = readDrafts(this.#personId(), name);
			untrack(() => this.#begin(rows, kept));
		});
		$effect(() => {
			const now = rows;
			untrack(() => now.forEach((row) => this.#take(row)));
		});
		$effect(() => () => this.#timers.forEach(clearTimeout));
	}

	row(uid: string): Explanation | undefined {
		return this.#rows.get(uid);
	}

	draft(uid: string): Draft | undefined {
		return this.#drafts.get(uid);
	}

	/** Somebody typed. */
	type(uid: string, text: string): void {
		const before = this.#drafts.get(uid);
		this.#set(uid, {
			text,
			seen: before?.seen ?? this.#rows.get(uid)?.revision ?? 0,
			state: before?.state === 'met' ? 'met' : 'waiting',
			refusal: ''
		});
		if (before?.state !== 'met') this.#soon(uid, PAUSE_MS);
	}

	/** The person leaves the field. */
	leave(uid: string): void {
		if (this.#drafts.get(uid)?.state === 'waiting') this.#soon(uid, 0);
	}

	/** Of two wordings the person keeps their own, having seen the other. */
	keepMine(uid: string): void {
		const draft = this.#drafts.get(uid);
		if (!draft) return;
		this.#set(uid, { ...draft, seen: this.#rows.get(uid)?.revision ?? 0, state: 'waiting' });
		this.#soon(uid, 0);
	}

	/** Or takes the other. */
	takeTheirs(uid: string): void {
		this.#set(uid, null);
	}

	/** What the server has by now. */
	async look(): Promise<void> {
		const response = await fetch(`/api/compare/explanations?${new URLSearchParams(this.#pair())}`);
		if (!response.ok) return;
		const { items } = (await response.json()) as { items: Explanation[] };
		for (const row of items) this.#take(row);
	}

	/** Another pair of texts, or the first. */
	#begin(rows: readonly Explanation[], kept: Record<string, Draft>): void {
		this.#rows.clear();
		this.#drafts.clear();
		for (const row of rows) this.#rows.set(row.uid, row);
		for (const [uid, draft] of Object.entries(kept)) {
			this.#drafts.set(uid, draft);
			if (draft.state === 'waiting') this.#soon(uid, 0);
		}
	}

	async #send(uid: string): Promise<void> {
		const draft = this.#drafts.get(uid);
		if (draft?.state !== 'waiting' || this.#sending.has(uid)) return;
		this.#sending.add(uid);
		try {
			const response = await fetch('/api/compare/explanations', {
				method: 'PUT',
				headers: { 'content-type': 'application/json', 'if-match': `"${draft.seen}"` },
				body: JSON.stringify({ ...this.#pair(), uid, text: draft.text })
			});
			const answer = (await response.json()) as Explanation & { message: string; present?: Explanation };
			if (response.ok) this.#arrived(uid, draft, answer);
			else if (response.status === 409 && answer.present) this.#met(uid, answer.present);
			else if (response.status >= 500 || response.status === 429) this.#soon(uid, AGAIN_MS);
			else this.#set(uid, { ...(this.#drafts.get(uid) ?? draft), state: 'refused', refusal: answer.message });
		} catch {
			// No network: it waits here.
			this.#soon(uid, AGAIN_MS);
		} finally {
			this.#sending.delete(uid);
		}
	}

	#arrived(uid: string, sent: Draft, row: Explanation): void {
		this.#take(row);
		const now = this.#drafts.get(uid);
		if (!now || now.text === sent.text) return this.#set(uid, null);
		this.#set(uid, { ...now, seen: row.revision });
		this.#soon(uid, PAUSE_MS);
	}

	#met(uid: string, present: Explanation): void {
		this.#take(present);
		const draft = this.#drafts.get(uid);
		if (!draft || draft.text === present.text) this.#set(uid, null);
		else this.#set(uid, { ...draft, state: 'met' });
	}

	#take(row: Explanation): void {
		if ((this.#rows.get(row.uid)?.revision ?? 0) <= row.revision) this.#rows.set(row.uid, row);
	}

	#soon(uid: string, ms: number): void {
		clearTimeout(this.#timers.get(uid));
		this.#timers.set(
			uid,
			setTimeout(() => void this.#send(uid), ms)
		);
	}

	#set(uid: string, draft: Draft | null): void {
		if (draft) this.#drafts.set(uid, draft);
		else this.#drafts.delete(uid);
		keepDrafts(this.#personId(), this.#pairName(), Object.fromEntries(this.#drafts));
	}

	#pairName(): string {
		const { before, after } = this.#pair();
		return `${before}:${after}`;
	}
}
