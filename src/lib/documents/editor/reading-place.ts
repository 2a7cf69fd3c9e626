/** How far under the upper edge of the window the line is that one reads, in pixels. */
const READING_LINE_PX = 96;

/** The block at the line that one reads; null without blocks. Their tops ascend, so a few are asked. */
export function blockBeingRead(body: Element, scroller: Element): Element | null {
	const line = scroller.getBoundingClientRect().top + READING_LINE_PX;
	const blocks = body.children;
	let [low, high] = [0, blocks.length - 1];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (blocks[middle].getBoundingClientRect().top <= line) low = middle;
		else high = middle - 1;
	}
	return blocks[low] ?? null;
}
