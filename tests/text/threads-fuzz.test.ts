/**
 * Comments on a text that several people rewrite at once: no thread is lost, none stands at words that are not its own, and
 * everybody is told the same. Each passage has letters that stand nowhere else, so it is known which letters are its own.
 */
import { describe, expect, test } from 'vitest';
import { AnchorFinder } from '../../src/lib/comments/anchors.ts';
import { createAnchors } from '../../src/lib/comments/anchors.server.ts';
import type { Range } from '../../src/lib/comments/threads.ts';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { numberProvisions } from '../../src/lib/documents/numbering/numbering.ts';
import type { TextModel } from '../../src/lib/text/model.ts';
import { EditMaker, type Plan } from '../../src/lib/text/planned-edit.ts';
import { Random } from './fuzz/random.ts';
import { expectSame, people } from './support/people.ts';
import { type Person, provisions, sync } from './support/person.ts';

const PROVISIONS = 200;
const PASSAGES = 500;
const LETTERS = 4;
const SEEDS = 8;
const ACTS_OF_A_SEED = 240;
/** What is typed into a passage belongs to it, wherever the letter is from. */
const TYPED = '_';

/** Letters that only this passage has. */
const wordsOf = (nth: number) =>
	String.fromCodePoint(...Array.from({ length: LETTERS }, (_, letter) => 0x4e00 + nth * LETTERS + letter));
const passagesOf = (provision: number) =>
	Array.from({ length: PASSAGES }, (_, nth) => nth).filter((nth) => nth % PROVISIONS === provision);
const textOf = (provision: number) => ['Về', ...passagesOf(provision).map(wordsOf), 'và'].join(' ');
const LEVELS = Array.from({ length: PROVISIONS }, (_, nth) => (nth % 5 === 0 ? 'article' : nth % 5 === 3 ? 'point' : 'clause'));
const START = provisions(LEVELS, textOf);
const RANGES: Range[] = Array.from({ length: PASSAGES }, (_, nth) => ({
	id: `passage-${nth}`,
	uid: `#${nth % PROVISIONS}`,
	quote: wordsOf(nth),
	prefix: '',
	suffix: '',
	numberThen: ''
}));

/** People and the server at one text whose passages are tied. */
async function begin(count: number): Promise<Person[]> {
	const all = people(count + 1, START);
	const server = all[count];
	const anchors = createAnchors({
		readText: async (_id: string, read: (model: TextModel) => never) => read(server.shared.model),
		applyServerEdit: async (_id: string, plan: Plan) => new EditMaker(server.shared.model, 'server').prepare(plan).write()
	} as never);
	await anchors.tie({ id: 'document', profile: 'nd30' }, RANGES, 'reviewer');
	sync(...all);
	return all;
}

type Act = (person: Person, index: number, random: Random) => void;

const lengthOf = (person: Person, index: number) => person.doc.child(index).content.size;

const ACTS: Record<string, Act> = {
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
	level: (person, index, random) => person.setLevel(index, ['article', 'clause', 'point'][random.below(3)]),
	undo: (person) => void person.undo(),
	redo: (person) => void person.redo()
};

/** Everybody is told the same, and what they are told is true. */
function expectTrue(all: Person[]): void {
	sync(...all);
	expectSame(...all);
	const [first] = all;
	const seen = all.map(({ shared: { model } }) => {
		const finder = new AnchorFinder(model, (content) => numberProvisions(content, 'nd30'));
		return RANGES.map((range) => finder.find(range));
	});
	for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
	const textIn = new Map(first.leaves.map(({ uid, node }) => [uid, node.textContent]));
	const tagged = Map.groupBy(
		[...first.shared.model.tags('comment:')].filter(({ block, from, to }) => to > from && textIn.has(block)),
		({ name }) => name.slice('comment:'.length)
	);
	for (const [nth, { uid, state, quote }] of seen[0].entries()) {
		const own = new Set(quote!);
		const letters = (tagged.get(RANGES[nth].id) ?? []).map(({ block, from, to }) => textIn.get(block)!.slice(from, to));
		for (const letter of letters.join(''))
			expect(letter === TYPED || own.has(letter), `${quote} is at “${letters.join('')}”`).toBe(true);
		if (letters.length > 0) {
			expect(state, `${quote} is in the text`).not.toBe('deleted');
			expect(tagged.get(RANGES[nth].id)!.map(({ block }) => block)).toContain(uid);
		}
		if (state === 'exact') expect([letters.join(''), textIn.get(uid)].some((text) => text?.includes(quote!))).toBe(true);
		if (state === 'deleted') expect(textIn.has(uid), `${quote} has lost its provision`).toBe(false);
		if (letters.join('') === quote) expect(state).toBe('exact');
	}
}

describe('five hundred threads on two hundred provisions', () => {
	test.each(Array.from({ length: SEEDS }, (_, seed) => seed))('keep their places, seed %i', async (seed) => {
		const random = new Random(seed);
		const all = await begin(3);
		const writers = all.slice(0, 3);
		const names = Object.keys(ACTS);
		for (let nth = 0; nth < ACTS_OF_A_SEED; nth++) {
			const person = writers[random.below(writers.length)];
			person.beginStep();
			ACTS[names[random.below(names.length)]](person, random.below(person.doc.childCount), random);
			// Some hear of it, some are away for a while.
			if (random.below(3) === 0) sync(all[random.below(all.length)], all[random.below(all.length)]);
			if (nth % 60 === 59) expectTrue(all);
		}
		expectTrue(all);
		for (const person of all) person.destroy();
	});
});

describe('what two people do at once to a provision that was commented on', () => {
	const names = Object.keys(ACTS).filter((name) => name !== 'undo' && name !== 'redo');
	test.each(names)('%s, beside everything else, taken back and done again', async (one) => {
		for (const other of names) {
			const random = new Random(7);
			const all = await begin(2);
			const [a, b] = all;
			ACTS[one](a, 6, random);
			ACTS[other](b, 6, random);
			expectTrue(all);
			a.undo();
			b.undo();
			expectTrue(all);
			a.redo();
			expectTrue(all);
			for (const person of all) person.destroy();
		}
	});
});
