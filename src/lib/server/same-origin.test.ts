import { expect, test } from 'vitest';
import { isForeignWrite } from './same-origin.ts';

const OWN = 'https://plenum.example';

test.each([
	['a page of ours', 'POST', { origin: OWN }, false],
	['a page of another site', 'POST', { origin: 'https://evil.example' }, true],
	['a sandboxed frame', 'DELETE', { origin: 'null' }, true],
	['another port of the same host', 'PUT', { origin: 'https://plenum.example:8443' }, true],
	['a script with a token', 'POST', { authorization: 'Bearer abc' }, false],
	['a script with a token and any origin', 'POST', { authorization: 'Bearer abc', origin: 'https://evil.example' }, false],
	['another site with a header that is no token', 'POST', { authorization: 'Basic abc', origin: 'https://evil.example' }, true],
	['a script with a cookie', 'POST', {}, false],
	['a browser that leaves Origin out', 'POST', { 'sec-fetch-site': 'cross-site' }, true],
	['a link from another site', 'GET', { origin: 'https://evil.example' }, false]
])('%s', (_, method, headers, foreign) => {
	expect(isForeignWrite(new Request(OWN, { method, headers: headers as Record<string, string> }), OWN)).toBe(foreign);
});
