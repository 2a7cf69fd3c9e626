import * as Y from 'yjs';
import { alignTyping, type Insertion } from './aligned.ts';
import { lettersOf, type Letters, textsOf } from './block-text.ts';
import { noteMove } from './moves.ts';
import { knownOf } from './removals.ts';

/** A run of text counts as a copy of a block when it holds this share of the letters that others had written in it. */
const COPY_SHARE = 0.5;
/** Of a table in which so many cells were being written when it went, the others are not looked for elsewhere. */
const SOUGHT_MAX = 50;

/** A block, or a part of one such as a row, that an edit removed, as it was just before. */
export interface RemovedBlock {
	item: Y.Item;
	element: Y.XmlElement;
	/** True for a block of the body that holds text itself; what is left of anything else comes back as paragraphs. */
	canComeBack: boolean;
	attributes: Map<string, unknown>;
	letters: Letters;
	/** State vector before the edit: what was written at the same time is above it. */
	before: ReadonlyMap<number, number>;
}

/** Where a block's text lives on. */
export interface Copy {
	letters: Letters;
	/** A text to write into when the copy has no letters yet. */
	text: () => Y.XmlText;
}

/**
 * Blocks of the body, and parts of them, that an edit removes and in which `isMine` clients had written. Has to be asked
 * while the edit is observed: afterwards Yjs forgets the letters.
 */
export function removedBlocks(events: readonly Y.YEvent<Y.XmlFragment>[], isMine: (client: number) => boolean): RemovedBlock[] {
	const found: RemovedBlock[] = [];
	for (const event of events) {
		if (!(event instanceof Y.YXmlEvent) || event.target instanceof Y.XmlText) continue;
		const wasThere = (item: Y.Item) => event.deletes(item) && !event.adds(item);
		for (const item of event.changes.deleted) {
			const element = (item.content as Y.ContentType).type;
			if (!(element instanceof Y.XmlElement)) continue;
			const letters = lettersOf(element, wasThere);
			if (!letters.ids.some(({ client }) => isMine(client))) continue;
			const attributes = [...element._map].filter(([, value]) => wasThere(value));
			const values = new Map(attributes.map(([name, value]) => [name, value.content.getContent().at(-1) as unknown]));
			const canComeBack = event.path.length === 0 && letters.places.every(({ type }) => type.parent === element);
			found.push({ item, element, canComeBack, letters, attributes: values, before: event.transaction.beforeState });
		}
	}
	return found;
}

/**
 * Puts letters of `isMine` clients that the remover of a block did not know back to where its text went, or, when it went
 * nowhere, back as a block of their own. Runs inside a transaction of the caller. True when there was something to do.
 */
export function putBack(block: RemovedBlock, body: Y.XmlFragment, isMine: (client: number) => boolean): boolean {
	const known = knownOf(body.doc!, block.item.id);
	// Without a word about it (an undo does not say) whatever of mine the copy lacks was not known.
	const isMissed = ({ client, clock }: Letters['ids'][number]) => isMine(client) && (!known || clock >= (known[client] ?? 0));
	let at = placeInBody(block.item, body);
	let isPutBack = false;
	let sought = 0;
	for (const letters of textBlocksOf(block)) {
		const missed = letters.ids.map(isMissed);
		if (!missed.includes(true)) continue;
		const uid = block.attributes.get('uid');
		const same = uid ? body.toArray().find((other) => other instanceof Y.XmlElement && other.getAttribute('uid') === uid) : undefined;
		if (same) isPutBack = putInto(wholeOf(same as Y.XmlElement), letters, missed, known !== null) || isPutBack;
		else {
			const isThere = sought++ < SOUGHT_MAX && putIntoBest(block, body, letters, missed, known !== null);
			if (!isThere && known) restore(block, body, at++, letters, missed);
			isPutBack ||= isThere || known !== null;
		}
	}
	return isPutBack;
}

/** The letters of each block of text that is gone: one, but for tables, lists and parts of them. */
function textBlocksOf({ canComeBack, letters }: RemovedBlock): Letters[] {
	if (canComeBack) return [letters];
	const blocks = Map.groupBy(letters.places.keys(), (nth) => letters.places[nth].type.parent).values();
	return Array.from(blocks, (nths) => ({
		text: nths.map((nth) => letters.text[nth]).join(''),
		ids: nths.map((nth) => letters.ids[nth]),
		places: nths.map((nth) => letters.places[nth])
	}));
}

