import { expect, test } from 'vitest';
import { readDateValue, writeDateValue } from './date-value.ts';

test.each(['2026-03-05', '2028-02-29', '2026-03-05T14:05'])('%s is read and written as a form sends it', (value) => {
	expect(writeDateValue(readDateValue(value))).toBe(value);
});

test.each([null, undefined, '', '2026-02-30', '5/3/2026', '2026-03-05T99:00'])('%s is no date', (value) => {
	expect(readDateValue(value)).toBeUndefined();
	expect(writeDateValue(undefined)).toBe('');
});

test('seconds are left out', () => {
	expect(writeDateValue(readDateValue('2026-03-05T14:05:30'))).toBe('2026-03-05T14:05');
});
