/** A text with five hundred commented passages, what people do to it, and whether what is said of the passages then is true. */
import { expect } from 'vitest';
import type { Node } from '@tiptap/pm/model';
import { AnchorFinder } from '../../../src/lib/comments/anchors.ts';
import type { Anchor, Range } from '../../../src/lib/comments/threads.ts';
import { enterInProvision } from '../../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../../src/lib/documents/editor/structure/move.ts';
import { numberProvisions } from '../../../src/lib/documents/numbering/numbering.ts';
import { allLeaves } from '../../../src/lib/text/leaves.ts';
import type { TextModel } from '../../../src/lib/text/model.ts';
import type { Random } from '../fuzz/random.ts';
import { type Editing, provisions } from './person.ts';

const PROVISIONS = 200;
const PASSAGES = 500;
const LETTERS = 4;
/** What is typed into a passage belongs to it, wherever the letter is from. */
const TYPED = '_';

/** Letters that only this passage has, so it is known which letters are its own. */
const wordsOf = (nth: number) =>
	String.fromCodePoint(...Array.from({ length: LETTERS }, (_, letter) => 0x4e00 + nth * LETTERS + letter));
const passagesOf = (provision: number) =>
	Array.from({ length: PASSAGES }, (_, nth) => nth).filter((nth) => nth % PROVISIONS === provision);
const textOf = (provision: number) => ['Về', ...passagesOf(provision).map(wordsOf), 'và'].join(' ');
const LEVELS = Array.from({ length: PROVISIONS }, (_, nth) => (nth % 5 === 0 ? 'article' : nth % 5 === 3 ? 'point' : 'clause'));

export const START = provisions(LEVELS, textOf);
export const RANGES: Range[] = Array.from({ length: PASSAGES }, (_, nth) => ({
	id: `passage-${nth}`,
	uid: `#${nth % PROVISIONS}`,
	quote: wordsOf(nth),
	prefix: '',
	suffix: '',
	numberThen: ''
}));

type Act = (person: Editing, index: number, random: Random) => void;

const lengthOf = (person: Editing, index: number) => person.doc.child(index).content.size;

export const ACTS: Record<string, Act> = {
	type: (person, index, random) => {
		person.cursorIn(index, random.below(lengthOf(person, index) + 1));
		person.type(TYPED);
	},
	split: (person, index, random) => {
		person.cursorIn(index, random.below(lengthOf(person, index) + 1));
		person.run(enterInProvision('nd30'));
	},
	join: (person, index) => index > 0 && person.joinUp(index),
	move: (person, index, random) => void person.run(moveSubtree(index, random.below(person.doc.childCount + 1))),
	delete: (person, index, random) => {
		const from = random.below(lengthOf(person, index) + 1);
		person.delete(index, from, Math.min(lengthOf(person, index), from + 1 + random.below(6)));
	},
	deleteBlock: (person, index) => person.doc.childCount > 1 && person.deleteBlock(index),
	/** The same words, written anew. */
	retype: (person, index, random) => {
		const from = random.below(lengthOf(person, index) + 1);
		const to = Math.min(lengthOf(person, index), from + LETTERS);
		const words = person.doc.child(index).textBetween(from, to);
		if (words === '') return;
		person.cursorIn(index, from, to);
		person.type(words);
	},
	/** Cuts words of it, and pastes them at the end of another, where nothing is commented on: what is put into a passage belongs to it. */
	carry: (person, index, random) => {
		const from = random.below(lengthOf(person, index) + 1);
		const to = Math.min(lengthOf(person, index), from + 1 + random.below(9));
		const place = random.below(person.doc.childCount);
		if (to === from || place === index || !person.doc.child(place).textContent.endsWith('và')) return;
		person.cursorIn(index, from, to);
		const cut = person.cut();
		person.paste(person.at(place, lengthOf(person, place)), cut);
	},
	level: (person, index, random) => person.setLevel(index, ['article', 'clause', 'point'][random.below(3)]),
	undo: (person) => void person.undo(),
	redo: (person) => void person.redo()
};

/** Where the passages are, as somebody with this text is told. */
export function anchorsIn(model: TextModel): Anchor[] {
	const finder = new AnchorFinder(model, (content) => numberProvisions(content, 'nd30'));
	return RANGES.map((range) => finder.find(range));
}

/**
 * What is said of the passages is true of the text: none is at words that are not its own, and none is lost that is there.
 * `meanwhile`: tied while somebody else may have written behind its last letter, which Yjs then takes to it (MK4).
 */
export function expectTrueOf(
	{ shared: { model }, doc }: { shared: { model: TextModel }; doc: Node },
	meanwhile: readonly Range[] = []
): void {
	const textIn = new Map(allLeaves(doc).map(({ uid, node }) => [uid, node.textContent]));
	const tagged = Map.groupBy(
		[...model.tags('comment:')].filter(({ block, from, to }) => to > from && textIn.has(block)),
		({ name }) => name.slice('comment:'.length)
	);
	for (const [nth, { uid, state, quote }] of anchorsIn(model).entries()) {
		const own = new Set(quote!);
		const letters = (tagged.get(RANGES[nth].id) ?? []).map(({ block, from, to }) => textIn.get(block)!.slice(from, to));
		const ownLetters = letters.join('');
		const end = meanwhile.includes(RANGES[nth]) ? [...ownLetters].findLastIndex((letter) => own.has(letter)) + 1 : undefined;
		for (const letter of ownLetters.slice(0, end))
			expect(letter === TYPED || own.has(letter), `${quote} is at “${letters.join('')}”`).toBe(true);
		if (letters.length > 0) {
			expect(state, `${quote} is in the text`).not.toBe('deleted');
			expect(tagged.get(RANGES[nth].id)!.map(({ block }) => block)).toContain(uid);
		}
		if (state === 'exact') expect([letters.join(''), textIn.get(uid)].some((text) => text?.includes(quote!))).toBe(true);
		if (state === 'deleted') expect(textIn.has(uid), `${quote} has lost its provision`).toBe(false);
		if (ownLetters === quote) expect(state).toBe('exact');
	}
}
