import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from '@tanstack/virtual-core';

interface Options {
	/** How many rows there are. */
	count: () => number;
	/** The element that scrolls, once it is there. */
	scroller: () => HTMLElement | null;
	/** Of a row that was not measured yet, in pixels. */
	rowHeight: () => number;
}

/** Which rows of a long list are near the screen; for use while a component is set up. */
export class VirtualRows {
	/** The rows to draw. */
	items = $state.raw<VirtualItem[]>([]);
	/** Height of all rows, in pixels. */
	height = $state(0);
	#virtualizer: Virtualizer<HTMLElement, HTMLElement> | null = null;

	constructor({ count, scroller, rowHeight }: Options) {
		$effect(() => {
			const element = scroller();
			if (!element) return;
			const options = {
				getScrollElement: () => element,
				estimateSize: rowHeight,
				overscan: 8,
				scrollToFn: elementScroll,
				observeElementRect,
				observeElementOffset,
				onChange: () => this.#take()
			};
			const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({ ...options, count: 0 });
			this.#virtualizer = virtualizer;
			const stop = virtualizer._didMount();
			$effect(() => {
				virtualizer.setOptions({ ...options, count: count() });
				virtualizer._willUpdate();
				this.#take();
			});
			return stop;
		});
	}

	/** Tells how high a row is in fact. The row says which it is by `data-index`. */
	measure = (row: HTMLElement): void => this.#virtualizer?.measureElement(row);

	/** Brings a row to the screen. */
	scrollTo(index: number): void {
		this.#virtualizer?.scrollToIndex(index);
	}

	#take(): void {
		this.items = this.#virtualizer?.getVirtualItems() ?? [];
		this.height = this.#virtualizer?.getTotalSize() ?? 0;
	}
}
