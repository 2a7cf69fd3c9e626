import * as Y from 'yjs';
import { alignTyping, type Insertion } from './aligned.ts';
import { lettersOf, type Letters, textsOf } from './block-text.ts';
import { BODY } from '../../schema/body-name.ts';
import { knownOf } from './removals.ts';

/** Origin of what is put right here: not somebody's own edit, so it is not in their undo history. */
const KEPT_TYPING = 'kept typing';

/** A run of text counts as a copy of a block when it holds this share of the letters that others had written in it. */
const COPY_SHARE = 0.5;

/** A block that somebody's edit removed, as it was just before. */
interface Removed {
	item: Y.Item;
	element: Y.XmlElement;
	attributes: Map<string, unknown>;
	letters: Letters;
}

/** Where a block's text lives on. */
interface Copy {
	letters: Letters;
	/** A text to write into when the copy has no letters yet. */
	text: () => Y.XmlText;
}

/**
 * Yjs cannot move a block: moving, joining and changing its kind delete it and write its text elsewhere, as the one who
 * does it knows the text. What a colleague is typing into it just then would go with it. So whoever typed puts it back:
 * into the block of the same uid, into the text that the block was joined to, or, when there is neither, as a block of
 * its own. Only letters of `isMine` clients are put back, so everybody's come back once. And when two have moved one
 * block at the same time, every device of those who may write removes the same one of the two copies.
 * Works for as long as the document lives, whether or not an editor shows it.
 */
export function keepTyping(ydoc: Y.Doc, isMine: (client: number) => boolean, mayWrite: () => boolean): void {
	const body = ydoc.getXmlFragment(BODY);
	let removed: Removed[] = [];
	const concerns = (transaction: Y.Transaction) => !transaction.local || transaction.origin === KEPT_TYPING;
	const notice = (event: Y.YXmlEvent, transaction: Y.Transaction) => {
		if (!concerns(transaction)) return;
		const wasThere = (item: Y.Item) => event.deletes(item) && !event.adds(item);
		for (const item of event.changes.deleted) {
			const element = (item.content as Y.ContentType).type;
			if (!(element instanceof Y.XmlElement)) continue;
			const letters = lettersOf(element, wasThere);
			if (!letters.ids.some(({ client }) => isMine(client))) continue;
			const attributes = [...element._map].filter(([, value]) => wasThere(value));
			removed.push({ item, element, letters, attributes: new Map(attributes.map(([name, value]) => [name, value.content.getContent().at(-1)])) });
		}
	};
	const putRight = (transaction: Y.Transaction) => {
		if (!concerns(transaction) || !transaction.changed.has(body as never)) return;
		const blocks = removed;
		removed = [];
		if (!mayWrite()) return;
		ydoc.transact(() => {
			removeSecondCopies(body);
			for (const block of blocks) putBack(block, body, transaction, isMine);
		}, KEPT_TYPING);
	};
	body.observe(notice as never);
	ydoc.on('afterTransaction', putRight);
}

/** Of blocks with one uid the one that everybody picks stays; what was typed into the others is put back afterwards. */
function removeSecondCopies(body: Y.XmlFragment): void {
	const kept = new Map<unknown, Y.XmlElement>();
	const second = new Set<unknown>();
	const blocks = body.toArray();
	for (const block of blocks) {
		const uid = block instanceof Y.XmlElement ? block.getAttribute('uid') : null;
		if (!uid) continue;
		const one = block as Y.XmlElement;
		const other = kept.get(uid) ?? one;
		const stays = isOlder(other, one) ? other : one;
		if (other !== one) second.add(stays === other ? one : other);
		kept.set(uid, stays);
	}
	for (let index = blocks.length - 1; index >= 0; index--) if (second.has(blocks[index])) body.delete(index, 1);
}

function isOlder(one: Y.XmlElement, other: Y.XmlElement): boolean {
	const { id: a } = one._item!;
	const { id: b } = other._item!;
	return a.clock < b.clock || (a.clock === b.clock && a.client < b.client);
}

function putBack(block: Removed, body: Y.XmlFragment, transaction: Y.Transaction, isMine: (client: number) => boolean): void {
	const { text, ids } = block.letters;
	const known = knownOf(body.doc!, block.item.id);
	// Without a word about it (an undo does not say) whatever of mine the copy lacks was not known.
	const missed = ids.map(({ client, clock }) => isMine(client) && (!known || clock >= (known[client] ?? 0)));
	if (!missed.includes(true)) return;
	const align = (copy: Copy) => alignTyping(text, missed, copy.letters.text, known === null);
	const uid = block.attributes.get('uid');
	const same = uid ? body.toArray().find((other) => other instanceof Y.XmlElement && other.getAttribute('uid') === uid) : undefined;
	if (same) {
		const copy = wholeOf(same as Y.XmlElement);
		return insert(copy, align(copy).missing);
	}
	const others = missed.filter((isMissed) => !isMissed).length;
	let best: { matched: number; copy: Copy; missing: Insertion[] } | null = null;
	for (const copy of writtenIn(transaction, body)) {
		const { missing, matched } = align(copy);
		if (matched > 0 && matched >= others * COPY_SHARE && matched > (best?.matched ?? 0)) best = { matched, copy, missing };
	}
	if (best) return insert(best.copy, best.missing);
	if (known) restore(block, body, missed.map((isMissed, nth) => (isMissed ? text[nth] : '')).join(''));
}

/** A living block as it is now. */
function wholeOf(block: Y.XmlElement): Copy {
	return {
		letters: lettersOf(block, (item) => !item.deleted),
		text: () => {
			const [first] = textsOf(block);
			if (first) return first;
			const made = new Y.XmlText();
			block.insert(0, [made]);
			return made;
		}
	};
}

/** Every run of letters that the transaction wrote into a text. */
function* writtenIn(transaction: Y.Transaction, body: Y.XmlFragment): Iterable<Copy> {
	const isNew = (item: Y.Item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
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

function insert({ letters, text }: Copy, missing: readonly Insertion[]): void {
	for (const { at, text: words } of missing.toReversed()) {
		const before = letters.places[at - 1];
		const after = letters.places[at];
		if (before) before.type.insert(before.index + 1, words);
		else if (after) after.type.insert(after.index, words);
		else text().insert(0, words);
	}
}

/** A block like the one that is gone, at its place, with these words. */
function restore({ item, element, attributes }: Removed, body: Y.XmlFragment, words: string): void {
	let before: Y.Item | null = item.left;
	while (before?.deleted) before = before.left;
	const above = before ? body.toArray().findIndex((block) => block._item === before) : -1;
	const again = new Y.XmlElement(element.nodeName);
	body.insert(above + 1, [again]);
	for (const [name, value] of attributes) again.setAttribute(name, value as string);
	again.insert(0, [new Y.XmlText(words)]);
}
