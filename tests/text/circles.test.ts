import { describe, expect, test } from 'vitest';
import { enterInProvision } from '../../src/lib/documents/editor/structure/enter.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import { circles } from '../../src/lib/text/circles.ts';
import { expectSame, people } from './support/people.ts';
import { type Person, provisions, sync } from './support/person.ts';

const LEVELS = ['article', 'clause', 'clause', 'clause', 'article'];
const TEXTS = ['Phạm vi', 'một', 'hai', 'ba', 'Đối tượng'];
const START = provisions(LEVELS, (nth) => TEXTS[nth]);
const KEY = 'zzzV00';

/** Writes a value as a person's editor would, so that they can take it back. */
function write(person: Person, uid: string, key: string, value: unknown): void {
	person.ydoc.transact(() => person.shared.model.set(uid, key, value), person.shared);
}

/** Each of three says of one of three blocks where it is, before they hear of each other. */
function inCircle(key: 'into' | 'place'): Person[] {
	const three = people(3, START);
	for (const [nth, person] of three.entries()) {
		const other = `#${((nth + 1) % 3) + 1}`;
		write(person, `#${nth + 1}`, key, key === 'into' ? [other, null] : [other, KEY]);
	}
	sync(...three);
	return three;
}

function valuesOf({ shared }: Person, key: string): unknown[] {
	return ['#1', '#2', '#3'].map((uid) => shared.model.entries.get(uid, key));
}

describe('three joins in a circle', () => {
	test('it is cut at the smallest uid, for all alike, and each letter is there once (PL4)', () => {
		const three = inCircle('into');
		expectSame(...three);
		// 1 goes on in 2, 2 in 3, 3 in 1: the one that is cut begins, and the others follow as they said.
		expect(three[0].shown).toEqual(['#0 article: Phạm vi', '#1 clause: mộtbahai', '#4 article: Đối tượng']);
		expect(three[0].shared.model.layout.piecesOf('#1')).toEqual(['#1', '#3', '#2']);
	});

	test('undo by one of them opens it (PL4, UN1)', () => {
		for (const [nth, expected] of [['#1 clause: mộtbahai'], ['#2 clause: haimộtba'], ['#3 clause: bahaimột']].entries()) {
			const three = inCircle('into');
			three[nth].undo();
			sync(...three);
			expectSame(...three);
			expect(three[0].shown).toEqual(['#0 article: Phạm vi', ...expected, '#4 article: Đối tượng']);
		}
	});

	test('reading it writes nothing (PL4, RE2)', () => {
		const three = inCircle('into');
		expect(valuesOf(three[0], 'into')).toEqual([
			['#2', null],
			['#3', null],
			['#1', null]
		]);
	});

	test('whoever changes a structure there next writes the cut down, and all see the same as before (PL4)', () => {
		const three = inCircle('into');
		const [, b] = three;
		b.cursorIn(1, 5);
		b.run(enterInProvision('nd30'));
		sync(...three);
		expectSame(...three);
		expect(valuesOf(b, 'into')[0]).toBe(null);
		expect(three[2].texts).toEqual(['Phạm vi', 'mộtba', 'hai', 'Đối tượng']);
		// No circle is left that somebody's undo could open in another way.
		three[2].undo();
		sync(...three);
		expectSame(...three);
		expect(three[0].texts.join('').length).toBe(TEXTS.join('').length);
		expect([...three[0].texts.join('')].toSorted()).toEqual([...TEXTS.join('')].toSorted());
	});

	test('what is typed in a circle stays where it was typed (PL4)', () => {
		const three = inCircle('into');
		three[1].cursorIn(1, 4);
		three[1].type('X');
		sync(...three);
		expectSame(...three);
		expect(three[0].texts[1]).toBe('mộtbXahai');
	});
});

describe("two who join each other's provisions", () => {
	test('one joins the third to the second, the other the second, with the third, to the first: all in one, in order (PL4, PA2)', () => {
		const [a, b] = people(2, START);
		a.joinUp(3);
		b.joinUp(2);
		sync(a, b);
		expectSame(a, b);
		expect(a.texts).toEqual(['Phạm vi', 'mộthaiba', 'Đối tượng']);
	});

	test("each moves its provision in front of the other's and joins them: every letter is there once (PL4)", () => {
		const [a, b] = people(2, START);
		a.joinUp(3);
		b.run(moveSubtree(3, 2));
		b.joinUp(3);
		sync(a, b);
		expectSame(a, b);
		expect(a.texts.length).toBe(4);
		expect(a.texts[2]).toBe('haiba');
		a.undo();
		sync(a, b);
		expectSame(a, b);
		expect(a.texts).toEqual(['Phạm vi', 'một', 'bahai', 'Đối tượng']);
	});
});

describe('three places in a circle', () => {
	test('it is cut at the smallest uid, for all alike, and each block is there once (PL4)', () => {
		const three = inCircle('place');
		expectSame(...three);
		// 1 stands under 2, 2 under 3, 3 under 1: the smallest stands at the top, by its key behind the others there.
		expect(three[0].leaves.map(({ uid }) => uid)).toEqual(['#0', '#4', '#1', '#3', '#2']);
		expect([...three[0].shared.model.layout.loops]).toEqual(['#1']);
	});

	test('undo by one of them opens it (PL4, UN1)', () => {
		for (const [nth, expected] of [
			['#0', '#1', '#3', '#2', '#4'],
			['#0', '#2', '#1', '#3', '#4'],
			['#0', '#3', '#2', '#1', '#4']
		].entries()) {
			const three = inCircle('place');
			three[nth].undo();
			sync(...three);
			expectSame(...three);
			expect([...three[0].shared.model.layout.loops]).toEqual([]);
			// The one that is back under its article has the others below it.
			expect(three[0].leaves.map(({ uid }) => uid)).toEqual(expected);
		}
	});

	test('whoever changes a structure next writes the cut down (PL4)', () => {
		const three = inCircle('place');
		const before = three[0].shown;
		three[2].cursorIn(0, 3);
		three[2].run(enterInProvision('nd30'));
		sync(...three);
		expectSame(...three);
		expect(valuesOf(three[0], 'place')[0]).toEqual([null, KEY]);
		expect([...three[0].shared.model.layout.loops]).toEqual([]);
		expect(three[0].shown.slice(2)).toEqual(before.slice(1));
	});
});

test('a circle is cut at its smallest member, once, whatever leads into it (PL4)', () => {
	const next: Record<string, string> = { a: 'd', b: 'c', c: 'd', d: 'b', e: 'f', f: 'e', g: 'g' };
	for (const all of [Object.keys(next), Object.keys(next).toReversed()]) {
		expect([...circles(all, (uid) => next[uid] ?? null)].toSorted()).toEqual(['b', 'e', 'g']);
	}
});
