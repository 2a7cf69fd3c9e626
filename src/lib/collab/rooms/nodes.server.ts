import type { Bus } from '../../server/bus.ts';
import type { SyncLog } from './report.server.ts';
import type { NodeReport } from './reporter.server.ts';

const CHANNEL = 'plenum:nodes';
/** A node that says nothing for this long is forgotten, and as often everybody is given the full time to answer. */
const KNOWN_MS = 30_000;

/** What nodes tell each other about themselves. */
type NodeNews =
	| { kind: 'ask'; from: string; question: number }
	| { kind: 'answer'; from: string; to: string; question: number; report: NodeReport }
	| { kind: 'disconnect'; from: string; documentId: string }
	/** A node begins, or stops. */
	| { kind: 'hello' | 'bye'; from: string };

/** What the other nodes said, and which of those known said nothing. */
export interface Others {
	reports: NodeReport[];
	silent: string[];
}

export interface NodesOptions {
	node: string;
	bus: Bus;
	log: SyncLog;
	/** How long to wait for answers. */
	withinMs: number;
	report(): NodeReport;
	/** Somebody on another node asked to close all connections of a document. */
	onDisconnect(documentId: string): void;
}

/** The nodes of one installation ask each other what is going on (OP4, OP5). */
export class Nodes {
	readonly #options: NodesOptions;
	/** Other nodes, and when each was last heard (ms since 1970). */
	readonly #known = new Map<string, number>();
	#asking: Promise<Others> | null = null;
	#question = 0;
	#askedAllAt = 0;
	#hear: (answer: NodeReport) => void = () => {};
	#unfollow: () => void = () => {};

	constructor(options: NodesOptions) {
		this.#options = options;
		void this.#follow();
	}

	/** Asks all other nodes; those who ask at the same time share the answer. Resolves within `withinMs`. */
	ask(): Promise<Others> {
		this.#asking ??= this.#ask().finally(() => (this.#asking = null));
		return this.#asking;
	}

	disconnect(documentId: string): void {
		this.#publish({ kind: 'disconnect', from: this.#options.node, documentId });
	}

	stop(): void {
		this.#publish({ kind: 'bye', from: this.#options.node });
		this.#unfollow();
	}

	async #ask(): Promise<Others> {
		const { node, withinMs } = this.#options;
		const question = ++this.#question;
		const now = Date.now();
		const reports = new Map<string, NodeReport>();
		// A node may have come without being heard: now and then all get the time to answer, not only those known.
		const mustWait = now - this.#askedAllAt > KNOWN_MS;
		if (mustWait) this.#askedAllAt = now;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, withinMs);
			const look = () => {
				if (mustWait || [...this.#known.keys()].some((other) => !reports.has(other))) return;
				clearTimeout(timer);
				resolve();
			};
			this.#hear = (report) => {
				reports.set(report.node, report);
				look();
			};
			this.#publish({ kind: 'ask', from: node, question });
			look();
		});
		this.#hear = () => {};
		const silent = [...this.#known.keys()].filter((other) => !reports.has(other));
		for (const other of silent) if (now - this.#known.get(other)! > KNOWN_MS) this.#known.delete(other);
		return { reports: [...reports.values()], silent };
	}

	async #follow(): Promise<void> {
		const { bus, log, node } = this.#options;
		try {
			this.#unfollow = await bus.subscribe(CHANNEL, (bytes) => this.#take(JSON.parse(Buffer.from(bytes).toString()) as NodeNews));
			this.#publish({ kind: 'hello', from: node });
		} catch (error) {
			log.error({ err: error }, 'what is going on here will not be seen on other nodes');
		}
	}

	#take(news: NodeNews): void {
		const { node } = this.#options;
		if (news.from === node) return;
		if (news.kind === 'bye') this.#known.delete(news.from);
		else this.#known.set(news.from, Date.now());
		switch (news.kind) {
			case 'ask':
				return this.#publish({
					kind: 'answer',
					from: node,
					to: news.from,
					question: news.question,
					report: this.#options.report()
				});
			case 'answer':
				if (news.to === node && news.question === this.#question) this.#hear(news.report);
				return;
			case 'disconnect':
				return this.#options.onDisconnect(news.documentId);
		}
	}

	#publish(news: NodeNews): void {
		this.#options.bus.publish(CHANNEL, Buffer.from(JSON.stringify(news)));
	}
}
