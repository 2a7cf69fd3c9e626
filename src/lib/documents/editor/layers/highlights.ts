import type { MarkedLetters } from './text-layer.ts';

/**
 * The highlights of the page (CSS Custom Highlight API). Few and shared: with one for each thread the browser takes seconds, and
 * each name costs memory in every element. Where open passages overlap, the second stands in a lane of its own, so that
 * five of them do not look like one.
 */
const NAMES = ['layer-open', 'layer-open-2', 'layer-proposal', 'layer-active'] as const;
type Name = (typeof NAMES)[number];

export class Highlights {
	readonly #all: ReadonlyMap<Name, Highlight> | null;

	constructor() {
		if (typeof Highlight === 'undefined' || !CSS.highlights) {
			this.#all = null;
			return;
		}
		this.#all = new Map(
			NAMES.map((name, priority) => {
				const highlight = new Highlight();
				highlight.priority = priority + 1;
				CSS.highlights.set(name, highlight);
				return [name, highlight] as const;
			})
		);
	}

	add(name: Name, range: StaticRange): void {
		this.#all?.get(name)?.add(range);
	}

	delete(name: Name, range: StaticRange): void {
		this.#all?.get(name)?.delete(range);
	}

	destroy(): void {
		if (this.#all) for (const name of NAMES) CSS.highlights.delete(name);
	}
}

/** The highlight of each of the marked letters of a block, in their order. */
export function lanesOf(marked: readonly MarkedLetters[]): Name[] {
	let busyUntil = -1;
	const names: Name[] = [];
	for (const { mark, nth } of marked.map((mark, nth) => ({ mark, nth })).sort((a, b) => a.mark.from - b.mark.from)) {
		if (mark.look === 'active') names[nth] = 'layer-active';
		else if (mark.look === 'proposal') names[nth] = 'layer-proposal';
		else if (mark.from < busyUntil) names[nth] = 'layer-open-2';
		else {
			names[nth] = 'layer-open';
			busyUntil = mark.to;
		}
	}
	return names;
}
