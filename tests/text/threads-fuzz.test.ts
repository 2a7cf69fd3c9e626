/**
 * Comments on a text that several people rewrite at once: no thread is lost, none stands at words that are not its own, and
 * everybody is told the same.
 */
import { describe, expect, test } from 'vitest';
import { createAnchors } from '../../src/lib/comments/anchors.server.ts';
import type { TextModel } from '../../src/lib/text/model.ts';
import { EditMaker, type Plan } from '../../src/lib/text/planned-edit.ts';
import { Random } from './fuzz/random.ts';
import { ACTS, anchorsIn, expectTrueOf, RANGES, START } from './support/commented.ts';
import { expectSame, people } from './support/people.ts';
import { type Person, sync } from './support/person.ts';

const SEEDS = 8;
const ACTS_OF_A_SEED = 240;

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

/** Everybody is told the same, and what they are told is true. */
function expectTrue(all: Person[]): void {
	sync(...all);
	expectSame(...all);
	const [first, ...others] = all;
	const told = anchorsIn(first.shared.model);
	for (const { shared } of others) expect(anchorsIn(shared.model)).toEqual(told);
	expectTrueOf(first);
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
