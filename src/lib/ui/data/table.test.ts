import { expect, test } from 'vitest';
import { nextSort } from './table.ts';

test('a heading sorts ascending first, then turns round', () => {
	const first = nextSort(null, 'title');
	expect(first).toEqual({ key: 'title', direction: 'ascending' });
	const second = nextSort(first, 'title');
	expect(second).toEqual({ key: 'title', direction: 'descending' });
	expect(nextSort<string>(second, 'agency')).toEqual({ key: 'agency', direction: 'ascending' });
});
