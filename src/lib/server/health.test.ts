import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { App } from './app.ts';
import { answerHealth } from './health.ts';
import { createMetrics } from './metrics.ts';

const readiness = { draining: false };
let close: () => void = () => {};
afterEach(() => {
	close();
	readiness.draining = false;
});

/** A process whose database answers as told. */
async function serve(
	query: () => Promise<unknown>
): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> {
	const app = { sql: { query }, metrics: createMetrics(), config: { metricsToken: 'a-long-token' } } as unknown as App;
	const server = createServer(async (request, response) => {
		if (!(await answerHealth(request, response, app, readiness))) response.writeHead(404).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	close = () => server.close();
	return (path, headers) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });
}

test('a process is alive whatever its database does, and ready when that answers', async () => {
	const ask = await serve(async () => []);
	expect((await ask('/livez')).status).toBe(200);
	expect((await ask('/readyz?probe')).status).toBe(200);
	expect((await ask('/other')).status).toBe(404);
	readiness.draining = true;
	expect((await ask('/readyz')).status).toBe(503);
	expect((await ask('/livez')).status).toBe(200);
});

test('a database that refuses or says nothing makes a process unready, soon', async () => {
	const refusing = await serve(() => Promise.reject(new Error('no')));
	expect((await refusing('/readyz')).status).toBe(503);
	close();
	const silent = await serve(() => new Promise(() => {}));
	expect((await silent('/readyz')).status).toBe(503);
});

test('figures are for this machine, and for whoever has the token', async () => {
	const ask = await serve(async () => []);
	expect(await (await ask('/metrics')).text()).toContain('plenum_http_requests_total');
	const forwarded = { 'x-forwarded-for': '203.0.113.9' };
	expect((await ask('/metrics', forwarded)).status).toBe(403);
	expect((await ask('/metrics', { ...forwarded, authorization: 'Bearer a-long-token' })).status).toBe(200);
	expect((await ask('/metrics', { ...forwarded, authorization: 'Bearer a-wrong-token' })).status).toBe(403);
});
