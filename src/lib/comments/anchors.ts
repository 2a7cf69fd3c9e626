/** Where the passages of threads are in a text (design §8): at their anchors, else at their words in the same block, else at the block, else nowhere. */
import type { Numbering } from '../documents/numbering/numbering.ts';
import { lettersIn, NotFound, quotable } from '../text/edits.ts';
import { allLeaves } from '../text/leaves.ts';
import type { TextModel } from '../text/model.ts';
import type { Anchor, Passage, Range } from './threads.ts';

/** The attribute that the letters of a passage have in the text. */
export const ANCHOR = 'comment:';

/** Elements among letters, which no quote has. */
const ELEMENTS = /[\n\uFFFC]/;

interface Letters {
	from: number;
	to: number;
}

/** Answers where passages are, in one text as it is. Make it, ask, and let it go. */
export class AnchorFinder {
	readonly #model: TextModel;
	readonly #numbering: Numbering;
	readonly #shown: ReadonlySet<string>;
	readonly #tagged: Map<string, (Letters & { block: string })[]>;

	constructor(model: TextModel, numberingOf: (content: TextModel['node']['children']) => Numbering) {
		this.#model = model;
		this.#numbering = numberingOf(model.node.children);
		this.#shown = new Set(allLeaves(model.node).map(({ uid }) => uid));
		this.#tagged = Map.groupBy(
			[...model.tags(ANCHOR)].filter(({ from, to, block }) => to > from && this.#isShown(block)),
			({ name }) => name
		);
	}

	/** Where a passage is now. */
	find(range: Range): Anchor {
		const { uid, state } = this.#placeOf(range);
		return { ...range, uid, state, number: state === 'deleted' ? '' : this.numberOf(uid) };
	}

	/** Whether such a block, cell or field is in the text, or was. */
	hasBeen(uid: string): boolean {
		const [block] = uid.split(':');
		return this.#isShown(uid) || this.#model.entries.births.has(block);
	}

	/** How the provision of a block is cited, or that around it: `khoản 2 Điều 5`; '' in front of the first. */
	numberOf(uid: string): string {
		const provision = this.provisionOf(uid);
		return provision === null ? '' : (this.#numbering.citation(provision) ?? '');
	}

	/** The uid of the provision of a block, or of that around it; null in front of the first. */
	provisionOf(uid: string): string | null {
		const block = this.#blockOf(uid);
		return (this.#numbering.byUid.get(block) ?? this.#around(block))?.uid ?? null;
	}

	/** The letters that a passage is about now: null for the whole block; where they are not known, none is given. */
	placeOf(range: Range): { uid: string; letters: Letters | null } | null {
		const { uid, state } = this.#placeOf(range);
		if (state === 'deleted') return null;
		const tagged = this.#tagged.get(ANCHOR + range.id)?.filter(({ block }) => block === uid);
		if (range.quote !== null && tagged?.length)
			return { uid, letters: { from: tagged[0].from, to: Math.max(...tagged.map(({ to }) => to)) } };
		return { uid, letters: this.lettersOf({ ...range, uid }) };
	}

	/** Whether letters of the text are tied to a passage. */
	isTied(rangeId: string): boolean {
		return this.#tagged.has(ANCHOR + rangeId);
	}

	/** Where a quote stands in its block, as offsets of `lettersIn`; null when nowhere, or nobody can say at which of several places. */
	lettersOf({ uid, quote, prefix, suffix }: Passage): Letters | null {
		if (quote === null || !this.#isShown(uid)) return null;
		return findQuote(this.#letters(uid), quote, prefix, suffix);
	}

	#placeOf(range: Range): Pick<Anchor, 'uid' | 'state'> {
		const { id, uid, quote } = range;
		const tagged = this.#tagged.get(ANCHOR + id);
		if (quote !== null && tagged) {
			const words = tagged.map(({ block, from, to }) => this.#letters(block).slice(from, to)).join('');
			const [first] = tagged;
			return { uid: first.block, state: bare(words) === quote ? 'exact' : 'changed' };
		}
		const now = this.#isShown(uid) ? uid : this.#model.layout.ownerOf(uid);
		if (now === null || !this.#isShown(now)) return { uid, state: 'deleted' };
		if (quote === null) return { uid: now, state: now === uid ? 'exact' : 'changed' };
		return { uid: now, state: this.lettersOf({ ...range, uid: now }) ? 'exact' : 'changed' };
	}

	#letters(uid: string): string {
		// To look for the block in the document would make a thousand threads slow.
		if (!uid.includes(':')) return quotable(this.#model.lettersOf(uid));
		try {
			return lettersIn({ doc: this.#model.node, model: this.#model }, uid);
		} catch (error) {
			// A table, a picture or a list has no letters of its own.
			if (error instanceof NotFound) return '';
			throw error;
		}
	}

	/** The block in the row of blocks: of a cell its table. */
	#blockOf(uid: string): string {
		return this.#model.tableOf(uid) ?? uid.split(':')[0];
	}

	#isShown(uid: string): boolean {
		if (!uid.includes(':')) return this.#shown.has(uid);
		if (!this.#shown.has(this.#blockOf(uid))) return false;
		try {
			lettersIn({ doc: this.#model.node, model: this.#model }, uid);
			return true;
		} catch (error) {
			if (error instanceof NotFound) return false;
			throw error;
		}
	}

	/** The provision in front of a block that has no number. */
	#around(block: string): { uid: string } | undefined {
		const top = this.#model.topOf(block);
		return top < 0 ? undefined : this.#numbering.entries.findLast(({ index }) => index <= top);
	}
}

/** Words as a quote has them. */
export function bare(letters: string): string {
	return [...letters]
		.filter((letter) => !ELEMENTS.test(letter))
		.join('')
		.normalize('NFC');
}

/** The only place of a quote among letters, or the only one with what stood around it. */
export function findQuote(letters: string, quote: string, prefix: string, suffix: string): Letters | null {
	const places: number[] = [];
	let text = '';
	for (let at = 0; at < letters.length; at++) {
		if (ELEMENTS.test(letters[at])) continue;
		places.push(at);
		text += letters[at];
	}
	if (quote === '') return null;
	const found: number[] = [];
	for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push(at);
	const fitting = found.filter((at) => text.slice(0, at).endsWith(prefix) && text.slice(at + quote.length).startsWith(suffix));
	const [at] = found.length === 1 ? found : fitting.length === 1 ? fitting : [];
	return at === undefined ? null : { from: places[at], to: places[at + quote.length - 1] + 1 };
}
