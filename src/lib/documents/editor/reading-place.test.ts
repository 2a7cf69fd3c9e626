import { expect, test } from 'vitest';
import { blockBeingRead } from './reading-place.ts';

/** A window and blocks of it, as the browser has laid them out: only where their upper edges are counts. */
function laidOut(windowTop: number, tops: readonly number[]) {
	let asked = 0;
	const blocks = tops.map((top) => ({
		getBoundingClientRect: () => {
			asked++;
			return { top };
		}
	}));
	const read = blockBeingRead(
		{ children: blocks } as unknown as Element,
		{ getBoundingClientRect: () => ({ top: windowTop }) } as unknown as Element
	);
	return { read: blocks.indexOf(read as never), asked };
}

test.each([
	['at the beginning the first one, though it begins under the line', [150, 300, 500], 0],
	['the one that the line runs through', [-400, -20, 90, 130], 2],
	['one that begins exactly at the line', [-400, 96, 200], 1],
	['a long one whose beginning is far above', [-9_000, 700], 0],
	['at the end the last one, though the line is below it', [-900, -500, -100], 2],
	['where several begin at one height, as signature and recipients, the last of them', [-100, 40, 40, 200], 2]
])('what is being read is %s', (_name, tops, nth) => {
	expect(laidOut(0, tops).read).toBe(nth);
});

test('the line is where the window begins on the screen, under the bars of the page', () => {
	expect(laidOut(0, [0, 100, 150]).read).toBe(0);
	expect(laidOut(60, [0, 100, 150]).read).toBe(2);
});

test('nothing is being read in a text without blocks', () => {
	expect(laidOut(0, []).read).toBe(-1);
});

test('of nine thousand blocks a few are asked where they are, since each question lays some out', () => {
	const { read, asked } = laidOut(
		0,
		Array.from({ length: 9_000 }, (_none, nth) => (nth - 4_000) * 30)
	);
	expect(read).toBe(4_003);
	expect(asked).toBeLessThan(16);
});
