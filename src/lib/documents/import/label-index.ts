import { explicitValue } from '../numbering/counters.ts';
import type { Level } from '../../text/levels.ts';
import { isEnacting } from './frame-labels.ts';
import { readAppendix, readLabel } from './labels.ts';
import type { SourceBlock } from './source.ts';

const HEADINGS: readonly Level[] = ['part', 'chapter', 'section', 'subsection', 'article'];

/** Where the headings of a source are, for looking ahead. */
export class LabelIndex {
	/** How many appendices the source has. */
	readonly appendices: number;
	#places = new Map<string, number[]>();
	#enacting: number[] = [];

	constructor(source: readonly SourceBlock[], quoted: readonly boolean[]) {
		let appendices = 0;
		for (const [index, block] of source.entries()) {
			if (block.kind !== 'line' || quoted[index]) continue;
			if (isEnacting(block.text)) this.#enacting.push(index);
			if (readAppendix(block.text, block.bold)) appendices++;
			const label = readLabel(block.text, block.bold);
			if (!label || label.roman || !HEADINGS.includes(label.level)) continue;
			const value = explicitValue(label.level, false, label.number);
			const key = `${label.level} ${value}`;
			const places = this.#places.get(key) ?? [];
			places.push(index);
			this.#places.set(key, places);
		}
		this.appendices = appendices;
	}

	/** The next place after `from` of a heading with this value; null when there is none. */
	later(level: Level, value: number, from: number): number | null {
		return firstAfter(this.#places.get(`${level} ${value}`) ?? [], from);
	}

	/** Whether an enacting line follows soon. */
	hasEnacting(from: number): boolean {
		const next = firstAfter(this.#enacting, from);
		return next !== null && next < from + 20;
	}
}

/** The first of ascending places that lies behind another. */
function firstAfter(places: readonly number[], from: number): number | null {
	let low = 0;
	let high = places.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((places[middle] as number) > from) high = middle;
		else low = middle + 1;
	}
	return places[low] ?? null;
}
