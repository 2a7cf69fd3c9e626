export interface ToastOptions {
	text: string;
	tone?: 'neutral' | 'success' | 'error';
	/** Usually "Undo". Choosing it closes the toast. */
	action?: { label: string; run: () => void | Promise<void> };
	/** Milliseconds on screen; time stands still under the pointer or the focus. Errors stay until dismissed. */
	duration?: number;
}

interface Toast extends ToastOptions {
	id: number;
}

const SHORT_MS = 5_000;
const WITH_ACTION_MS = 10_000;
const MOST_SHOWN = 4;

class Toasts {
	shown = $state<Toast[]>([]);
	#timers = new Map<number, { left: number; since: number; handle: ReturnType<typeof setTimeout> }>();
	#nextId = 1;

	/** Shows a message at the foot of the page. Browser only: call it from events, never while a page is being rendered. */
	show(options: ToastOptions): number {
		const id = this.#nextId++;
		this.shown.push({ ...options, id });
		for (const old of this.shown.slice(0, -MOST_SHOWN)) this.dismiss(old.id);
		const duration = options.duration ?? (options.action ? WITH_ACTION_MS : SHORT_MS);
		if (options.tone !== 'error' || options.duration) this.#run(id, duration);
		return id;
	}

	dismiss(id: number): void {
		clearTimeout(this.#timers.get(id)?.handle);
		this.#timers.delete(id);
		this.shown = this.shown.filter((toast) => toast.id !== id);
	}

	/** Stops all clocks, while somebody reads. */
	pause(): void {
		for (const timer of this.#timers.values()) {
			clearTimeout(timer.handle);
			timer.left -= Date.now() - timer.since;
		}
	}

	/** Lets the clocks run on. */
	resume(): void {
		for (const [id, timer] of this.#timers) this.#run(id, timer.left);
	}

	#run(id: number, left: number): void {
		const wait = Math.max(left, 500);
		clearTimeout(this.#timers.get(id)?.handle);
		this.#timers.set(id, { left: wait, since: Date.now(), handle: setTimeout(() => this.dismiss(id), wait) });
	}
}

/** One per tab. On the server nothing writes to it, so nothing can leak from one request to another. */
export const toasts = new Toasts();

/** `toast({ text: 'Đã chuyển vào thùng rác', action: { label: 'Hoàn tác', run: restore } })` */
export function toast(options: ToastOptions): number {
	return toasts.show(options);
}
