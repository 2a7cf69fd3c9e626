import type { LiveRooms } from '$lib/collab/live-rooms/live-rooms.ts';
import type { EndReason, TopicListener } from '$lib/live/client/live-socket.ts';

/** Figures come every two seconds; after this time without any (ms) something is wrong. */
const STALE_MS = 6_000;

/** The live figures on the page: those that the process pushed last, and whether more will come. */
export class LiveView implements TopicListener {
	now: LiveRooms = $state.raw()!;
	/** Since when nothing newer has come (ms since 1970); null while all is well. */
	failingSince = $state<number | null>(null);
	/** Nothing will come any more: the session is over, or the right to look. */
	over = $state<EndReason | null>(null);
	#staleTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(first: LiveRooms) {
		this.now = first;
	}

	/** Takes figures, whichever way they came. */
	take(figures: LiveRooms): void {
		if (figures.at < this.now.at) return;
		this.now = figures;
		this.joined();
	}

	joined(): void {
		this.failingSince = null;
		clearTimeout(this.#staleTimer);
		this.#staleTimer = setTimeout(() => this.lost(), STALE_MS);
	}

	changed({ data }: { data?: unknown }): void {
		if (data) this.take(data as LiveRooms);
	}

	lost(): void {
		this.failingSince ??= Date.now();
	}

	ended(why: EndReason): void {
		this.over = why;
		this.stop();
	}

	/** The page is left. */
	stop(): void {
		clearTimeout(this.#staleTimer);
	}
}
