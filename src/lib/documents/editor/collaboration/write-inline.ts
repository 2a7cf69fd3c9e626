import type { Mark, Node } from '@tiptap/pm/model';
import type { ProsemirrorBinding } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { lettersOf } from './block-text.ts';
import type { Moved } from './moves.ts';
import { isEqual, isWritten, writeElement } from './write-element.ts';

type Attributes = Record<string, unknown>;

/** A letter (code point) or an inline element, as the editor has it. */
interface NewUnit {
	letter: string;
	attributes: Attributes;
	/** Of an inline element; null for a letter. */
	node: Node | null;
}

/** The same as Yjs has it: in which text and where there, or which element it is. */
interface OldUnit {
	letter: string;
	place: { text: Y.XmlText; index: number } | Y.XmlElement;
}

/** Where something is written next: into a text, or, without one, in front of the child at an index of the block. */
type Place = { text: Y.XmlText; index: number } | { child: number };

/**
 * Writes the letters and inline elements of one block into Yjs. No text is ever deleted, only letters in it: what a
 * colleague is typing into it would go with it. An inline element in the middle of a text needs one on each side, so the
 * letters of the shorter side are written anew; `moved` gets them. Runs inside a transaction of the caller.
 */
export function writeInline(block: Y.XmlElement, node: Node, binding: ProsemirrorBinding, moved: Moved[]): void {
	const olds = oldUnits(block);
	const news = newUnits(node);
	const most = Math.min(olds.length, news.length);
	let start = 0;
	while (start < most && isSame(olds[start], news[start])) start++;
	let end = 0;
	while (end < most - start && isSame(olds[olds.length - 1 - end], news[news.length - 1 - end])) end++;
	const stopsAt = news.length - end;
	let upTo = start;
	for (; upTo < Math.min(olds.length - end, stopsAt) && isLike(olds[upTo], news[upTo]); upTo++) {
		const { place } = olds[upTo];
		if (place instanceof Y.XmlElement) writeElement(place, news[upTo].node!, binding);
	}
	removeUnits(block, olds.slice(upTo, olds.length - end));
	let place = placeBehind(block, olds[upTo - 1]);
	for (const run of runsOf(news.slice(upTo, stopsAt))) {
		const [{ node: inline, attributes }] = run;
		if (inline) place = insertElement(block, place, inline, binding, moved);
		else place = insertLetters(block, place, run.map(({ letter }) => letter).join(''), attributes);
	}
	format(block, news);
}

function oldUnits(block: Y.XmlElement): OldUnit[] {
	const units: OldUnit[] = [];
	for (const child of block.toArray()) {
		if (child instanceof Y.XmlElement) units.push({ letter: '', place: child });
		else if (child instanceof Y.XmlText) {
			let index = 0;
			for (const { insert } of deltaOf(child)) {
				for (const letter of insert) {
					units.push({ letter, place: { text: child, index } });
					index += letter.length;
				}
			}
		}
	}
	return units;
}

function newUnits(node: Node): NewUnit[] {
	const units: NewUnit[] = [];
	node.forEach((child) => {
		if (!child.isText) return void units.push({ letter: '', attributes: {}, node: child });
		const attributes = attributesOf(child.marks);
		for (const letter of child.text!) units.push({ letter, attributes, node: null });
	});
	return units;
}

/** None of the schema's marks can be set twice on one letter, so the name of each is enough. */
function attributesOf(marks: readonly Mark[]): Attributes {
	return Object.fromEntries(marks.map((mark) => [mark.type.name, mark.attrs]));
}

function isSame({ letter, place }: OldUnit, unit: NewUnit): boolean {
	if (!(place instanceof Y.XmlElement)) return letter === unit.letter;
	return unit.node !== null && isWritten(place, unit.node);
}

/** The same letter, or an inline element that became another of its kind, as a reference does that is numbered anew. */
function isLike(old: OldUnit, unit: NewUnit): boolean {
	return old.place instanceof Y.XmlElement ? old.place.nodeName === unit.node?.type.name : isSame(old, unit);
}

/** From the last to the first, and letters that stand side by side together. */
function removeUnits(block: Y.XmlElement, units: readonly OldUnit[]): void {
	for (let last = units.length - 1; last >= 0; last--) {
		const { place, letter } = units[last];
		if (place instanceof Y.XmlElement) {
			block.delete(block.toArray().indexOf(place), 1);
			continue;
		}
		let { index } = place;
		const end = index + letter.length;
		for (let before = units[last - 1]?.place; before && !(before instanceof Y.XmlElement) && before.text === place.text; before = units[last - 1]?.place) {
			index = before.index;
			last--;
		}
		place.text.delete(index, end - index);
	}
}

