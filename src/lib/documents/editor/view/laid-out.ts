/** Blocks laid out in one go; more would be felt as a pause on a slow machine. */
const AT_ONCE = 80;
/** After opening a document the first screen comes first, in milliseconds. */
const BEGIN_AFTER_MS = 600;
/** So long nobody typed here before all blocks are laid out again, in milliseconds. */
const REST_MS = 2_000;

/**
 * Blocks off screen are skipped by the browser (`content-visibility`) so that a keystroke in a law costs what it costs in
 * a letter. Two things need them laid out, which happens while the person does nothing, a few blocks at a time:
 *
 * - Each block once, for its height: measured in a law of 1,257 blocks, guessed heights made the layout after a keystroke
 *   1.6 ms long, remembered ones 0.2 ms. It also makes the scroll bar and jumps exact.
 * - All blocks for as long as nobody types: a screen reader is told nothing of what is skipped.
 *
 * Returns what stops it.
 */
export function keepLaidOut(body: HTMLElement): () => void {
	const sheet = new CSSStyleSheet();
	const root = body.ownerDocument;
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	/** So many blocks were laid out at least once. */
	let measured = 0;
	/** So many are laid out now, from the first on; 0 while they are measured in lots. */
	let shown = 0;
	let isStopped = false;
	let lastKey = -REST_MS;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function whenIdle(after: number): void {
		clearTimeout(timer);
		timer = setTimeout(() => {
			if (isStopped) return;
			if ('requestIdleCallback' in globalThis) requestIdleCallback(showSome);
			else showSome();
		}, after);
	}

	// The browser remembers a height in the frame in which the block was laid out, so each lot stays for two.
	function showSome(): void {
		if (isStopped) return;
		const count = body.childElementCount;
		const rest = lastKey + REST_MS - performance.now();
		if (measured < count) show(measured + 1, (measured += AT_ONCE));
		else if (rest > 0) return whenIdle(rest);
		else if (shown >= count) return show(1, Infinity);
		else show(1, (shown += AT_ONCE));
		requestAnimationFrame(() => requestAnimationFrame(() => whenIdle(0)));
	}

	function show(first: number, last: number): void {
		const end = last === Infinity ? '' : `:nth-child(-n + ${last})`;
		sheet.replaceSync(`.paper-body > :nth-child(n + ${first})${end} { content-visibility: visible }`);
	}

	function typed(): void {
		lastKey = performance.now();
		if (shown === 0) return; // a lot is under way, or waits for the rest
		shown = 0;
		sheet.replaceSync('');
		whenIdle(REST_MS);
	}

	body.addEventListener('beforeinput', typed);
	body.addEventListener('keydown', typed);
	whenIdle(BEGIN_AFTER_MS);
	return () => {
		isStopped = true;
		clearTimeout(timer);
		body.removeEventListener('beforeinput', typed);
		body.removeEventListener('keydown', typed);
		root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
	};
}
