import { describe, expect, test } from 'vitest';
import { play } from './play.ts';

/** In all 3,000; `npm run soak text` plays 100,000. Several tests, since a file's tests may run on several threads. */
const SEEDS = 3_000;
const STEPS = 32;
const PORTIONS = 10;
/** Of histories in which a letter is not as bold as somebody meant (SPEC.md, "What Yjs does"). */
const MOST_BOLD = 0.03;

describe('whatever two to five people do at once, each gets what they meant, and the server takes it (WR1, EX2, PL1, RE1, WR5, UN1, DR1)', () => {
	for (let portion = 0; portion < PORTIONS; portion++) {
		const from = 1 + (portion * SEEDS) / PORTIONS;
		const to = ((portion + 1) * SEEDS) / PORTIONS;
		test(`histories ${from} to ${to}`, { timeout: 300_000 }, () => {
			let bold = 0;
			for (let seed = from; seed <= to; seed++) {
				// Every third without undo, where more can be said of what everybody meant.
				const outcome = play({ seed, steps: STEPS, withUndo: seed % 3 > 0 });
				expect(outcome.wrong, `history ${seed}`).toEqual([]);
				if (outcome.bold.length > 0) bold++;
			}
			expect(bold / (to - from + 1)).toBeLessThanOrEqual(MOST_BOLD);
		});
	}
});

/** Found by longer runs than every test run has: a provision that moves in front of the one it belonged to. */
test.each([304_571])('history %i (WR5)', (seed) => {
	expect(play({ seed, steps: STEPS, withUndo: seed % 3 > 0 }).wrong).toEqual([]);
});