/** Behind a letter or element that stays; without one, where the block begins. */
function placeBehind(block: Y.XmlElement, unit: OldUnit | undefined): Place {
	if (!unit) return textAt(block, 0);
	const { place, letter } = unit;
	if (place instanceof Y.XmlElement) return textAt(block, block.toArray().indexOf(place) + 1);
	return { text: place.text, index: place.index + letter.length };
}

/** The beginning of the text that is this child of the block; the place in front of the child when it is none. */
function textAt(block: Y.XmlElement, child: number): Place {
	const text = child < block.length ? block.get(child) : null;
	return text instanceof Y.XmlText ? { text, index: 0 } : { child };
}

function insertLetters(block: Y.XmlElement, place: Place, letters: string, attributes: Attributes): Place {
	if ('child' in place) {
		const text = new Y.XmlText();
		block.insert(place.child, [text]);
		return insertLetters(block, { text, index: 0 }, letters, attributes);
	}
	// Yjs notes in the object which marks it had to end.
	place.text.insert(place.index, letters, { ...attributes });
	return { text: place.text, index: place.index + letters.length };
}

function insertElement(block: Y.XmlElement, place: Place, node: Node, binding: ProsemirrorBinding, moved: Moved[]): Place {
	const at = 'child' in place ? place.child : makeRoom(block, place, moved);
	const element = new Y.XmlElement(node.type.name);
	block.insert(at, [element]);
	writeElement(element, node, binding);
	return textAt(block, at + 1);
}

/** Parts a text where an element has to go in; answers in front of which child of the block that is. */
function makeRoom(block: Y.XmlElement, { text, index }: { text: Y.XmlText; index: number }, moved: Moved[]): number {
	const at = block.toArray().indexOf(text);
	if (index === 0) return at;
	if (index === text.length) return at + 1;
	const other = new Y.XmlText();
	const isTail = text.length - index <= index;
	const { ids } = lettersOf(text);
	const from = isTail ? ids.slice(index) : ids.slice(0, index);
	block.insert(isTail ? at + 1 : at, [other]);
	let passed = 0;
	for (const { insert, attributes } of deltaOf(text)) {
		const part = isTail ? insert.slice(Math.max(0, index - passed)) : insert.slice(0, Math.max(0, index - passed));
		if (part) other.insert(other.length, part, attributes ?? {});
		passed += insert.length;
	}
	text.delete(isTail ? index : 0, from.length);
	const written = lettersOf(other).ids;
	moved.push(...from.map((letter, nth) => ({ from: letter, now: written[nth].clock })));
	return at + 1;
}

/** Sets the marks of letters that have others; the letters are those of the editor by now. */
function format(block: Y.XmlElement, units: readonly NewUnit[]): void {
	const letters = units.filter(({ node }) => node === null);
	let next = 0;
	for (const text of block.toArray()) {
		if (!(text instanceof Y.XmlText)) continue;
		let index = 0;
		for (const { insert, attributes: known = {} } of deltaOf(text)) {
			const end = index + insert.length;
			while (index < end) {
				const { attributes } = letters[next];
				let length = 0;
				while (index + length < end && letters[next].attributes === attributes) length += letters[next++].letter.length;
				const change = changeOf(known, attributes);
				if (change) text.format(index, length, change);
				index += length;
			}
		}
	}
}

/** What has to be set, with null for what has to go; null when nothing has. */
function changeOf(known: Attributes, wanted: Attributes): Attributes | null {
	const gone = Object.keys(known).filter((name) => !(name in wanted)).map((name) => [name, null]);
	const set = Object.entries(wanted).filter(([name, value]) => !isEqual(known[name], value));
	return gone.length + set.length > 0 ? Object.fromEntries([...gone, ...set]) : null;
}

/** Letters with the same marks together, each inline element by itself. */
function* runsOf(units: readonly NewUnit[]): Iterable<readonly NewUnit[]> {
	for (let from = 0, to = 1; from < units.length; from = to++) {
		const { node, attributes } = units[from];
		while (!node && to < units.length && units[to].attributes === attributes) to++;
		yield units.slice(from, to);
	}
}

function deltaOf(text: Y.XmlText): { insert: string; attributes?: Attributes }[] {
	return text.toDelta() as { insert: string; attributes?: Attributes }[];
}
