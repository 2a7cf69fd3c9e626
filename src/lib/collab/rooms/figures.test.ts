import { expect, test } from 'vitest';
import { Distribution, quantile } from './distribution.server.ts';
import { Figures } from './figures.server.ts';

test('a distribution puts values into ranges that include their upper end', () => {
	const sizes = new Distribution([1, 10]);
	for (const size of [0, 1, 2, 10, 11]) sizes.record(size);
	expect(sizes.counts).toEqual([2, 2, 1]);
	expect(sizes.sum).toBe(24);
});

test('a quantile lies where its share of the values ends', () => {
	const bounds = [10, 20, 40];
	expect(quantile(bounds, [0, 0, 0, 0], 0.5)).toBeNull();
	expect(quantile(bounds, [10, 0, 0, 0], 0.5)).toBe(5);
	expect(quantile(bounds, [50, 49, 1, 0], 0.99)).toBe(20);
	expect(quantile(bounds, [0, 0, 0, 3], 0.5)).toBe(40);
});

test('"lately" forgets what is older than five minutes', () => {
	const figures = new Figures(0);
	figures.observe('acknowledgement_seconds', 20);
	expect(figures.recentWaits(10_000)).toMatchObject({ answered: 1, seconds: 10 });
	for (let now = 30_000; now <= 330_000; now += 1_000) figures.tick(now);
	expect(figures.recentWaits(330_000)).toEqual({ p50: null, p99: null, answered: 0, seconds: 300 });
	figures.observe('acknowledgement_seconds', 0.004);
	expect(figures.recentWaits(331_000).p99).toBeLessThan(0.005);
});

test('a value that nobody described counts as other', () => {
	const figures = new Figures();
	figures.count('connections_closed', 1, '4999');
	figures.count('connections_closed', 2, '1000');
	expect(figures.counts('connections_closed').get('other')).toBe(1);
	expect(figures.total('connections_closed')).toBe(3);
});
