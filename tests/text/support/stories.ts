import { expect } from 'vitest';
import { expectSame, people } from './people.ts';
import { type Person, sync } from './person.ts';

/** What two people do at the same moment, and what is then seen. */
export interface Story<Seen> {
	start?: Uint8Array;
	/** What somebody did before. */
	first?: (person: Person) => void;
	a: (a: Person) => void;
	b: (b: Person) => void;
	both: Seen;
	/** When A has taken it back: what B did alone. */
	withoutA: Seen;
	/** When B has. */
	withoutB: Seen;
}

/** Plays a story: both see both; each takes their own back, and does it again, and never the other's. */
export function play<Seen>(start: Uint8Array, story: Story<Seen>, look: (person: Person) => Seen): void {
	const { start: own, first, a: acts, b: actsToo, both, withoutA, withoutB } = story;
	for (const who of ['A', 'B'] as const) {
		const [a, b] = people(2, own ?? start);
		first?.(a);
		a.shared.undo.clear();
		sync(a, b);
		acts(a);
		actsToo(b);
		sync(a, b);
		expectSame(a, b);
		expect(look(a)).toEqual(both);
		const person = who === 'A' ? a : b;
		for (let round = 0; round < 2; round++) {
			person.undo();
			sync(a, b);
			expectSame(a, b);
			expect(look(a), `without ${who}`).toEqual(who === 'A' ? withoutA : withoutB);
			person.redo();
			sync(a, b);
			expectSame(a, b);
			expect(look(a), `with ${who} again`).toEqual(both);
		}
	}
}
