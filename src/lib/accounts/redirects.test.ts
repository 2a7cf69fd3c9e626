import { expect, test } from 'vitest';
import { safeNext, signInPath } from './redirects.ts';

test.each([
	['/ubnd/documents/1?tab=a#b', '/ubnd/documents/1?tab=a#b'],
	['/', '/'],
	[null, '/'],
	['', '/'],
	['ubnd', '/'],
	['//evil.example', '/'],
	['/\\evil.example', '/'],
	['/\t/evil.example', '/'],
	['/.//evil.example', '/'],
	['/a/../..//evil.example', '/'],
	['https://evil.example', '/'],
	['javascript:alert(1)', '/']
])('%j leads to %s', (asked, path) => {
	expect(safeNext(asked)).toBe(path);
});

test('the way to sign-in keeps the page', () => {
	expect(signInPath('/a?b=c')).toBe('/sign-in?next=%2Fa%3Fb%3Dc');
	expect(signInPath('/')).toBe('/sign-in');
});
