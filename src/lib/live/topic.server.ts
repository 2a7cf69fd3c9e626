import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Frame, toJsonFrame } from '../server/sockets/frames.ts';
import { Pace } from '../server/sockets/pace.ts';
import type { LiveLimits } from './limits.server.ts';

/** What was announced: which kind of thing changed, and its id. */
export interface Notice {
	kind: string;
	id: string;
}

/** A socket as a topic sees it. */
export interface Hearer {
	hear(topic: Topic, frame: Frame): void;
}

/** Everybody on this node who listens to one topic. */
export class Topic {
	readonly name: string;
	readonly hearers = new Set<Hearer>();
	readonly #limits: LiveLimits;
	readonly #pace = new Pace(() => this.#tellNews());
	#news: Partial<Notice> | null = null;
	#seq = 0;

	constructor(name: string, limits: LiveLimits) {
		this.name = name;
		this.#limits = limits;
	}

	/** Number of the last message. */
	get seq(): number {
		return this.#seq;
	}

	/** Sends it soon: at once when the topic was quiet, else together with what is announced meanwhile (AN3). */
	announce({ kind, id }: Notice): void {
		if (!this.#news) this.#news = { kind, id };
		else {
			if (this.#news.kind !== kind) delete this.#news.kind;
			if (this.#news.id !== id) delete this.#news.id;
		}
		this.#pace.start(this.#limits.announceEveryMs);
	}

	/** Sends what only this process knows, as it is (AN6). */
	push(data: unknown): void {
		void this.#tellAll(toJsonFrame({ topic: this.name, seq: ++this.#seq, data }));
	}

	/** Says that announcements may have been missed (AN5). */
	tellGap(): void {
		void this.#tellAll(toJsonFrame({ gap: this.name }));
	}

	/** Nobody listens any more. */
	stop(): void {
		this.#pace.stop();
	}

	#tellNews(): void {
		const news = this.#news;
		this.#news = null;
		void this.#tellAll(toJsonFrame({ topic: this.name, seq: ++this.#seq, ...news }));
	}

	/** In slices, so that thousands of writes hold up nobody who types (AN4). Slices of two messages keep their order. */
	async #tellAll(frame: Frame): Promise<void> {
		let written = 0;
		for (const hearer of [...this.hearers]) {
			if (written > 0 && written % this.#limits.slice === 0) await nextTurn();
			written++;
			if (this.hearers.has(hearer)) hearer.hear(this, frame);
		}
	}
}
