import { isFinal, pauseAfter, RESTART_ATTEMPT } from '../../base/socket-close.ts';
import { CLOSE, type Message } from '../protocol.ts';

/** By then three keep-alive messages of the server did not come. */
const SILENT_MS = 60_000;
/** A socket that nobody needs is kept this long, as between two pages. */
const LINGER_MS = 2_000;

/** What somebody who listens to a topic hears. */
export interface TopicListener {
	/** Everything announced from now on comes; what came before is not known. */
	joined(): void;
	/** Something changed; with `data` that is all there is to know. */
	changed(message: { kind?: string; id?: string; data?: unknown }): void;
	/** Nothing comes any more, for good. */
	ended(why: EndReason): void;
	/** Nothing comes for now. */
	lost?(): void;
}

/** The person may not see it, no longer or at all; or nobody is signed in. */
export type EndReason = 'no access' | 'signed out';

export interface LiveSocketOptions {
	url: string;
	/** Renews the session; false when nobody is signed in any more. */
	renewSession(): Promise<boolean>;
	WebSocket?: typeof WebSocket;
	/** Silence after which a connection counts as lost (ms). */
	silentMs?: number;
}

/** The one socket of a tab (PG1). */
export class LiveSocket {
	readonly #options: LiveSocketOptions;
	readonly #topics = new Map<string, Set<TopicListener>>();
	readonly #joined = new Set<string>();
	#ws: WebSocket | null = null;
	#failures = 0;
	#hasRenewed = false;
	#reconnectTimer: ReturnType<typeof setTimeout> | undefined;
	#silenceTimer: ReturnType<typeof setTimeout> | undefined;
	#lingerTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: LiveSocketOptions) {
		this.#options = options;
	}

	/** Listens to a topic; answers how to stop. */
	listen(topic: string, listener: TopicListener): () => void {
		clearTimeout(this.#lingerTimer);
		const listeners = this.#topics.get(topic);
		if (listeners) {
			listeners.add(listener);
			if (this.#joined.has(topic)) listener.joined();
		} else {
			this.#topics.set(topic, new Set([listener]));
			if (this.#ws?.readyState === 1) this.#send({ join: topic });
			else if (!this.#ws && !this.#reconnectTimer) this.#connect();
		}
		return () => this.#stop(topic, listener);
	}

	/** Cuts a pause between two attempts short, as when the network is back. */
	hurry(): void {
		if (this.#reconnectTimer) this.#connect();
	}

	#stop(topic: string, listener: TopicListener): void {
		const listeners = this.#topics.get(topic);
		if (!listeners?.delete(listener) || listeners.size > 0) return;
		this.#topics.delete(topic);
		this.#joined.delete(topic);
		this.#send({ leave: topic });
		if (this.#topics.size === 0) this.#lingerTimer = setTimeout(() => this.#close(), LINGER_MS);
	}

	#connect(): void {
		clearTimeout(this.#reconnectTimer);
		this.#reconnectTimer = undefined;
		const ws = new (this.#options.WebSocket ?? WebSocket)(this.#options.url);
		this.#ws = ws;
		this.#listenForSilence();
		ws.onopen = () => {
			for (const topic of this.#topics.keys()) this.#send({ join: topic });
		};
		ws.onmessage = ({ data }) => {
			if (ws !== this.#ws) return;
			this.#listenForSilence();
			this.#take(JSON.parse(data as string) as Message);
		};
		ws.onclose = ({ code }) => ws === this.#ws && this.#lost(code);
	}

	#close(): void {
		clearTimeout(this.#reconnectTimer);
		clearTimeout(this.#silenceTimer);
		this.#reconnectTimer = undefined;
		const ws = this.#ws;
		this.#ws = null;
		this.#joined.clear();
		ws?.close();
	}

	#take(message: Message): void {
		if ('renew' in message) return void this.#options.renewSession().catch(() => false);
		if ('joined' in message) {
			this.#failures = 0;
			this.#hasRenewed = false;
			this.#joined.add(message.joined);
			this.#each(message.joined, (listener) => listener.joined());
		} else if ('topic' in message) this.#each(message.topic, (listener) => listener.changed(message));
		else if ('gap' in message) this.#each(message.gap, (listener) => listener.joined());
		else if ('refused' in message) this.#ended(message.refused);
		else if ('left' in message && message.reason === 'no access') this.#ended(message.left);
	}

	#ended(topic: string): void {
		const listeners = this.#topics.get(topic);
		this.#topics.delete(topic);
		this.#joined.delete(topic);
		for (const listener of listeners ?? []) listener.ended('no access');
	}

	#lost(code: number): void {
		this.#close();
		for (const topic of this.#topics.keys()) this.#each(topic, (listener) => listener.lost?.());
		if (this.#topics.size === 0) return;
		if (code === CLOSE.unauthenticated && !this.#hasRenewed) return void this.#renewThenConnect();
		if (isFinal(code)) return this.#signedOut();
		this.#failures++;
		if (code === CLOSE.restart || code === CLOSE.tryAgain) this.#failures = Math.max(this.#failures, RESTART_ATTEMPT);
		this.#connectIn(pauseAfter(this.#failures));
	}

	async #renewThenConnect(): Promise<void> {
		this.#hasRenewed = true;
		const isSignedIn = await this.#options.renewSession().catch(() => null);
		if (isSignedIn === false) this.#signedOut();
		// Null: the server did not answer, so that nobody knows.
		else this.#connectIn(isSignedIn ? 0 : pauseAfter(++this.#failures));
	}

	#signedOut(): void {
		const all = [...this.#topics.values()];
		this.#topics.clear();
		for (const listeners of all) for (const listener of listeners) listener.ended('signed out');
	}

	#connectIn(pauseMs: number): void {
		this.#reconnectTimer = setTimeout(() => this.#connect(), pauseMs);
	}

	#listenForSilence(): void {
		clearTimeout(this.#silenceTimer);
		this.#silenceTimer = setTimeout(() => this.#lost(0), this.#options.silentMs ?? SILENT_MS);
	}

	#each(topic: string, tell: (listener: TopicListener) => void): void {
		for (const listener of [...(this.#topics.get(topic) ?? [])]) tell(listener);
	}

	#send(request: { join: string } | { leave: string }): void {
		if (this.#ws?.readyState === 1) this.#ws.send(JSON.stringify(request));
	}
}
