import type { LiveRooms } from '$lib/collab/live-rooms/live-rooms.ts';

const EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;

/** The live figures on the page: asks for new ones while somebody looks, and says when there are none. */
export class LiveView {
	now: LiveRooms = $state.raw()!;
	/** Since when nothing newer has come (ms since 1970); null while all is well. */
	failingSince = $state<number | null>(null);
	/** Asking again is useless: the session is over, or the right to look. */
	ended = $state<'signed out' | 'not allowed' | null>(null);
	#address: string;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isWatching = false;
	#isAsking = false;

	constructor(address: string, first: LiveRooms) {
		this.#address = address;
		this.now = first;
	}

	/** Takes figures that came another way. */
	take(figures: LiveRooms): void {
		if (figures.at < this.now.at) return;
		this.now = figures;
		this.failingSince = null;
	}

	/** For an effect: begins to ask, pauses while the page is hidden; the function it returns ends it. */
	watch(): () => void {
		const look = () => {
			clearTimeout(this.#timer);
			this.#isWatching = document.visibilityState === 'visible';
			if (this.#isWatching) void this.#ask();
		};
		document.addEventListener('visibilitychange', look);
		this.#isWatching = document.visibilityState === 'visible';
		this.#plan();
		return () => {
			document.removeEventListener('visibilitychange', look);
			this.#isWatching = false;
			clearTimeout(this.#timer);
		};
	}

	#plan(): void {
		clearTimeout(this.#timer);
		if (this.#isWatching && !this.ended) this.#timer = setTimeout(() => void this.#ask(), EVERY_MS);
	}

	async #ask(): Promise<void> {
		if (this.#isAsking || this.ended) return;
		this.#isAsking = true;
		try {
			const response = await fetch(this.#address, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) });
			if (response.ok) this.take((await response.json()) as LiveRooms);
			else if (response.status === 401) this.ended = 'signed out';
			else if (response.status === 404) this.ended = 'not allowed';
			else this.failingSince ??= Date.now();
		} catch {
			this.failingSince ??= Date.now();
		} finally {
			this.#isAsking = false;
			this.#plan();
		}
	}
}
