import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { believeProxies } from './forwarded.ts';

const PROXY = '10.0.0.1';

function seen(hops: number, headers: Record<string, string>) {
	const request = {
		headers: { host: 'plenum.example', ...headers } as Record<string, string>,
		socket: { remoteAddress: PROXY } as Socket
	};
	believeProxies(request, hops);
	return request.headers;
}

test('without proxies of ours nothing is believed', () => {
	const headers = {
		'x-forwarded-for': '203.0.113.9',
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'evil.example',
		forwarded: 'for=203.0.113.9'
	};
	expect(seen(0, headers)).toEqual({ host: 'plenum.example', 'x-forwarded-for': PROXY, 'x-forwarded-proto': 'http' });
});

test.each([
	['what the one proxy added', 1, '203.0.113.9', '203.0.113.9'],
	['not what the visitor wrote before', 1, '192.0.2.1, 203.0.113.9', '203.0.113.9'],
	['what the outer of two added', 2, '192.0.2.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
	['the one there is, when somebody reached the inner proxy', 2, '203.0.113.9', '203.0.113.9'],
	['the connection, when nothing is said', 1, undefined, PROXY],
	['the connection, when it is no address', 1, 'unknown', PROXY]
])('the visitor is %s', (_, hops, said, visitor) => {
	expect(seen(hops, said ? { 'x-forwarded-for': said } : {})['x-forwarded-for']).toBe(visitor);
});

test.each([
	['https', 'https'],
	['http, https', 'https'],
	['https:', 'http'],
	['javascript', 'http']
])('a proxy that says the scheme is %s is understood as %s', (said, scheme) => {
	expect(seen(1, { 'x-forwarded-proto': said })['x-forwarded-proto']).toBe(scheme);
});
