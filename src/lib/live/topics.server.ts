import type { LiveLimits } from './limits.server.ts';
import { readTopic, type TopicKind } from './protocol.ts';
import { type Hearer, Topic } from './topic.server.ts';

/**
 * What only this process knows, about all topics of one kind: `begin` is called when somebody begins to listen to one of
 * them, pushes what there is now and what there is later, and answers how to stop.
 */
export interface Source {
	begin(id: string, push: (data: unknown) => void): () => void;
}

/** The topics that somebody on this node listens to. */
export class Topics {
	readonly #limits: LiveLimits;
	readonly #sources: Partial<Record<TopicKind, Source>>;
	readonly #open = new Map<string, { topic: Topic; stop: () => void }>();

	constructor(limits: LiveLimits, sources: Partial<Record<TopicKind, Source>>) {
		this.#limits = limits;
		this.#sources = sources;
	}

	get size(): number {
		return this.#open.size;
	}

	get(name: string): Topic | undefined {
		return this.#open.get(name)?.topic;
	}

	join(name: string, hearer: Hearer): Topic {
		const { topic } = this.#open.get(name) ?? this.#begin(name);
		topic.hearers.add(hearer);
		return topic;
	}

	leave(topic: Topic, hearer: Hearer): void {
		topic.hearers.delete(hearer);
		if (topic.hearers.size > 0) return;
		topic.stop();
		this.#open.get(topic.name)?.stop();
		this.#open.delete(topic.name);
	}

	/** Says of every topic that announcements may have been missed. What a source pushes has no gaps. */
	tellGap(): void {
		for (const { topic } of this.#open.values()) if (!this.#sourceOf(topic.name)) topic.tellGap();
	}

	#begin(name: string) {
		const topic = new Topic(name, this.#limits);
		const stop = this.#sourceOf(name)?.begin(readTopic(name)!.id, (data) => topic.push(data)) ?? (() => {});
		const opened = { topic, stop };
		this.#open.set(name, opened);
		return opened;
	}

	#sourceOf(name: string): Source | undefined {
		return this.#sources[readTopic(name)!.kind];
	}
}
