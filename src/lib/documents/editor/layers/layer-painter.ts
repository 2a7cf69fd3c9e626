import type { Node } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import type { TextModel } from '../../../text/model.ts';
import { namesIn, positionOfLetter } from '../../../text/positions.ts';
import { Highlights, lanesOf } from './highlights.ts';
import type { MarkedLetters, TextLayer } from './text-layer.ts';

/** How far above and below the window letters are marked already, in pixels. More costs paint at each keystroke. */
const MARGIN_PX = 300;

interface Painted {
	node: Node;
	marked: readonly (readonly MarkedLetters[])[];
	marks: { id: string; name: ReturnType<typeof lanesOf>[number]; range: StaticRange; length: number }[];
}

export interface PainterOptions {
	view: EditorView;
	scroller: HTMLElement;
	model: TextModel;
	layer: TextLayer;
}

/**
 * Marks the letters of a layer on the blocks near the screen. A keystroke paints the block again that it changed, in the same
 * update, since a range that is late marks the wrong letters; which blocks are near is looked up when one scrolls.
 */
export class LayerPainter {
	readonly #options: PainterOptions;
	readonly #highlights = new Highlights();
	readonly #painted = new Map<HTMLElement, Painted>();
	/** The first top-level block near the screen, and the one behind the last. */
	#first = 0;
	#end = 0;
	#frame = 0;
	#isStale = false;
	#hoverFrame = 0;
	readonly #resized: ResizeObserver;