function putInto(copy: Copy, { text, ids }: Letters, missed: readonly boolean[], isNoted: boolean): boolean {
	return insert(copy, alignTyping(text, missed, copy.letters.text, !isNoted).missing, ids);
}

/** False when no text that was written at the same time has enough of these letters. */
function putIntoBest({ before }: RemovedBlock, body: Y.XmlFragment, { text, ids }: Letters, missed: readonly boolean[], isNoted: boolean): boolean {
	const others = missed.filter((isMissed) => !isMissed).length;
	let best: { matched: number; copy: Copy; missing: Insertion[] } | null = null;
	for (const copy of writtenIn(before, body)) {
		const { missing, matched } = alignTyping(text, missed, copy.letters.text, !isNoted);
		if (matched > 0 && matched >= others * COPY_SHARE && matched > (best?.matched ?? 0)) best = { matched, copy, missing };
	}
	if (best) insert(best.copy, best.missing, ids);
	return best !== null;
}

/** A living block as it is now. */
export function wholeOf(block: Y.XmlElement): Copy {
	return {
		letters: lettersOf(block),
		text: () => {
			const [first] = textsOf(block);
			if (first) return first;
			const made = new Y.XmlText();
			block.insert(0, [made]);
			return made;
		}
	};
}

/** Every run of letters that was written into a text since then. */
function* writtenIn(before: ReadonlyMap<number, number>, body: Y.XmlFragment): Iterable<Copy> {
	const isNew = (item: Y.Item) => item.id.clock >= (before.get(item.id.client) ?? 0);
	for (const block of body.toArray()) {
		if (!(block instanceof Y.XmlElement)) continue;
		for (const text of textsOf(block)) {
			const letters = lettersOf(text, (item) => !item.deleted && isNew(item));
			for (const run of runsOf(letters)) yield { letters: run, text: () => text };
		}
	}
}

/** Letters that stand side by side. */
function* runsOf({ text, ids, places }: Letters): Iterable<Letters> {
	let start = 0;
	for (let nth = 1; nth <= places.length; nth++) {
		if (nth < places.length && places[nth].index === places[nth - 1].index + 1) continue;
		yield { text: text.slice(start, nth), ids: ids.slice(start, nth), places: places.slice(start, nth) };
		start = nth;
	}
}

/** Puts what is missing into a copy, and notes which letters that were, by their ids; true when there was something. */
export function insert({ letters, text }: Copy, missing: readonly Insertion[], ids: Letters['ids']): boolean {
	for (const { at, text: words, from } of missing.toReversed()) {
		const before = letters.places[at - 1];
		const after = letters.places[at];
		const { type, index } = before ? { type: before.type, index: before.index + 1 } : (after ?? { type: text(), index: 0 });
		const { store, clientID } = type.doc!;
		const since = Y.getState(store, clientID);
		type.insert(index, words);
		noteMove(type.doc!, since, from.map((nth, unit) => ({ from: ids[nth], now: since + unit })));
	}
	return missing.length > 0;
}

/** What is missed of the letters, in a block like the one that is gone, or else in a paragraph. */
function restore(block: RemovedBlock, body: Y.XmlFragment, at: number, { text, ids }: Letters, missed: readonly boolean[]): void {
	const again = new Y.XmlElement(block.canComeBack ? block.element.nodeName : 'paragraph');
	body.insert(at, [again]);
	if (block.canComeBack) for (const [name, value] of block.attributes) again.setAttribute(name, value as string);
	const into = new Y.XmlText();
	again.insert(0, [into]);
	const from = [...missed.keys()].filter((nth) => missed[nth]);
	const copy = { letters: { text: '', ids: [], places: [] }, text: () => into };
	insert(copy, [{ at: 0, text: from.map((nth) => text[nth]).join(''), from }], ids);
}

/** Where in the body a block was; of a part of a block, behind that. */
function placeInBody(item: Y.Item, body: Y.XmlFragment): number {
	if (item.parent !== body) {
		const whole = (item.parent as Y.XmlElement)._item!;
		return placeInBody(whole, body) + (whole.parent === body && !whole.deleted ? 1 : 0);
	}
	let before = item.left;
	while (before?.deleted) before = before.left;
	return before ? body.toArray().findIndex((block) => block._item === before) + 1 : 0;
}
