import { expect, test } from 'vitest';
import { filterQuery, isNarrowed, parseFilters } from './filters.ts';

const parse = (query: string) => parseFilters(new URLSearchParams(query));

test.each([
	'',
	'?q=uy+ban&view=mine&state=issued&profile=nd30&agency=abc&sort=title-up&shown=100',
	'?view=shared&sort=created-down'
])('"%s" survives the way there and back', (query) => {
	expect(filterQuery(parse(query))).toBe(query);
});

test('what is not understood is left out', () => {
	expect(filterQuery(parse('?view=theirs&state=lost&profile=x&sort=size-up&shown=-3'))).toBe('');
	expect(parse('?shown=999999').shown).toBe(2000);
});

test('a change of filter starts at the first rows, more rows keep the filter', () => {
	const filters = parse('?view=mine&shown=150');
	expect(filterQuery(filters, { state: 'issued' })).toBe('?view=mine&state=issued');
	expect(filterQuery(filters, { shown: 200 })).toBe('?view=mine&shown=200');
	expect([isNarrowed(filters), isNarrowed(parse('?sort=title-up'))]).toEqual([true, false]);
});