	constructor(options: PainterOptions) {
		this.#options = options;
		const { view, scroller } = options;
		scroller.addEventListener('scroll', this.#scrolled, { passive: true });
		view.dom.addEventListener('click', this.#clicked);
		view.dom.addEventListener('pointermove', this.#hovered, { passive: true });
		this.#resized = new ResizeObserver(() => this.#soon());
		this.#resized.observe(view.dom);
		this.#resized.observe(scroller);
		this.lookAround();
	}

	destroy(): void {
		const { view, scroller } = this.#options;
		scroller.removeEventListener('scroll', this.#scrolled);
		view.dom.removeEventListener('click', this.#clicked);
		view.dom.removeEventListener('pointermove', this.#hovered);
		this.#resized.disconnect();
		cancelAnimationFrame(this.#frame);
		cancelAnimationFrame(this.#hoverFrame);
		this.#highlights.destroy();
	}

	/** After each update of the view with another text. */
	textChanged(before: Node): void {
		const grown = this.#options.view.state.doc.childCount - before.childCount;
		this.#end += Math.max(0, grown);
		this.#paint();
		// A block that grew or shrank is seen by its size.
		if (grown !== 0) this.#soon();
	}

	/** Something else may be marked now, in the same text. */
	layerChanged(): void {
		this.#isStale = true;
		this.#soon();
	}

	/** Marks what is near the screen now. */
	lookAround(): void {
		const { view, scroller } = this.#options;
		const { top, bottom } = scroller.getBoundingClientRect();
		const blocks = view.dom.children;
		this.#first = firstBelow(blocks, top - MARGIN_PX);
		this.#end = this.#first;
		while (this.#end < blocks.length && blocks[this.#end].getBoundingClientRect().top < bottom + MARGIN_PX) this.#end++;
		this.#paint();
		if (this.#options.layer.isBeside) this.#tellPlaces();
	}

	#paint(): void {
		const { view } = this.#options;
		const { doc } = view.state;
		const near = new Set<HTMLElement>();
		for (let index = this.#first; index < Math.min(this.#end, doc.childCount); index++) {
			const dom = view.dom.children[index];
			if (!(dom instanceof HTMLElement)) continue;
			near.add(dom);
			const node = doc.child(index);
			const known = this.#painted.get(dom);
			if (known?.node === node && !this.#isStale) continue;
			const marked = this.#markedIn(node);
			if (known?.node === node && isSame(marked, known.marked)) continue;
			if (known) this.#forget(dom);
			this.#painted.set(dom, { node, marked, marks: this.#markAll(node, marked) });
		}
		this.#isStale = false;
		for (const dom of this.#painted.keys()) if (!near.has(dom)) this.#forget(dom);
	}

	#forget(block: HTMLElement): void {
		for (const { name, range } of this.#painted.get(block)?.marks ?? []) this.#highlights.delete(name, range);
		this.#painted.delete(block);
	}

	/** What is marked in each text of a block. */
	#markedIn(node: Node): Painted['marked'] {
		const { model, layer } = this.#options;
		return namesIn(node).map((text) => layer.markedIn(text, model).filter(({ from, to }) => to > from));
	}

	#markAll(node: Node, markedIn: Painted['marked']): Painted['marks'] {
		const { view, model } = this.#options;
		return namesIn(node).flatMap((text, at) => {
			const marked = markedIn[at];
			const lanes = lanesOf(marked);
			return marked.flatMap(({ id, from, to }, nth) => {
				const start = positionOfLetter(model, { name: text, offset: from });
				const end = positionOfLetter(model, { name: text, offset: to });
				if (start === null || end === null || end <= start) return [];
				const [a, b] = [view.domAtPos(start, 1), view.domAtPos(end, -1)];
				const range = new StaticRange({
					startContainer: a.node,
					startOffset: a.offset,
					endContainer: b.node,
					endOffset: b.offset
				});
				this.#highlights.add(lanes[nth], range);
				return [{ id, name: lanes[nth], range, length: to - from }];
			});
		});
	}

	#soon(): void {
		this.#frame ||= requestAnimationFrame(() => {
			this.#frame = 0;
			this.lookAround();
		});
	}

	readonly #scrolled = (): void => this.lookAround();

	#tellPlaces(): void {
		const { scroller, layer } = this.#options;
		const zero = scroller.scrollTop - scroller.getBoundingClientRect().top;
		const tops = new Map<string, number>();
		for (const { marks } of this.#painted.values())
			for (const { id, range } of marks) {
				const [rect] = rectsOf(range);
				if (!rect) continue;
				const top = rect.top + zero;
				tops.set(id, Math.min(tops.get(id) ?? top, top));
			}
		layer.onMoved([...tops].map(([id, top]) => ({ id, top })).sort((a, b) => a.top - b.top));
	}

	/** The ids of what is marked under a point of the window, the shortest passage first. */
	idsAt(x: number, y: number): string[] {
		const block = [...this.#painted.keys()].find((dom) => contains(dom.getBoundingClientRect(), x, y, 8));
		const marks = (block && this.#painted.get(block)?.marks) ?? [];
		return [
			...new Set(
				marks
					.filter(({ range }) => rectsOf(range).some((rect) => contains(rect, x, y)))
					.sort((a, b) => a.length - b.length)
					.map(({ id }) => id)
			)
		];
	}

	readonly #clicked = (event: MouseEvent): void => {
		if (this.#options.view.state.selection.empty) this.#options.layer.onSelect(this.idsAt(event.clientX, event.clientY));
	};

	readonly #hovered = ({ clientX, clientY }: PointerEvent): void => {
		this.#hoverFrame ||= requestAnimationFrame(() => {
			this.#hoverFrame = 0;
			this.#options.view.dom.style.cursor = this.idsAt(clientX, clientY).length > 0 ? 'pointer' : '';
		});
	};
}

function isSame(a: Painted['marked'], b: Painted['marked']): boolean {
	return (
		a.length === b.length &&
		a.every(
			(marks, at) =>
				marks.length === b[at].length &&
				marks.every(({ id, from, to, look }, nth) => {
					const other = b[at][nth];
					return id === other.id && from === other.from && to === other.to && look === other.look;
				})
		)
	);
}

/** The first block whose lower edge is under a line of the window. Their places ascend, so a few are asked. */
function firstBelow(blocks: HTMLCollection, line: number): number {
	let [low, high] = [0, blocks.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (blocks[middle].getBoundingClientRect().bottom < line) low = middle + 1;
		else high = middle;
	}
	return low;
}

function rectsOf({ startContainer, startOffset, endContainer, endOffset }: StaticRange): DOMRect[] {
	if (!startContainer.isConnected || !endContainer.isConnected) return [];
	const range = document.createRange();
	range.setStart(startContainer, startOffset);
	range.setEnd(endContainer, endOffset);
	return [...range.getClientRects()];
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number, slack = 0): boolean {
	return x >= left - slack && x <= right + slack && y >= top - slack && y <= bottom + slack;
}
