import { expect, test } from 'vitest';
import { isForeignWrite, isOwnRead } from './same-origin.ts';

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

test.each([
	['a page of ours', { 'sec-fetch-site': 'same-origin' }, true],
	['a page of ours over plain HTTP', { referer: `${OWN}/mau/documents/1` }, true],
	['a program with a token', { authorization: 'Bearer abc' }, true],
	['a link on another site', { 'sec-fetch-site': 'cross-site' }, false],
	['a link on another site that feigns an address', { 'sec-fetch-site': 'cross-site', referer: `${OWN}/` }, false],
	['a link in a mail', { 'sec-fetch-site': 'none' }, false],
	['a link on another site over plain HTTP', { referer: 'https://evil.example/' }, false],
	['a program with a cookie', {}, false]
])('%s, which asks for what is noted in a person’s name', (_, headers, own) => {
	expect(isOwnRead(new Request(OWN, { headers: headers as Record<string, string> }), OWN)).toBe(own);
});
