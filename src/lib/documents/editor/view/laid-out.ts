import type { EditorView } from '@tiptap/pm/view';

/** Blocks laid out in one go; more would be felt as a pause on a slow machine. */
const AT_ONCE = 80;
/** Blocks skipped again in one frame once somebody types; all of a long decree at once are felt. */
const SKIPPED_AT_ONCE = 200;
/** After opening a document the first screen comes first, in milliseconds. */
const BEGIN_AFTER_MS = 600;
/** So long nobody typed here before all blocks are laid out again, in milliseconds. */
const REST_MS = 2_000;
const CLASS = 'laid-out';

/**
 * Blocks off screen are skipped by the browser (`content-visibility`) so that a keystroke in a law costs what it costs in
 * a letter. Two things need them laid out, which happens while the person does nothing, a few blocks at a time:
 *
 * - Each block once, for its height: measured in a law of 1,257 blocks, guessed heights made the layout after a keystroke
 *   1.6 ms long, remembered ones 0.2 ms. It also makes the scroll bar and jumps exact.
 * - All blocks for as long as nobody types: a screen reader is told nothing of what is skipped.
 *
 * A block is laid out by a class of its own: with a rule that counts blocks (`:nth-child`) each new line has the browser
 * look at all that follow it, 0.5 s in 9,000 provisions. Returns what stops it.
 */
export function keepLaidOut(view: EditorView): () => void {
	const body = view.dom;
	/** Were laid out at least once. */
	const measured = new WeakSet<Element>();
	/** Are laid out now. */
	let shown: Element[] = [];
	let isStopped = false;
	let lastKey = -REST_MS;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function whenIdle(after: number): void {
		clearTimeout(timer);
		timer = setTimeout(() => {
			if (isStopped) return;
			if ('requestIdleCallback' in globalThis) requestIdleCallback(step);
			else step();
		}, after);
	}

	function step(): void {
		if (isStopped) return;
		const rest = lastKey + REST_MS - performance.now();
		if (rest > 0 && shown.length > 0) {
			set(shown.splice(-SKIPPED_AT_ONCE), false);
			return void requestAnimationFrame(step);
		}
		const lot = next((block) => !(rest > 0 ? measured.has(block) : block.classList.contains(CLASS)));
		if (lot.length === 0) return rest > 0 ? whenIdle(rest) : undefined;
		set(lot, true);
		shown.push(...lot);
		// The browser remembers a height in the frame in which the block was laid out, so each lot stays for two.
		requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(0)));
	}

	function next(isWanted: (block: Element) => boolean): Element[] {
		const lot: Element[] = [];
		for (let block = body.firstElementChild; block && lot.length < AT_ONCE; block = block.nextElementSibling)
			if (isWanted(block)) lot.push(block);
		return lot;
	}

	function set(blocks: Element[], isShown: boolean): void {
		withoutReading(view, () => blocks.forEach((block) => block.classList.toggle(CLASS, isShown)));
		if (isShown) blocks.forEach((block) => measured.add(block));
	}

	function typed(): void {
		const wasAtRest = performance.now() - lastKey > REST_MS;
		lastKey = performance.now();
		if (wasAtRest) requestAnimationFrame(step); // the keystroke itself comes first
	}

	/** Blocks come and go: by colleagues, undo, and when the editor draws one anew. */
	const changes = new MutationObserver(() => whenIdle(REST_MS));
	changes.observe(body, { childList: true });
	body.addEventListener('beforeinput', typed);
	body.addEventListener('keydown', typed);
	whenIdle(BEGIN_AFTER_MS);
	return () => {
		isStopped = true;
		clearTimeout(timer);
		changes.disconnect();
		body.removeEventListener('beforeinput', typed);
		body.removeEventListener('keydown', typed);
	};
}

/** The editor reads each change of its page as something typed, but for what is done while it does not look. */
function withoutReading(view: EditorView, change: () => void): void {
	const { domObserver } = view as unknown as { domObserver: { stop(): void; start(): void } };
	domObserver.stop();
	change();
	domObserver.start();
}
