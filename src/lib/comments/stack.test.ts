import { describe, expect, it } from 'vitest';
import { stack } from './stack.ts';

const cards = [
	{ id: 'a', top: 100, height: 50 },
	{ id: 'b', top: 110, height: 50 },
	{ id: 'c', top: 400, height: 50 }
];

describe('cards beside the text', () => {
	it('stand at their passages, and under the card before where there is no room', () => {
		expect(stack(cards, null)).toEqual(
			new Map([
				['a', 100],
				['b', 158],
				['c', 400]
			])
		);
	});

	it('give way to the active one, which stands level with its passage', () => {
		expect(stack(cards, 'b')).toEqual(
			new Map([
				['a', 52],
				['b', 110],
				['c', 400]
			])
		);
	});

	it('never lie on each other, however many there are and whichever is active', () => {
		const many = Array.from({ length: 40 }, (_, nth) => ({
			id: String(nth),
			top: 30 * (nth % 7) + nth,
			height: 20 + 13 * (nth % 5)
		}));
		many.sort((a, b) => a.top - b.top);
		for (const active of [null, '0', '20', '39']) {
			const tops = stack(many, active);
			for (let nth = 1; nth < many.length; nth++)
				expect(tops.get(many[nth].id)!).toBeGreaterThanOrEqual(tops.get(many[nth - 1].id)! + many[nth - 1].height + 8);
		}
	});
});
